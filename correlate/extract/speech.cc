#include "correlate/extract/speech.h"

#include <utility>

namespace correlate::extraction {
namespace {

using model::Tense;
using model::Voice;

// Whether a token stands between quotation marks of its sentence.
bool is_quoted(const Tokens& tokens, const Clause& clause, std::size_t at) {
  constexpr std::size_t kLongest = 400;  // tokens of a quotation that is followed
  bool open = false;
  std::size_t from = at > clause.from() + kLongest ? at - kLongest : clause.from();
  for (std::size_t i = from; i < at; ++i) {
    std::string_view mark = tokens.raw(i);
    if (one_of(mark, "“", "«", "„", "「", "『")) open = true;
    if (one_of(mark, "”", "»", "」", "』")) open = false;
    if (mark == "\"") open = !open;
  }
  return open;
}

// Whether the tokens are part of a time: "said Monday" names nobody.
bool is_time(const Page& page, std::size_t begin, std::size_t end) {
  auto time =
      std::lower_bound(page.times.begin(), page.times.end(), end,
                       [](const FoundTime& found, std::size_t to) { return found.first < to; });
  return time != page.times.begin() && std::prev(time)->last > begin;
}

// What the name at `word` says, or empty.
std::string speaker_at(const Page& page, const Clause& clause, const FoundWord& word,
                       std::size_t at) {
  auto [begin, end] = named_by(page.tokens, clause, word);
  while (begin < end && page.tokens.word(begin) == "the") ++begin;
  if (begin >= end || (at >= begin && at < end) || is_time(page, begin, end)) return {};
  return page.tokens.span(begin, end).text;
}

Tense tense_at(const Tokens& tokens, std::size_t i) {
  std::string_view word = tokens.word(i);
  if (one_of(word, "will", "shall", "wird", "werden", "sera", "seront", "будет", "akan")) {
    return Tense::kFuture;
  }
  if (one_of(word, "is", "are", "remains", "remain", "has", "have", "ist", "sind", "est", "sont",
             "está", "están", "é", "são")) {
    return Tense::kPresent;
  }
  if (one_of(word, "was", "were", "had", "went", "came", "fell", "lost", "began", "took", "broke",
             "did", "war", "waren", "wurde", "était", "fue", "foi", "был", "была", "были")) {
    return Tense::kPast;
  }
  bool ending = word.size() > 4 && word.ends_with("ed");
  return ending ? Tense::kPast : Tense::kNone;
}

}  // namespace

std::pair<std::size_t, std::size_t> named_by(const Tokens& tokens, const Clause& clause,
                                             const FoundWord& word) {
  auto name_like = [&](std::size_t i) {
    return i < clause.to() && tokens[i].kind == TokenKind::kWord &&
           (tokens[i].capital || one_of(tokens.word(i), "of", "the", "de", "la"));
  };
  std::size_t begin = word.last;
  std::size_t end = begin;
  if (tokens.word(word.first) == "according") {
    constexpr std::size_t kLongest = 8;
    while (end < clause.to() && end < begin + kLongest && tokens[end].kind == TokenKind::kWord) {
      ++end;
    }
    return {begin, end};
  }
  begin = end = word.first;
  while (begin > clause.from() && name_like(begin - 1)) --begin;
  while (begin < end && !tokens[begin].capital) ++begin;
  if (begin < end) return {begin, end};
  begin = end = word.last;
  while (name_like(end)) ++end;
  while (end > begin && !tokens[end - 1].capital) --end;
  if (begin < end || word.first <= clause.from()) return {begin, end};
  bool many =
      tokens[word.first - 1].kind == TokenKind::kWord && tokens.word(word.first - 1).ends_with("s");
  return many ? std::pair{word.first - 1, word.first} : std::pair{begin, end};
}

Speech who_says(const Page& page, const Clause& clause, std::size_t at) {
  std::vector<std::string> before;  // the outermost first
  std::vector<std::string> chain;   // the innermost first
  constexpr std::size_t kReach = 80;
  for (const auto& word : clause.around(at, at, kReach)) {
    if (word.word->sense != Sense::kSay) continue;
    std::string name = speaker_at(page, clause, word, at);
    if (name.empty()) continue;
    (word.first < at ? before : chain).push_back(std::move(name));
  }
  chain.insert(chain.begin(), before.rbegin(), before.rend());
  chain.erase(std::unique(chain.begin(), chain.end()), chain.end());
  Speech out;
  if (is_quoted(page.tokens, clause, at)) {
    out.voice = Voice::kQuoted;
  } else if (!chain.empty()) {
    out.voice = Voice::kReported;
  }
  if (chain.empty()) return out;
  out.speaker = std::move(chain.front());
  constexpr std::size_t kDeepest = 4;
  for (std::size_t i = 1; i < std::min(chain.size(), kDeepest); ++i) {
    out.via.push_back(std::move(chain[i]));
  }
  return out;
}

std::string hedge_of(const Page& page, const Clause& clause, std::size_t first, std::size_t last) {
  constexpr std::size_t kReach = 10;
  for (const auto& word : clause.around(first, last, kReach)) {
    if (word.word->sense != Sense::kHedge) continue;
    if (word.last + kReach >= first && word.first <= last + kReach) {
      return page.tokens.span(word.first, word.last).text;
    }
  }
  return {};
}

bool is_denied(const Clause& clause, std::size_t first, std::size_t last) {
  constexpr std::size_t kReach = 6;
  auto near_words = clause.around(first, last, kReach);
  return std::any_of(near_words.begin(), near_words.end(), [&](const auto& word) {
    if (word.word->sense != Sense::kDeny) return false;
    bool near = word.last + kReach >= first && word.first <= last + kReach;
    return near && !clause.breaks(std::min(word.last, last), std::max(word.first, first));
  });
}

bool is_negated(const Clause& clause, std::size_t first) {
  constexpr std::size_t kReach = 3;
  std::size_t from = first > kReach ? first - kReach : 0;
  return clause.any(from, first, "not", "no", "kein", "keine", "nicht", "aucun", "aucune", "ningún",
                    "nenhum", "nessun", "geen");
}

Tense tense_of(const Tokens& tokens, const Clause& clause, std::size_t first, std::size_t last) {
  constexpr std::size_t kReach = 8;
  for (std::size_t step = 1; step <= kReach; ++step) {
    Tense tense = Tense::kNone;
    if (first >= clause.from() + step) tense = tense_at(tokens, first - step);
    if (tense == Tense::kNone && last + step - 1 < clause.to()) {
      tense = tense_at(tokens, last + step - 1);
    }
    if (tense != Tense::kNone) return tense;
  }
  return Tense::kNone;
}

}  // namespace correlate::extraction
