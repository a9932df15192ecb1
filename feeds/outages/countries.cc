#include "feeds/outages/countries.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include "feeds/outages/record.h"
#include "store/model/text.h"

namespace feeds::outages {
namespace {

struct Alias {
  std::string_view name;
  std::string_view code;
};

// What neither CLDR's names nor the rules below lead to.
constexpr std::array kAliases = {
    Alias{"burma", "MM"},
    Alias{"cape verde", "CV"},
    Alias{"swaziland", "SZ"},
    Alias{"czech republic", "CZ"},
    Alias{"macedonia", "MK"},
    Alias{"east timor", "TL"},
    Alias{"turkey", "TR"},
    Alias{"turkiye", "TR"},
    Alias{"ivory coast", "CI"},
    Alias{"cote d'ivoire", "CI"},
    Alias{"congo", "CG"},
    Alias{"republic of the congo", "CG"},
    Alias{"drc", "CD"},
    Alias{"dr congo", "CD"},
    Alias{"palestine", "PS"},
    Alias{"gaza", "PS"},
    Alias{"russian federation", "RU"},
    Alias{"syrian arab republic", "SY"},
    Alias{"viet nam", "VN"},
    Alias{"brunei darussalam", "BN"},
    Alias{"holy see", "VA"},
    Alias{"republic of korea", "KR"},
    Alias{"myanmar", "MM"},
    Alias{"hong kong", "HK"},
    Alias{"macao", "MO"},
    Alias{"macau", "MO"},
    Alias{"usa", "US"},
    Alias{"united states of america", "US"},
    Alias{"kosovo", "XK"},
    Alias{"uk", "GB"},
    Alias{"great britain", "GB"},
    Alias{"uae", "AE"},
    Alias{"lao people's democratic republic", "LA"},
    Alias{"the gambia", "GM"},
    Alias{"the bahamas", "BS"},
    Alias{"democratic republic of the congo", "CD"},
    Alias{"democratic people's republic of korea", "KP"},
    Alias{"united kingdom of great britain and northern ireland", "GB"},
};

std::string english_name(const char* code) {
  icu::UnicodeString name;
  icu::Locale("", code).getDisplayCountry(icu::Locale::getEnglish(), name);
  std::string out;
  name.toUTF8String(out);
  return out;
}

// Apostrophes of all kinds are one.
std::string key_of(std::string_view name) {
  std::string out = model::squeeze(model::fold(name));
  constexpr std::string_view kCurly = "\u2019";
  for (auto at = out.find(kCurly); at != std::string::npos; at = out.find(kCurly)) {
    out.replace(at, kCurly.size(), "'");
  }
  return out;
}

using Names = std::map<std::string, std::string, std::less<>>;

const Names& names() {
  static const Names kNames = [] {
    Names out;
    for (const char* const* at = uloc_getISOCountries(); *at != nullptr; ++at) {
      std::string key = key_of(english_name(*at));
      out.emplace(key, *at);
      // "Myanmar (Burma)", "Hong Kong SAR China", "Congo - Kinshasa", "St. Lucia".
      if (auto bracket = key.find(" ("); bracket != std::string::npos) {
        out.emplace(key.substr(0, bracket), *at);
      }
      if (key.starts_with("st. ")) out.emplace("saint " + key.substr(4), *at);
      if (auto both = key.find(" & "); both != std::string::npos) {
        out.emplace(key.substr(0, both) + " and " + key.substr(both + 3), *at);
      }
    }
    for (const Alias& alias : kAliases) out.insert_or_assign(std::string(alias.name), alias.code);
    return out;
  }();
  return kNames;
}

std::string exact(const std::string& key) {
  auto found = names().find(key);
  return found == names().end() ? "" : found->second;
}

// "iran (islamic republic of)" and "tanzania, united republic of" are "islamic republic of iran"
// and "united republic of tanzania"; the shorter name alone is tried last: "congo" is another
// country.
std::string turned(const std::string& key) {
  auto cut = key.find_first_of("(,");
  if (cut == std::string::npos || cut == 0) return "";
  std::string name(model::trim(std::string_view(key).substr(0, cut)));
  std::string before(model::trim(std::string_view(key).substr(cut + 1)));
  if (before.ends_with(')')) before.pop_back();
  std::string code = exact(before + " " + name);
  return code.empty() ? exact(name) : code;
}

}  // namespace

std::string country_named(std::string_view name) {
  std::string key = key_of(model::trim(name));
  constexpr std::size_t kCode = 2;
  if (key.size() == kCode) {
    if (std::string code = country_of(key); !code.empty()) return code;
  }
  std::string code = exact(key);
  if (code.empty()) code = turned(key);
  if (code.empty() && key.starts_with("the ")) code = exact(key.substr(4));
  return code;
}

model::Scope scope_named(std::string_view name) {
  model::Scope scope;
  if (key_of(model::trim(name)) == "somaliland") {
    scope.country = "SO";
    scope.region = "Somaliland";
  } else {
    scope.country = country_named(name);
  }
  return scope;
}

std::string country_at_beginning(std::string_view text) {
  std::string key = key_of(text);
  for (auto end = key.size(); end != std::string::npos && end > 0; end = key.rfind(' ', end - 1)) {
    // Two letters would be any short word.
    std::string code = end > 2 ? exact(key.substr(0, end)) : "";
    if (!code.empty()) return code;
  }
  return "";
}

}  // namespace feeds::outages
