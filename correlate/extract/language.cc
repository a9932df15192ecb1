#include "correlate/extract/language.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <utility>

#include <cld2/public/compact_lang_det.h>
#include <unicode/locid.h>
#include <unicode/ures.h>

#include "correlate/extract/one_of.h"
#include "correlate/extract/phrase_index.h"
#include "store/model/text.h"

namespace correlate::extraction {
namespace {

// Fewer bytes than these say too little: of a word or two CLD2 makes any language.
constexpr std::size_t kShortText = 24;
constexpr std::size_t kShortParagraph = 80;  // characters
// Paragraphs looked at; a text of more is in the language that it has begun in.
constexpr std::size_t kMostParagraphs = 32;
// Beyond this much text the verdict does not change.
constexpr std::size_t kEnough = 4096;

std::string_view head_of(std::string_view text) {
  std::size_t length = std::min(text.size(), kEnough);
  while (length < text.size() && length > 0 &&
         (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
    --length;
  }
  return text.substr(0, length);
}

// What CLD2 is sure of, else empty.
std::string sure_language(std::string_view text) {
  std::string_view head = head_of(text);
  bool reliable = false;
  auto language = CLD2::DetectLanguage(head.data(), static_cast<int>(head.size()), true, &reliable);
  std::string code = language == CLD2::UNKNOWN_LANGUAGE ? "un" : CLD2::LanguageCode(language);
  if (!reliable || code == "un") return {};
  if (code == "iw") return "he";
  if (code == "no") return "nb";
  return code;
}

// Whether two languages are so near that a paragraph of one is easily taken for the other.
bool are_near(std::string_view a, std::string_view b) {
  static constexpr std::array<std::array<std::string_view, 8>, 6> kFamilies = {
      {{"bg", "mk", "sr", "ru", "uk", "be"},
       {"es", "pt", "gl", "ca", "it"},
       {"id", "ms", "jv", "su"},
       {"nb", "da", "sv", "nn"},
       {"cs", "sk", "sl", "hr", "bs", "sr"},
       {"zh", "zh-Hant", "ja"}}};
  return std::any_of(kFamilies.begin(), kFamilies.end(), [&](const auto& family) {
    auto has = [&](std::string_view one) {
      return std::find(family.begin(), family.end(), one) != family.end();
    };
    return has(a) && has(b);
  });
}

// English for certain: one word of twelve is one that hardly any other language has. CLD2 would
// cost a fifth of all reading.
bool is_plain_english(const Tokens& tokens, std::size_t first, std::size_t end) {
  static const WordSet kEnglish = {"the", "and",   "that", "with", "for",   "from",
                                   "its", "which", "said", "were", "their", "been"};
  constexpr std::size_t kOneOf = 12;
  std::size_t words = 0;
  std::size_t english = 0;
  for (auto i = first; i < end; ++i) {
    if (tokens[i].kind != TokenKind::kWord) continue;
    ++words;
    english += kEnglish.contains(tokens[i]) ? 1 : 0;
  }
  return words > 0 && english * kOneOf >= words;
}

struct Script {
  std::string_view from;  // first character and last, UTF-8
  std::string_view to;
  std::string_view language;
};

// Scripts that one language is most written in. Kana before the characters that Japanese shares
// with Chinese.
constexpr std::array kScripts = {
    Script{"ぁ", "ヿ", "ja"}, Script{"가", "힣", "ko"}, Script{"一", "鿿", "zh"},
    Script{"א", "ת", "he"},   Script{"ء", "ي", "ar"},   Script{"अ", "ह", "hi"},
    Script{"А", "я", "ru"},   Script{"Α", "ω", "el"},   Script{"ก", "ฮ", "th"},
    Script{"Ա", "ֆ", "hy"},   Script{"ა", "ჰ", "ka"}};

// By the first script in the table's order that the text has a letter of.
std::string language_of_script(std::string_view text) {
  std::string_view head = head_of(text);
  for (const auto& script : kScripts) {
    std::size_t length = script.from.size();
    for (std::size_t i = 0; i + length <= head.size(); ++i) {
      std::string_view letter = head.substr(i, length);
      if (letter >= script.from && letter <= script.to) return std::string(script.language);
    }
  }
  return "en";
}

// RFC 5646 section 4.5; the IANA registry's preferred values, as far as CLDR has data.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kRenamed = {{{"iw", "he"},
                                                                                    {"in", "id"},
                                                                                    {"ji", "yi"},
                                                                                    {"jw", "jv"},
                                                                                    {"mo", "ro"},
                                                                                    {"tl", "fil"},
                                                                                    {"sh", "sr"}}};

// Where ICU has no data it would take those of the machine's own language.
std::set<std::string, std::less<>> languages_of_cldr() {
  std::set<std::string, std::less<>> out;
  for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<UResourceBundle, decltype(&ures_close)> data(ures_open(nullptr, *code, &status),
                                                                 ures_close);
    if (status == U_ZERO_ERROR) out.insert(*code);
  }
  return out;
}

}  // namespace

std::string detect_language(std::string_view text) {
  std::string sure = text.size() < kShortText ? std::string() : sure_language(text);
  return sure.empty() ? language_of_script(text) : sure;
}

std::string known_language(std::string_view tag) {
  static const auto kKnown = languages_of_cldr();
  auto code = model::fold(tag.substr(0, tag.find_first_of("-_")));
  for (const auto& [old, today] : kRenamed) {
    if (code == old) code = today;
  }
  return kKnown.contains(code) ? code : "en";
}

std::string main_country(std::string_view language) {
  std::string_view code = language.substr(0, language.find_first_of("-_"));
  bool of_one = one_of(code, "fa", "ja", "ko", "he", "hi", "hy", "ka", "uk", "tr", "id", "vi", "th",
                       "el", "pl", "hu", "cs", "bg", "fi", "da", "nb", "lt", "lv", "et", "sk", "sl",
                       "is", "km", "lo", "my", "mn", "az", "kk", "be", "am");
  if (!of_one) return {};
  UErrorCode failure = U_ZERO_ERROR;
  icu::Locale locale(std::string(code).c_str());
  locale.addLikelySubtags(failure);
  return U_FAILURE(failure) != 0 ? std::string() : locale.getCountry();
}

Languages::Languages(const Tokens& tokens, std::string text_language)
    : all_{std::move(text_language)} {
  std::string_view base = std::string_view(all_.front()).substr(0, all_.front().find('-'));
  std::string own(base);
  std::size_t looks = 0;
  for (std::size_t first = 0; first < tokens.size();) {
    std::size_t end = first + 1;
    while (end < tokens.size() && !tokens[end].paragraph) ++end;
    std::size_t begin_at = tokens[first].begin;
    std::string_view text =
        tokens.text().substr(begin_at, std::size_t{tokens[end - 1].end} - begin_at);
    std::size_t length = tokens[end - 1].last - tokens[first].first;
    bool looked_at = length >= kShortParagraph && looks++ < kMostParagraphs;
    looked_at = looked_at && !(own == "en" && is_plain_english(tokens, first, end));
    std::string found = looked_at ? sure_language(text) : std::string();
    if (are_near(found, own)) found.clear();
    std::size_t last = tokens[end - 1].sentence;
    if (!found.empty() && found != own) {
      auto known = std::find(all_.begin(), all_.end(), found);
      if (known == all_.end() && all_.size() < kMost) {
        known = all_.insert(all_.end(), std::move(found));
      }
      if (known != all_.end()) {
        of_.resize(tokens.sentences());
        auto index = static_cast<std::uint8_t>(known - all_.begin());
        std::fill(of_.begin() + tokens[first].sentence,
                  of_.begin() + static_cast<std::ptrdiff_t>(last) + 1, index);
      }
    }
    first = end;
  }
}

}  // namespace correlate::extraction
