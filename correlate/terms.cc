#include "correlate/terms.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "correlate/plain_words.h"
#include "store/model/text.h"

namespace correlate {
namespace {

constexpr int kTitleCount = 3;
constexpr int kNameCount = 2;  // of a word that is capitalised inside a sentence
constexpr std::int32_t kLeastTexts = 5000;
constexpr std::size_t kMostWords = 2000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "9", "9.5", "31st", "16:15"; not "4chan", "AS131279".
bool is_number(std::string_view word) {
  auto letters = std::count_if(word.begin(), word.end(),
                               [](char c) { return !is_digit(c) && c != '.' && c != ','; });
  return is_digit(word[0]) && letters <= 2;
}

// "hackers" and "hacker's" as "hacker"; "glass", "crisis" and "bus" as they are.
void take_off_plural(std::string& word) {
  for (std::string_view genitive : {"'s", "’s"}) {
    if (word.ends_with(genitive)) word.resize(word.size() - genitive.size());
  }
  bool plural = word.size() > 3 && word.back() == 's' && !word.ends_with("ss") &&
                !word.ends_with("us") && !word.ends_with("is");
  if (plural) word.pop_back();
}

void read(std::string_view text, int each, int of_name, Terms& out) {
  std::size_t before = 0;
  std::size_t words = 0;
  for (const auto& piece : plain_words(text)) {
    if (++words > kMostWords) return;
    bool inside = piece.begin > 0 && text.substr(before, piece.begin - before) == " ";
    before = piece.end;
    std::string_view as_written = piece.of(text);
    bool name = inside && as_written[0] >= 'A' && as_written[0] <= 'Z';
    if (auto term = term_of_word(as_written)) out.push_back({term, name ? of_name : each});
  }
}

bool by_id(const Term& a, const Term& b) { return a.id < b.id; }

}  // namespace

bool is_stop_word(std::string_view folded) {
  // Words that say nothing of what an article is about: English function words and the verbs of
  // reporting, and the commonest function words of the other languages we meet.
  static const std::unordered_set<std::string_view> kWords = {
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

std::uint32_t term_id(std::string_view folded) {
  std::uint64_t hash = 0xCBF29CE484222325U;  // FNV-1a
  for (char c : folded) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  auto id = static_cast<std::uint32_t>(hash ^ (hash >> 32U));
  return id == 0 ? 1 : id;
}

std::uint32_t term_of_word(std::string_view as_written) {
  std::string word = model::fold(as_written);
  if (word.empty() || is_stop_word(word)) return 0;
  take_off_plural(word);
  if (model::code_points(word) < 2 || is_number(word) || is_stop_word(word)) return 0;
  return term_id(word);
}

Terms count_terms(std::string_view title, std::string_view body) {
  Terms out;
  read(title, kTitleCount, kTitleCount, out);
  read(body, 1, kNameCount, out);
  std::sort(out.begin(), out.end(), by_id);
  std::size_t kept = 0;
  for (const auto& term : out) {
    if (kept > 0 && out[kept - 1].id == term.id) {
      out[kept - 1].weight += term.weight;
    } else {
      out[kept++] = term;
    }
  }
  out.resize(kept);
  out.shrink_to_fit();
  for (auto& term : out) {
    term.weight = static_cast<std::int32_t>(std::lround(256 * (1 + std::log(term.weight))));
  }
  return out;
}

void Rarity::add(const Terms& counted) {
  ++total_;
  for (const auto& term : counted) texts_.add(term.id, 1);
}

void Rarity::remove(const Terms& counted) {
  --total_;
  for (const auto& term : counted) texts_.add(term.id, -1);
}

Terms Rarity::weigh(const Terms& counted) const {
  std::vector<double> weights;
  weights.reserve(counted.size());
  double square = 0;
  double total = std::max(total_, kLeastTexts);
  for (const auto& term : counted) {
    double weight = term.weight * std::log1p(total / std::max(texts_.get(term.id), 1));
    weights.push_back(weight);
    square += weight * weight;
  }
  Terms out;
  out.reserve(counted.size());
  double scale = square > 0 ? kUnit / std::sqrt(square) : 0;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    auto weight = static_cast<std::int32_t>(std::lround(weights[i] * scale));
    if (weight != 0) out.push_back({counted[i].id, weight});
  }
  return out;
}

double Rarity::bits(std::uint32_t term, double least) const {
  return std::log2(std::max<double>(total_, least) / std::max(texts_.get(term), 1));
}

void Centroid::add(std::uint32_t id, std::int32_t weight) {
  std::int64_t before = sum_.add(id, weight);
  square_ += weight * (2 * before + weight);
}

void Centroid::add(const Terms& weighed, std::int32_t sign) {
  if (square_ == 0) sum_.reserve(weighed.size());
  for (const auto& term : weighed) add(term.id, sign * term.weight);
}

void Centroid::add(const Centroid& other, std::int32_t sign) {
  sum_.reserve(other.sum_.size());
  other.sum_.for_each([&](std::uint32_t id, std::int32_t weight) { add(id, sign * weight); });
}

std::int64_t Centroid::dot(const Terms& weighed) const {
  std::int64_t out = 0;
  for (const auto& term : weighed) out += std::int64_t{term.weight} * sum_.get(term.id);
  return out;
}

std::int64_t Centroid::dot(const Centroid& other) const {
  const auto& few = sum_.places() <= other.sum_.places() ? sum_ : other.sum_;
  const auto& many = &few == &sum_ ? other.sum_ : sum_;
  std::int64_t out = 0;
  few.for_each(
      [&](std::uint32_t id, std::int32_t weight) { out += std::int64_t{weight} * many.get(id); });
  return out;
}

double Centroid::cosine(const Terms& weighed) const {
  if (square_ <= 0) return 0;
  return static_cast<double>(dot(weighed)) / (kUnit * std::sqrt(static_cast<double>(square_)));
}

double Centroid::cosine(const Centroid& other) const {
  if (square_ <= 0 || other.square_ <= 0) return 0;
  return static_cast<double>(dot(other)) /
         std::sqrt(static_cast<double>(square_) * static_cast<double>(other.square_));
}

Terms Centroid::heaviest(std::size_t most) const {
  Terms all;
  sum_.for_each([&](std::uint32_t id, std::int32_t weight) { all.push_back({id, weight}); });
  return correlate::heaviest(all, most);
}

double cosine(const Terms& a, const Terms& b) {
  std::int64_t sum = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (x->id == y->id) {
      sum += std::int64_t{x->weight} * y->weight;
      ++x;
      ++y;
    } else {
      ++(x->id < y->id ? x : y);
    }
  }
  return static_cast<double>(sum) / (double{kUnit} * kUnit);
}

Terms heaviest(const Terms& terms, std::size_t most) {
  Terms out(std::min(most, terms.size()));
  std::partial_sort_copy(terms.begin(), terms.end(), out.begin(), out.end(),
                         [](const Term& a, const Term& b) {
                           return a.weight != b.weight ? a.weight > b.weight : a.id < b.id;
                         });
  return out;
}

}  // namespace correlate
