#include "correlate/extract/cities.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "correlate/extract/one_of.h"
#include "correlate/gazetteer/cities.h"
#include "store/model/text.h"

namespace correlate::extraction {
namespace {

using gazetteer::Gazetteer;

// A name that stands alone is the city's of so many people …
constexpr std::uint32_t kKnown = 300'000;
// … in a headline all of whose words are capital, or at the beginning of a sentence, of more …
constexpr std::uint32_t kWellKnown = 1'000'000;
// … and where the next of that name, elsewhere, has not a third of them.
constexpr std::uint32_t kNoOther = 3;
// Beside a word of its country, a smaller one too.
constexpr std::uint32_t kBesideCountry = 50'000;

// Words before the name of a place, in the languages that part words by blanks.
bool leads_to_place(std::string_view word) {
  return one_of(word, "in", "at", "near", "from", "around", "across", "outside", "à", "de", "en",
                "cerca", "desde", "nach", "aus", "bei", "um", "em", "a", "da", "di", "te", "uit",
                "в", "из", "у", "под", "near", "of", "to", "towards", "between", "di", "dari", "ke",
                "w", "z");
}

// Whether words of the script tell by a capital that they are names.
bool has_capitals(const Tokens& tokens, std::size_t at) {
  auto first = static_cast<unsigned char>(tokens.raw(at).empty() ? 0 : tokens.raw(at)[0]);
  return first < 0xD5;  // Latin, Greek, Cyrillic, Armenian
}

bool is_capital(const Tokens& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].kind == TokenKind::kWord && tokens[at].capital;
}

class Finder {
 public:
  Finder(const Tokens& tokens, const std::vector<FoundMention>& places, std::string_view home)
      : tokens_(tokens), home_(home), covered_(tokens.size(), false) {
    for (const auto& place : places) {
      for (auto i = place.first; i < place.last; ++i) covered_[i] = true;
      if (!place.mention.scope.country.empty()) countries_.insert(place.mention.scope.country);
    }
    count_capitals();
  }

  std::vector<FoundMention> find() {
    std::vector<FoundMention> out;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (tokens_[at].plain || covered_[at] || !may_begin(at)) continue;
      auto found = cities().find([&](std::size_t i) { return word(at + i); });
      if (found.words == 0) found = inflected(at);
      if (found.words == 0) continue;
      auto city = meant(at, found);
      if (city == kNone) continue;
      meant_.insert(city);
      out.push_back(mention(at, found.words, city));
      at += found.words - 1;
    }
    return out;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static const Gazetteer& cities() { return gazetteer::cities(); }

  std::string_view word(std::size_t at) const {
    return at < tokens_.size() && !covered_[at] ? tokens_.word(at) : std::string_view();
  }

  // "Хабаровске", "Москве", "Казани": the name in another case, of one word.
  Gazetteer::Found inflected(std::size_t at) const {
    constexpr std::string_view kEndings[] = {"ом", "ой", "ою", "ем", "е", "у",
                                             "а",  "ы",  "и",  "і",  "ю", "я"};
    constexpr std::string_view kNominative[] = {"", "а", "ь", "я", "й"};
    auto folded = word(at);
    bool cyrillic = !folded.empty() && (static_cast<unsigned char>(folded[0]) & 0xFCU) == 0xD0U;
    if (!cyrillic || folded.size() < 8) return {};
    for (auto ending : kEndings) {
      if (!folded.ends_with(ending)) continue;
      auto stem = folded.substr(0, folded.size() - ending.size());
      for (auto nominative : kNominative) {
        std::string name(stem);
        name += nominative;
        auto found = cities().find(
            [&](std::size_t i) { return i == 0 ? std::string_view(name) : std::string_view(); });
        if (found.words == 1) return found;
      }
    }
    return {};
  }

  // Sentences whose words nearly all begin with a capital tell nothing by it.
  void count_capitals() {
    capitals_.resize(tokens_.sentences());
    std::vector<std::size_t> words(tokens_.sentences());
    std::vector<std::size_t> capital(tokens_.sentences());
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      bool counts = tokens_[i].kind == TokenKind::kWord && tokens_[i].last - tokens_[i].first > 3;
      words[tokens_[i].sentence] += counts ? 1 : 0;
      capital[tokens_[i].sentence] += counts && tokens_[i].capital ? 1 : 0;
    }
    constexpr std::size_t kFewest = 6;  // of a headline
    for (std::size_t i = 0; i < words.size(); ++i) {
      capitals_[i] = words[i] >= kFewest && 10 * capital[i] >= 7 * words[i];
    }
  }

  bool may_begin(std::size_t at) const {
    if (tokens_[at].kind == TokenKind::kGlyph) return true;
    if (tokens_[at].kind != TokenKind::kWord) return false;
    return !has_capitals(tokens_, at) || tokens_[at].capital;
  }

  bool is_first(std::size_t at) const {
    return at == 0 || tokens_[at - 1].sentence != tokens_[at].sentence;
  }

  // "Jack London", "London Breed": a name of something else, unless a preposition leads to it.
  bool adjoins_name(std::size_t at, std::size_t end) const {
    bool before = !is_first(at) && is_capital(tokens_, at - 1) && tokens_[at].spaced;
    bool behind = end < tokens_.size() && tokens_[end].sentence == tokens_[at].sentence &&
                  is_capital(tokens_, end) && tokens_[end].spaced;
    return before || behind;
  }

  // "…, Illinois": the region of one of them stands behind the name.
  std::uint32_t with_region(std::size_t end, const Gazetteer::Found& found) const {
    if (tokens_.word(end) != ",") return kNone;
    for (auto id : found.ids) {
      auto region = model::fold(cities().region(id));
      if (!region.empty() && region == tokens_.word(end + 1)) return id;
    }
    return kNone;
  }

  std::uint32_t meant(std::size_t at, const Gazetteer::Found& found) const {
    auto end = at + found.words;
    if (auto id = with_region(end, found); id != kNone) return id;
    for (auto id : found.ids) {
      if (meant_.contains(id)) return id;  // a name means the same all through a text
    }
    bool led = at > 0 && !is_first(at) && leads_to_place(tokens_.word(at - 1));
    bool cased = has_capitals(tokens_, at);
    if (cased && !led && adjoins_name(at, end) && !capitals_[tokens_[at].sentence]) return kNone;
    bool plain =
        cased && !led && found.words == 1 && (is_first(at) || capitals_[tokens_[at].sentence]);
    for (auto id : found.ids) {
      if (!countries_.contains(std::string(cities().country(id)))) continue;
      bool enough = cities().population(id) >= (plain ? kKnown : kBesideCountry);
      if (enough || (led && found.words > 1)) return id;
      break;
    }
    // Readers at home know which one is meant.
    for (auto id : found.ids) {
      if (cities().country(id) != home_) continue;
      if (cities().population(id) >= (plain ? kWellKnown : kKnown)) return id;
      break;
    }
    auto largest = found.ids[0];
    auto people = cities().population(largest);
    if (people < (plain ? kWellKnown : kKnown)) return kNone;
    for (auto id : found.ids) {
      bool elsewhere = cities().country(id) != cities().country(largest);
      if (elsewhere && cities().population(id) > people / kNoOther) return kNone;
    }
    return largest;
  }

  FoundMention mention(std::size_t at, std::size_t words, std::uint32_t id) const {
    auto record = cities().record(id);
    FoundMention out;
    out.mention.kind = model::MentionKind::kPlace;
    out.mention.span = tokens_.span(at, at + words);
    out.mention.scope.country = record.country;
    out.mention.scope.region = record.region;
    out.mention.name = record.name;
    out.mention.ref = record.id;
    out.mention.latitude = record.latitude;
    out.mention.longitude = record.longitude;
    out.first = at;
    out.last = at + words;
    return out;
  }

  const Tokens& tokens_;
  std::string_view home_;
  std::vector<bool> covered_;
  std::vector<bool> capitals_;
  std::set<std::string> countries_;
  std::set<std::uint32_t> meant_;  // cities found so far
};

// Places that our own table knows as a country's city.
void refer(const Tokens& tokens, FoundMention& place) {
  const auto& cities = gazetteer::cities();
  auto found = cities.find([&](std::size_t i) {
    return place.first + i < place.last ? tokens.word(place.first + i) : std::string_view();
  });
  if (found.words != place.last - place.first) return;
  for (auto id : found.ids) {
    if (cities.country(id) != place.mention.scope.country) continue;
    auto record = cities.record(id);
    place.mention.ref = record.id;
    place.mention.latitude = record.latitude;
    place.mention.longitude = record.longitude;
    return;
  }
}

}  // namespace

std::vector<FoundMention> find_cities(const Tokens& tokens, std::vector<FoundMention>& places,
                                      std::string_view home) {
  auto out = Finder(tokens, places, home).find();
  for (auto& place : places) {
    if (place.mention.kind == model::MentionKind::kPlace) refer(tokens, place);
  }
  return out;
}

}  // namespace correlate::extraction
