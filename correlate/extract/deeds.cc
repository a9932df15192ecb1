#include <array>
#include <utility>

#include "correlate/extract/circumstances.h"
#include "correlate/extract/speech.h"

namespace correlate::extraction {
namespace {

using model::ClaimKind;
using model::Happening;

std::optional<ClaimKind> deed_of(const Word& word) {
  if (word.sense != Sense::kHappening) return std::nullopt;
  if (word.name == "demand") return ClaimKind::kDemand;
  switch (word.happening) {
    case Happening::kAttribution:
      return ClaimKind::kAttribution;
    case Happening::kThreat:
      return ClaimKind::kThreat;
    case Happening::kSanctions:
      return ClaimKind::kSanction;
    case Happening::kDenial:
      return ClaimKind::kDenial;
    default:
      return std::nullopt;
  }
}

// Who is named next behind a word of blame: "blames North Korea".
std::string named_behind(const Page& page, const Clause& clause, std::size_t at) {
  constexpr std::size_t kReach = 8;
  auto place = std::lower_bound(
      page.places.begin(), page.places.end(), at,
      [](const FoundMention& found, std::size_t from) { return found.first < from; });
  bool near = place != page.places.end() && place->first < std::min(clause.to(), at + kReach);
  return near ? place->mention.name : std::string();
}

}  // namespace

std::vector<Saying> find_deeds(const Page& page, const Clause& clause) {
  std::vector<Saying> out;
  std::array<bool, static_cast<std::size_t>(ClaimKind::kStatement) + 1> told{};
  auto add = [&](ClaimKind kind, const FoundWord& word) {
    if (std::exchange(told[static_cast<std::size_t>(kind)], true)) return;
    Saying one;
    one.kind = kind;
    one.first = word.first;
    one.last = word.last;
    one.value = kind == ClaimKind::kAttribution ? named_behind(page, clause, word.last)
                                                : std::string(to_string(kind));
    if (one.value.empty()) one.value = to_string(kind);
    out.push_back(std::move(one));
  };
  for (const auto& word : clause.words()) {
    if (auto kind = deed_of(*word.word)) add(*kind, word);
  }
  if (!out.empty()) return out;
  for (const auto& word : clause.words()) {
    if (word.word->sense != Sense::kSay) continue;
    auto [begin, end] = named_by(page.tokens, clause, word);
    if (begin < end) add(ClaimKind::kStatement, word);
  }
  return out;
}

}  // namespace correlate::extraction
