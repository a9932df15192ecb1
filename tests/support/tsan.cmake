# ThreadSanitizer (preset "tsan"). Its options and suppressions are built into every program, since
# many tests start the program with an environment of their own. Reports go to files: whatever
# becomes of a process that has one (killed, or its exit code expected to be bad), ctest finds it.
set(tsan_reports ${PROJECT_BINARY_DIR}/reports)
set(tsan_suppressions ${CMAKE_CURRENT_LIST_DIR}/tsan.supp)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${tsan_suppressions})
file(READ ${tsan_suppressions} suppressions)
file(CONFIGURE OUTPUT tsan_defaults.cc @ONLY CONTENT [[
extern "C" const char* __tsan_default_options() {
  return "exitcode=66:halt_on_error=0:second_deadlock_stack=1:log_path=@tsan_reports@/report";
}
extern "C" const char* __tsan_default_suppressions() {
  return R"supp(@suppressions@)supp";
}
]])
# It does not know fences, which GCC refuses then. Asio's stand beside mutexes, which it does know.
target_compile_definitions(options INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)

# Asked for before the sanitizer is ready, so not instrumented itself.
add_library(tsan_defaults OBJECT ${CMAKE_CURRENT_BINARY_DIR}/tsan_defaults.cc)
target_sources(options INTERFACE
  $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:$<TARGET_OBJECTS:tsan_defaults>>)

# Once before and once after each run of ctest, which fails if there are reports.
file(CONFIGURE OUTPUT CTestCustom.cmake @ONLY CONTENT [[
set(CTEST_CUSTOM_PRE_TEST "\"@CMAKE_COMMAND@\" -E rm -rf \"@tsan_reports@\"")
set(CTEST_CUSTOM_POST_TEST "\"@CMAKE_COMMAND@\" \"-DREPORTS=@tsan_reports@\" -P \"@CMAKE_CURRENT_LIST_DIR@/tsan_reports.cmake\"")
]])

# It knows no program whose addresses are spread wider than by 28 random bits ("unexpected memory
# mapping"); newer systems have 32. So tests run without them, which those they start inherit.
find_program(SETARCH setarch REQUIRED)
execute_process(COMMAND ${SETARCH} -R true RESULT_VARIABLE refused OUTPUT_QUIET ERROR_QUIET)
set(random_bits 28)
if(EXISTS /proc/sys/vm/mmap_rnd_bits)
  file(STRINGS /proc/sys/vm/mmap_rnd_bits random_bits)
endif()
if(NOT refused)
  set(test_launcher ${SETARCH} -R)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${test_launcher})  # before programs of ours
elseif(random_bits GREATER 28)
  message(FATAL_ERROR "ThreadSanitizer needs addresses with fewer random bits than the ${random_bits} here, and "
    "`setarch -R` is refused: run `sysctl vm.mmap_rnd_bits=28` as root, or allow personality(2).")
endif()
