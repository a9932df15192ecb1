#include "correlate/terms.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "store/model/text.h"

namespace correlate {
namespace {

constexpr double kTitleCount = 3;
constexpr double kNameCount = 2;  // of a word that is capitalised inside a sentence
// A word is weighed as if there were at least so many articles: in a small store a word of its main
// story would else look as common as "the".
constexpr double kLeastArticles = 5000;

bool is_number(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_stop_word(std::string_view folded) {
  // Words that say nothing of what an article is about: English function words and the verbs of
  // reporting, and the commonest function words of the other languages we meet.
  static const std::set<std::string_view> kWords = {
      "a",       "about",    "after",    "again",     "against",  "all",    "also",     "although",
      "am",      "among",    "an",       "and",       "any",      "are",    "around",   "as",
      "at",      "back",     "be",       "became",    "because",  "been",   "before",   "being",
      "between", "both",     "but",      "by",        "came",     "can",    "come",     "could",
      "day",     "days",     "did",      "do",        "does",     "down",   "during",   "each",
      "even",    "ever",     "every",    "few",       "first",    "for",    "from",     "get",
      "go",      "going",    "got",      "had",       "has",      "have",   "he",       "her",
      "here",    "him",      "his",      "how",       "however",  "i",      "if",       "in",
      "into",    "is",       "it",       "its",       "just",     "last",   "later",    "like",
      "made",    "make",     "many",     "may",       "me",       "might",  "more",     "most",
      "much",    "must",     "my",       "new",       "next",     "no",     "not",      "now",
      "of",      "off",      "on",       "one",       "only",     "or",     "other",    "our",
      "out",     "over",     "own",      "part",      "put",      "report", "reported", "reports",
      "said",    "same",     "saw",      "say",       "saying",   "says",   "see",      "set",
      "she",     "should",   "since",    "so",        "some",     "still",  "such",     "take",
      "tell",    "than",     "that",     "the",       "their",    "them",   "then",     "there",
      "these",   "they",     "this",     "those",     "though",   "three",  "through",  "time",
      "to",      "told",     "too",      "took",      "two",      "under",  "until",    "up",
      "us",      "use",      "used",     "very",      "via",      "want",   "was",      "way",
      "we",      "week",     "well",     "went",      "were",     "what",   "when",     "where",
      "whether", "which",    "while",    "who",       "whom",     "whose",  "why",      "will",
      "with",    "within",   "without",  "would",     "year",     "years",  "yet",      "you",
      "your",    "monday",   "tuesday",  "wednesday", "thursday", "friday", "saturday", "sunday",
      "january", "february", "march",    "april",     "june",     "july",   "august",   "september",
      "october", "november", "december", "der",       "die",      "das",    "und",      "ein",
      "eine",    "von",      "mit",      "den",       "dem",      "des",    "auf",      "ist",
      "für",     "fur",      "le",       "la",        "les",      "et",     "un",       "une",
      "du",      "dans",     "que",      "qui",       "sur",      "est",    "el",       "los",
      "las",     "del",      "por",      "con",       "para",     "una",    "se",       "su",
      "en",      "de",       "o",        "os",        "da",       "do",     "na",       "e",
      "и",       "в",        "на",       "с",         "за",       "да",     "от",       "се",
      "е",       "че",       "не",       "по",        "في",       "من",     "على",      "الى",
      "إلى",     "أن",       "ان",       "عن"};
  return kWords.contains(folded);
}

std::uint32_t Vocabulary::number_of(const std::string& term) {
  auto [found, fresh] = numbers_.try_emplace(term, static_cast<std::uint32_t>(articles_.size()));
  if (fresh) articles_.push_back(0);
  return found->second;
}

Terms Vocabulary::count(std::string_view title, std::string_view body) {
  std::map<std::uint32_t, double> counts;
  auto read = [&](std::string_view text, double each, double of_name) {
    std::size_t before = 0;
    for (const auto& piece : model::words(text)) {
      bool inside = piece.begin > 0 && text.substr(before, piece.begin - before) == " ";
      before = piece.end;
      std::string_view as_written = piece.of(text);
      bool name = inside && as_written[0] >= 'A' && as_written[0] <= 'Z';
      std::string word = model::fold(as_written);
      for (std::string_view genitive : {"'s", "’s"}) {
        if (word.ends_with(genitive)) word.resize(word.size() - genitive.size());
      }
      if (model::code_points(word) < 2 || is_number(word) || is_stop_word(word)) continue;
      counts[number_of(word)] += name ? of_name : each;
    }
  };
  read(title, kTitleCount, kTitleCount);
  read(body, 1, kNameCount);
  ++total_;
  for (const auto& [term, times] : counts) ++articles_[term];
  return {counts.begin(), counts.end()};
}

Terms Vocabulary::weigh(const Terms& counted) const {
  Terms out;
  out.reserve(counted.size());
  for (const auto& [term, times] : counted) {
    double rarity = std::log(1 + std::max<double>(total_, kLeastArticles) / articles_[term]);
    out.emplace_back(term, (1 + std::log(times)) * rarity);
  }
  double size = length(out);
  for (auto& [term, weight] : out) weight /= size > 0 ? size : 1;
  return out;
}

double dot(const Terms& a, const Terms& b) {
  double out = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].first == b[j].first) {
      out += a[i++].second * b[j++].second;
    } else {
      ++(a[i].first < b[j].first ? i : j);
    }
  }
  return out;
}

Terms add(const Terms& a, const Terms& b) {
  Terms out;
  out.reserve(a.size() + b.size());
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (j == b.size() || (i < a.size() && a[i].first < b[j].first)) {
      out.push_back(a[i++]);
    } else if (i == a.size() || b[j].first < a[i].first) {
      out.push_back(b[j++]);
    } else {
      out.emplace_back(a[i].first, a[i].second + b[j].second);
      ++i;
      ++j;
    }
  }
  return out;
}

double length(const Terms& a) {
  double sum = 0;
  for (const auto& [term, weight] : a) sum += weight * weight;
  return std::sqrt(sum);
}

}  // namespace correlate
