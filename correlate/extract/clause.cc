#include "correlate/extract/clause.h"

#include <tuple>
#include <utility>

#include "correlate/extract/phrase_index.h"

namespace correlate::extraction {

Clause::Clause(const Page& page, std::size_t sentence)
    : tokens_(page.tokens),
      times_(page.times),
      verb_final_(
          one_of(std::string_view(page.article.language).substr(0, 2), "ko", "ja", "tr", "hi")) {
  std::tie(from_, to_) = tokens_.sentence(sentence);
  heaviest_.fill(-1);
  auto first =
      std::lower_bound(page.words.begin(), page.words.end(), from_,
                       [](const FoundWord& word, std::size_t at) { return word.first < at; });
  while (first != page.words.end() && first->first < to_ && words_.size() < kMostWords) {
    words_.push_back(*first++);
  }
  if (words_.empty()) return;
  forget_repetition();
  measure();
  for (const auto& word : words_) {
    double& most = heaviest_[static_cast<std::size_t>(word.word->sense)];
    most = std::max(most, word.word->weight);
  }
}

std::span<const FoundWord> Clause::around(std::size_t first, std::size_t last,
                                          std::size_t reach) const {
  constexpr std::size_t kLongestPhrase = 8;
  std::size_t from = first > reach + kLongestPhrase ? first - reach - kLongestPhrase : 0;
  auto begins = [](const FoundWord& word, std::size_t at) { return word.first < at; };
  auto a = std::lower_bound(words_.begin(), words_.end(), from, begins);
  auto b = std::lower_bound(a, words_.end(), last + reach + 1, begins);
  return {a, b};
}

// What a token between a time and a word adds to their distance: itself, and more where it is a
// boundary.
int Clause::cost_of(std::size_t token) const {
  static const WordMap<int> kBoundaries = {
      {";", 8},   {":", 8},    {",", 3},    {"–", 3},   {"—", 3},     {"(", 3},    {"，", 3},
      {"、", 3},  {"،", 3},    {"but", 3},  {"and", 3}, {"while", 3}, {"when", 3}, {"whereas", 3},
      {"und", 3}, {"aber", 3}, {"mais", 3}, {"et", 3},  {"y", 3},     {"e", 3},    {"pero", 3},
      {"mas", 3}, {"و", 3},    {"и", 3},    {"но", 3},  {"а", 3}};
  const int* found = kBoundaries.find(tokens_[token]);
  int boundary = found == nullptr ? 0 : *found;
  return boundary + (tokens_[token].kind == TokenKind::kGlyph ? 0 : 1);
}

// The costs and the glyphs in front of each token, so that a distance is a difference.
void Clause::measure() {
  costs_.resize(to_ - from_ + 1);
  glyphs_.resize(to_ - from_ + 1);
  for (std::size_t i = from_; i < to_; ++i) {
    bool glyph = tokens_[i].kind == TokenKind::kGlyph;
    costs_[i - from_ + 1] = costs_[i - from_] + cost_of(i);
    glyphs_[i - from_ + 1] = glyphs_[i - from_] + (glyph ? 1 : 0);
  }
}

// Tokens between, with what a boundary inside adds. The words on the side where the language's
// verbs do not stand count a little farther.
int Clause::distance(std::size_t first, std::size_t last, const FoundWord& word) const {
  constexpr int kGlyphsOfWord = 3;
  bool ahead = word.first >= last;
  std::size_t a = ahead ? last : word.last;
  std::size_t b = ahead ? word.first : first;
  if (a > b) return 0;
  a = std::clamp(a, from_, to_) - from_;
  b = std::clamp(b, from_, to_) - from_;
  bool farther = ahead != verb_final_;
  return costs_[b] - costs_[a] + (glyphs_[b] - glyphs_[a]) / kGlyphsOfWord + (farther ? 1 : 0);
}

Tie Clause::nearest(std::size_t first, std::size_t last,
                    std::initializer_list<Sense> senses) const {
  constexpr std::size_t kReach = 60;  // tokens; farther ones cost more than any limit allows
  Tie best;
  for (const auto& word : around(first, last, kReach)) {
    if (std::find(senses.begin(), senses.end(), word.word->sense) == senses.end()) continue;
    if (word.first < last && word.last > first) continue;
    int cost = distance(first, last, word) * 2 - static_cast<int>(word.word->weight);
    if (cost < best.distance) best = {&word, cost};
  }
  return best;
}

bool Clause::stands_near(Sense sense, std::size_t first, std::size_t last,
                         std::size_t reach) const {
  auto near = around(first, last, reach);
  return std::any_of(near.begin(), near.end(), [&](const FoundWord& word) {
    return word.word->sense == sense && word.last + reach >= first && word.first <= last + reach;
  });
}

bool Clause::breaks(std::size_t from, std::size_t to) const {
  for (std::size_t i = from; i < to; ++i) {
    if (one_of(tokens_.word(i), ":", ";", "–", "—")) return true;
  }
  return false;
}

std::string_view Clause::before(std::size_t token, std::size_t steps) const {
  return token >= from_ + steps ? tokens_.word(token - steps) : std::string_view();
}

std::string_view Clause::at(std::size_t token) const {
  return token < to_ ? tokens_.word(token) : std::string_view();
}

// "Over three hours": part of a time, and no end.
bool Clause::is_in_time(const FoundWord& word) const {
  auto time = std::upper_bound(times_.begin(), times_.end(), word.first,
                               [](std::size_t at, const FoundTime& t) { return at < t.first; });
  return time != times_.begin() && std::prev(time)->last >= word.last;
}

// "Began to recover": what began is the return.
bool Clause::is_of_return(std::size_t index) const {
  constexpr std::size_t kReach = 3;
  const FoundWord& word = words_[index];
  if (word.word->sense != Sense::kStart) return false;
  std::string_view text = tokens_.word(word.first);
  bool begins = one_of(text, "began", "begun", "begins", "begin", "started", "starts", "start",
                       "starting", "comenzó", "empezó", "começou", "mulai", "commencé", "begann") ||
                text.starts_with("начал") || text.starts_with("почав") || text.starts_with("почал");
  if (!begins) return false;
  return std::any_of(words_.begin(), words_.end(), [&](const FoundWord& other) {
    return other.word->sense == Sense::kEnd && other.first >= word.last &&
           other.first <= word.last + kReach;
  });
}

// "Went down again": what happened again is the loss, although "again" alone is of a return.
void Clause::forget_repetition() {
  constexpr std::size_t kReach = 6;
  const FoundWord* last = nullptr;
  std::vector<FoundWord> kept;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const FoundWord& word = words_[i];
    Sense sense = word.word->sense;
    if (is_of_return(i) || is_in_time(word)) continue;
    bool again = sense == Sense::kEnd && word.last == word.first + 1 &&
                 one_of(tokens_.word(word.first), "again", "erneut", "wieder");
    bool of_loss = last != nullptr && last->word->sense != Sense::kEnd &&
                   word.first <= last->last + kReach && !breaks(last->last, word.first);
    if (again && of_loss) continue;
    kept.push_back(word);
    if (sense == Sense::kStart || sense == Sense::kOutage || sense == Sense::kEnd) last = &word;
  }
  words_ = std::move(kept);
}

}  // namespace correlate::extraction
