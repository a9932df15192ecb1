#include "feeds/news/months.h"

#include <string>
#include <unordered_map>

#include <unicode/dtfmtsym.h>

#include "store/model/text.h"

namespace feeds::news {
namespace {

using Months = std::unordered_map<std::string, int>;

void add(Months& months, const icu::UnicodeString* names, std::int32_t count) {
  for (std::int32_t i = 0; i < count && i < 12; ++i) {
    std::string name;
    names[i].toUTF8String(name);
    std::string key = model::fold(name);
    while (!key.empty() && key.back() == '.') key.pop_back();
    // Numbers, and single letters that stand for several months, say nothing.
    if (key.size() > 2 && (key[0] < '0' || key[0] > '9')) months.emplace(std::move(key), i + 1);
  }
}

// ICU's names in order of how often feeds use the language: the first one keeps a name.
Months all_months() {
  Months months;
  for (const char* language :
       {"en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl", "cs", "sk", "sv", "da",
        "nb", "fi", "el", "hu", "ro", "bg", "tr", "ca", "id", "et", "lv", "lt", "sl", "sr"}) {
    UErrorCode failure = U_ZERO_ERROR;
    icu::DateFormatSymbols symbols(icu::Locale(language), failure);
    if (U_FAILURE(failure)) continue;
    for (auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
      for (auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
        std::int32_t count = 0;
        const icu::UnicodeString* names = symbols.getMonths(count, context, width);
        add(months, names, count);
      }
    }
  }
  return months;
}

}  // namespace

int month_number(std::string_view word) {
  static const Months kMonths = all_months();
  std::string key = model::fold(word);
  if (auto found = kMonths.find(key); found != kMonths.end()) return found->second;
  // "Sept" and other cuts of English names.
  static constexpr std::string_view kEnglish[] = {"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};
  int number = 0;
  for (std::string_view name : kEnglish) {
    ++number;
    if (key.size() >= 3 && name.starts_with(key)) return number;
  }
  return 0;
}

}  // namespace feeds::news
