#include "store/query/countries.h"

#include <map>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "store/query/words.h"

namespace store::query {
namespace {

struct Countries {
  std::map<std::string, std::string> by_name;  // folded words
  std::map<std::string, std::string> by_code;
};

// By what a name is known: an apostrophe is an apostrophe.
std::string key_of(std::string_view text) {
  std::string out(text);
  for (std::size_t at = 0; (at = out.find("’", at)) != out.npos;) out.replace(at, 3, "'");
  return folded_words(out);
}

const Countries& countries() {
  static const Countries kAll = [] {
    Countries out;
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
      icu::UnicodeString name;
      icu::Locale("", *code).getDisplayCountry(icu::Locale::getEnglish(), name);
      std::string text;
      name.toUTF8String(text);
      out.by_code[*code] = text;
      out.by_name[key_of(text)] = *code;
    }
    return out;
  }();
  return kAll;
}

}  // namespace

std::optional<std::string> country_of(std::string_view text) {
  const auto& all = countries();
  if (text.size() == 2) {
    std::string code;
    for (char c : text) code += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    bool letters = code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
    // Any two letters: sources have codes that the standard does not (XK).
    if (letters) return code;
  }
  auto found = all.by_name.find(key_of(text));
  return found == all.by_name.end() ? std::nullopt : std::optional(found->second);
}

std::string country_name(const std::string& code) {
  auto found = countries().by_code.find(code);
  return found == countries().by_code.end() ? code : found->second;
}

}  // namespace store::query
