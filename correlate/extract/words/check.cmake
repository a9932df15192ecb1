# check_words(FILE...): every line is blank, a comment, or "LANGUAGES ROLE VALUE: form | form".
set(roles MONTH WDAY UNIT COUNTED DAY REL PART DAYPART THIS LAST NEXT THAT AGO HENCE LATER EARLIER NUM
  ORD VAGUE HALF PLUS MOD MODAFTER AM CLOCK AT OF TO PHASE SEASON EVERY SET REF HOLIDAY ZONE NOON
  QUARTER)
string(REPLACE ";" "|" role_pattern "${roles}")

function(check_words)
  foreach(file ${ARGN})
    file(READ ${file} text)
    # Semicolons and brackets would be taken for CMake's own.
    string(REGEX REPLACE "[][;]" "," text "${text}")
    string(REPLACE "\n" ";" lines "${text}")
    set(number 0)
    foreach(line IN LISTS lines)
      math(EXPR number "${number} + 1")
      if(line STREQUAL "" OR line MATCHES "^#")
        continue()
      endif()
      if(NOT line MATCHES "^([a-z][a-z](,[a-z][a-z])*|[*]) (${role_pattern})[?]? [A-Za-z0-9_.,/+-]+: [^|]")
        message(FATAL_ERROR "${CMAKE_CURRENT_SOURCE_DIR}/${file}:${number}: not a line of words: ${line}")
      endif()
      if(line MATCHES "[|] *[|]" OR line MATCHES "[|] *$")
        message(FATAL_ERROR "${CMAKE_CURRENT_SOURCE_DIR}/${file}:${number}: an empty form")
      endif()
    endforeach()
  endforeach()
endfunction()
