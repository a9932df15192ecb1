#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "correlate/features.h"
#include "correlate/plain_words.h"
#include "store/model/text.h"

// How a text points back. Two forms are read: a word of consequence ("after", "in response to",
// "über", "après") and within six words a noun that names a happening; and a name right before
// such a noun ("Sony hack", but not "Internet outage"). Words are compared folded.

namespace correlate {
namespace {

using model::Happening;

constexpr std::size_t kReach = 6;        // words between the two
constexpr std::size_t kMostText = 4000;  // bytes of the body that are read
constexpr std::size_t kMostReferences = 8;

const std::map<std::string_view, Happening>& nouns() {
  static const std::map<std::string_view, Happening> kNouns = {
      {"hack", Happening::kBreach},
      {"hacking", Happening::kBreach},
      {"breach", Happening::kBreach},
      {"intrusion", Happening::kBreach},
      {"hackerangriff", Happening::kBreach},
      {"piratage", Happening::kBreach},
      {"hackeo", Happening::kBreach},
      {"взлома", Happening::kBreach},
      {"attack", Happening::kAttack},
      {"cyberattack", Happening::kAttack},
      {"cyberangriff", Happening::kAttack},
      {"angriff", Happening::kAttack},
      {"cyberattaque", Happening::kAttack},
      {"attaque", Happening::kAttack},
      {"ataque", Happening::kAttack},
      {"ciberataque", Happening::kAttack},
      {"attacco", Happening::kAttack},
      {"атаки", Happening::kAttack},
      {"кибератаки", Happening::kAttack},
      {"leak", Happening::kLeak},
      {"leaks", Happening::kLeak},
      {"threat", Happening::kThreat},
      {"threats", Happening::kThreat},
      {"outage", Happening::kOutage},
      {"outages", Happening::kOutage},
      {"blackout", Happening::kOutage},
      {"shutdown", Happening::kOutage},
      {"disruption", Happening::kOutage},
      {"ausfall", Happening::kOutage},
      {"panne", Happening::kOutage},
      {"coupure", Happening::kOutage},
      {"apagon", Happening::kOutage},
      {"apagao", Happening::kOutage},
      {"corte", Happening::kOutage},
      {"отключения", Happening::kOutage},
      {"sanctions", Happening::kSanctions},
      {"sanktionen", Happening::kSanctions},
      {"sanciones", Happening::kSanctions},
      {"cancellation", Happening::kCancellation}};
  return kNouns;
}

// The last word of each tells enough: "in response to", "in the wake of", "because of".
bool is_consequence(std::string_view word, std::string_view before) {
  static constexpr std::array<std::string_view, 17> kAlone = {
      "after", "following", "over", "amid", "since", "behind", "nach",    "wegen", "infolge",
      "apres", "suite",     "tras", "apos", "dopo",  "после",  "setelah", "из-за"};
  if (std::find(kAlone.begin(), kAlone.end(), word) != kAlone.end()) return true;
  if (word == "to") return before == "response" || before == "due" || before == "linked";
  if (word == "of") return before == "wake" || before == "because" || before == "aftermath";
  if (word == "for") return before == "retaliation" || before == "blamed" || before == "blame";
  return false;
}

// Words that often stand before such a noun, and capitalised in headlines, and are nobody's name:
// an "Internet outage" is any.
bool is_nobodys(std::string_view folded) {
  static constexpr std::array<std::string_view, 38> kNobodys = {
      "internet", "network", "web",        "online",  "cyber",    "computer",   "data",
      "mobile",   "phone",   "broadband",  "service", "services", "power",      "telecom",
      "server",   "website", "major",      "massive", "large",    "nationwide", "national",
      "global",   "new",     "another",    "second",  "latest",   "first",      "big",
      "huge",     "total",   "near-total", "partial", "the",      "this",       "that",
      "an",       "is",      "in"};
  return std::find(kNobodys.begin(), kNobodys.end(), folded) != kNobodys.end();
}

// Words that may stand between a name and what befell it: "Sony Pictures hack".
bool is_capital(std::string_view word) {
  return !word.empty() && word[0] >= 'A' && word[0] <= 'Z' && word.size() > 1;
}

struct Word {
  std::string folded;
  model::Piece piece;
};

std::vector<Word> words_in(std::string_view text) {
  std::vector<Word> out;
  for (const auto& piece : plain_words(text)) {
    auto folded = model::fold(piece.of(text));
    if (folded.ends_with("'s")) folded.resize(folded.size() - 2);
    out.push_back({std::move(folded), piece});
  }
  return out;
}

void add(std::string_view text, const std::vector<Word>& words, std::size_t from, std::size_t to,
         std::vector<Reference>& out) {
  Reference reference;
  auto begin = words[from].piece.begin;
  reference.words = model::squeeze(text.substr(begin, words[to].piece.end - begin));
  reference.happening = nouns().at(words[to].folded);
  for (auto i = from; i <= to; ++i) {
    if (nouns().contains(words[i].folded)) continue;
    if (auto term = term_of_word(words[i].folded)) reference.terms.push_back(term);
  }
  bool again = std::any_of(out.begin(), out.end(), [&](const Reference& other) {
    return other.happening == reference.happening && other.terms == reference.terms;
  });
  if (!again && out.size() < kMostReferences) out.push_back(std::move(reference));
}

void read(std::string_view text, std::vector<Reference>& out) {
  auto words = words_in(text);
  for (std::size_t to = 1; to < words.size(); ++to) {
    if (!nouns().contains(words[to].folded)) continue;
    auto least = to > kReach ? to - kReach : 0;
    auto from = to;
    for (auto i = to; i > least; --i) {
      if (!is_consequence(words[i - 1].folded, i > 1 ? words[i - 2].folded : "")) continue;
      from = i - 1;
      break;
    }
    if (from == to) {
      bool named = false;
      for (; from > least && is_capital(words[from - 1].piece.of(text)); --from) {
        named = named || !is_nobodys(words[from - 1].folded);
      }
      if (!named) from = to;
    }
    if (from < to) add(text, words, from, to, out);
  }
}

}  // namespace

std::vector<Reference> references_in(std::string_view title, std::string_view body) {
  std::vector<Reference> out;
  read(title, out);
  body = body.substr(0, std::min(body.size(), kMostText));
  while (!body.empty() && !model::is_utf8(body)) body.remove_suffix(1);
  read(body, out);
  return out;
}

}  // namespace correlate
