#include "correlate/verify.h"

#include <algorithm>
#include <utility>

#include "correlate/verdict/verdict.h"
#include "store/model/hash.h"

namespace correlate {
namespace {

using model::Claim;
using model::ClaimKind;
using model::Instant;
using model::Link;
using model::Outage;
using model::Seconds;
using model::Verdict;

// The linked outages that a claim can be about, most probable first.
std::vector<const Outage*> said(const std::vector<Link>& links, const OutageIndex& outages,
                                const Claim& claim) {
  std::vector<const Outage*> all;
  std::vector<const Outage*> of_place;
  for (const auto& link : links) {
    const Outage* outage = outages.find(link.outage_id);
    if (link.probability < kSaidFrom || outage == nullptr) continue;
    all.push_back(outage);
    const auto& countries = claim.countries;
    if (std::find(countries.begin(), countries.end(), outage->scope.country) != countries.end()) {
      of_place.push_back(outage);
    }
  }
  return of_place.empty() ? all : of_place;
}

Seconds distance(const model::Interval& said_time, Instant at) {
  if (at < said_time.from) return said_time.from - at;
  return at >= said_time.to ? at - said_time.to : Seconds{0};
}

// The outage whose start or end lies nearest to a time.
const Outage* nearest(const std::vector<const Outage*>& outages, const model::Interval& time,
                      bool start) {
  const Outage* best = nullptr;
  Seconds least = Seconds::max();
  for (const auto* outage : outages) {
    Instant at = start || !outage->end ? outage->start : *outage->end;
    if (Seconds off = distance(time, at); off < least) {
      least = off;
      best = outage;
    }
  }
  return best;
}

// Which outage a claim speaks of: a time speaks of the outage that begins or ends nearest to it;
// a length, a scope or a cause of the one that the times of its own sentence name, else of the one
// that is most probably meant. Never of the one that merely fits best: that would prove anything.
const Outage* choose(const Claim& claim, const model::Extraction& extraction,
                     const std::vector<const Outage*>& outages) {
  if (outages.empty()) return nullptr;
  bool start = claim.kind == ClaimKind::kStart;
  if (claim.interval && (start || claim.kind == ClaimKind::kEnd)) {
    return nearest(outages, *claim.interval, start);
  }
  for (const auto& other : extraction.claims) {
    bool point = other.kind == ClaimKind::kStart || other.kind == ClaimKind::kEnd;
    if (point && other.interval && other.sentence == claim.sentence) {
      return nearest(outages, *other.interval, other.kind == ClaimKind::kStart);
    }
  }
  return outages.front();
}

std::vector<model::Signal> signals_of(const Claim& claim,
                                      const std::vector<model::Signal>& signals) {
  std::vector<model::Signal> out;
  for (const auto& signal : signals) {
    const auto& countries = claim.countries;
    if (std::find(countries.begin(), countries.end(), signal.scope.country) != countries.end()) {
      out.push_back(signal);
    }
  }
  return out;
}

}  // namespace

std::vector<Verdict> verify(const Article& article, const model::Extraction& extraction,
                            const std::vector<Link>& links, const OutageIndex& outages,
                            const std::vector<model::Signal>& signals) {
  std::vector<Verdict> out;
  for (const auto& claim : extraction.claims) {
    const Outage* outage = choose(claim, extraction, said(links, outages, claim));
    Verdict verdict;
    if (outage != nullptr) {
      verdict = verdict::judge(claim, *outage, {article.anchor.at, article.anchor.zone});
      verdict.outage_id = outage->id;
    } else {
      auto when = claim.interval.value_or(extraction.happened.interval());
      verdict = verdict::judge_unlinked(claim, when, signals_of(claim, signals));
    }
    verdict.claim_id = claim.id;
    verdict.entry_id = article.id;
    verdict.revision = article.revision;
    verdict.id = model::make_id("vrd", claim.id + "\n" + verdict.outage_id);
    out.push_back(std::move(verdict));
  }
  return out;
}

}  // namespace correlate
