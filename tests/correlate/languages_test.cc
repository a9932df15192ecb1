// What a text says of its language is believed as far as CLDR knows that language, and no further:
// a feed may say what it likes.
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unicode/uloc.h>

#include "correlate/article.h"
#include "correlate/extract.h"
#include "correlate/extract/language.h"
#include "store/model/memory.h"

namespace {

using correlate::Article;
using correlate::extraction::known_language;
using correlate::extraction::KnownNames;

constexpr std::size_t kMegabyte = 1U << 20U;

TEST(Languages, AreThoseOfCldr) {
  struct Row {
    std::string tag, language;
  };
  for (const auto& [tag, language] : std::vector<Row>{{"en-US", "en"},
                                                      {"EN", "en"},
                                                      {"rw", "rw"},
                                                      {"zh-Hant", "zh"},
                                                      {"sr_Latn", "sr"},
                                                      {"iw", "he"},
                                                      {"tl", "fil"},
                                                      {"ny", "en"},
                                                      {"xx", "en"},
                                                      {"q", "en"},
                                                      {"", "en"},
                                                      {"-", "en"},
                                                      {"english", "en"},
                                                      {"\xFF\xFE", "en"},
                                                      {std::string("e\0n", 3), "en"}}) {
    EXPECT_EQ(known_language(tag), language) << tag;
  }
}

Article report_in(const std::string& language) {
  Article out;
  out.id = "ent-1";
  out.language = language;
  out.text = "The Internet of Syria went down on Monday for 2 days, officials said.";
  return out;
}

// What is made for a language is kept: it took a megabyte of any three letters.
TEST(Languages, ThatAreNoneTakeNoMemory) {
  KnownNames names(std::vector<model::NameList>{});
  auto english = correlate::extract(report_in("en"), names);
  auto before = model::heap_in_use();
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'z'; ++b) {
      auto other = correlate::extract(report_in({'q', a, b}), names);
      ASSERT_EQ(other.claims.size(), english.claims.size());
    }
  }
  EXPECT_LT(model::heap_in_use(), before + 16 * kMegabyte);
}

// 595 codes, of which CLDR has data of 220 in ICU 72; a megabyte each when all had all of English.
TEST(Languages, OfAllTheWorldTakeNoMoreThan80Megabytes) {
  KnownNames names(std::vector<model::NameList>{});
  auto before = model::heap_in_use();
  for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
    (void)correlate::extract(report_in(*code), names);
  }
  EXPECT_LT(model::heap_in_use(), before + 80 * kMegabyte);
}

}  // namespace
