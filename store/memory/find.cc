#include "store/memory/find.h"

#include <algorithm>
#include <functional>

#include "store/model/text.h"
#include "store/rules/decided.h"
#include "store/rules/facet.h"
#include "store/rules/facts.h"
#include "store/rules/hits.h"

namespace store::memory {
namespace {

using query::Field;
using query::Kind;
using rules::Facts;

constexpr model::Seconds kSecond{1};

// A record that answers, with what facets count of it.
struct Found {
  Hit hit;
  Facts facts;
  std::string entry_id;  // of entries and claims
};

const model::Extraction* extraction_of(const State& state, const std::string& entry_id) {
  auto behind = state.derived.extractions.upper_bound({entry_id, 1 << 30});
  if (behind == state.derived.extractions.begin()) return nullptr;
  --behind;
  return behind->first.first == entry_id ? &behind->second : nullptr;
}

class Finder {
 public:
  Finder(const State& state, const query::Query& query)
      : state_(state), query_(query), wanted_(query::wanted_words(query)) {
    for (const auto& [id, link] : state.derived.links) links_[link.entry_id].push_back(&link);
    for (const auto& [id, one] : state.derived.verdicts) verdicts_[one.entry_id].push_back(&one);
    for (const auto& [id, link] : state.derived.links) links_[link.outage_id].push_back(&link);
    for (const auto& [id, one] : state.derived.verdicts) verdicts_[one.outage_id].push_back(&one);
    for (const auto& [id, story] : state.derived.stories) {
      for (const auto& entry : story.entry_ids) story_[entry] = &story;
    }
    for (const auto& [id, incident] : state.derived.incidents) {
      for (const auto& one : incident.story_ids) incident_[one] = id;
      for (const auto& one : incident.outage_ids) incident_[one] = id;
    }
  }

  Result<std::vector<Found>> find() {
    auto deleted = rules::deletions(state_.edits);
    for (const auto& [id, entry] : state_.entries) {
      if (deleted.contains(id)) continue;
      if (auto done = look_at(entry); !done) return done.error();
    }
    for (const auto& [id, outage] : state_.derived.fused) {
      if (auto done = take(of_outage(outage)); !done) return done.error();
    }
    for (const auto& edit : state_.edits) {
      Found one;
      one.facts = rules::facts_of(edit);
      one.hit = {Kind::kEdit, std::to_string(edit.seq), rules::relevance(0, 0, edit.at), edit.at};
      if (auto done = take(std::move(one)); !done) return done.error();
    }
    return std::move(found_);
  }

 private:
  Status take(Found one) {
    auto answers = rules::matches(query_, one.facts);
    if (!answers) return answers.error();
    if (*answers) found_.push_back(std::move(one));
    return {};
  }

  Status look_at(const model::Entry& entry) {
    auto one = of_entry(entry);
    const auto* extraction = extraction_of(state_, entry.id);
    auto newest = static_cast<int>(state_.revisions.at(entry.id).size());
    if (query_.asks_claims && extraction != nullptr && extraction->revision == newest) {
      for (const auto& claim : extraction->claims) {
        if (auto done = take(of_claim(one, claim)); !done) return done;
      }
    }
    return take(std::move(one));
  }

  Found of_entry(const model::Entry& entry) {
    Found out;
    out.entry_id = entry.id;
    const auto& revisions = state_.revisions.at(entry.id);
    const auto& revision = revisions.back();
    auto& facts = out.facts;
    facts.text = state_.index.at(entry.id);
    if (const auto* extraction = extraction_of(state_, entry.id)) {
      facts.marks = rules::marks_of(*extraction);
      facts.happened = extraction->happened.interval();
    }
    facts.published = rules::published(revision);
    facts.learned =
        model::Interval{revisions.front().known_at, revisions.front().known_at + kSecond};
    auto source = state_.sources.find(entry.source_id);
    if (source != state_.sources.end()) facts.source = rules::source_names(source->second);
    facts.source.push_back(rules::publisher_name(revision));
    facts.marks.insert({Field::kEntry, entry.id});
    add_links(entry.id, facts);
    int origins = 0;
    auto story = story_.find(entry.id);
    if (story != story_.end()) {
      origins = story->second->origins;
      facts.marks.insert({Field::kStory, story->second->id});
      add_incident(story->second->id, facts);
    }
    auto at = facts.published->from;
    out.hit = {Kind::kEntry, entry.id, rules::relevance(share(*facts.text), origins, at), at};
    return out;
  }

  // A claim is its entry's, but for what it says itself.
  Found of_claim(const Found& entry, const model::Claim& claim) const {
    auto out = entry;
    auto& facts = out.facts;
    facts.kind = Kind::kClaim;
    std::erase_if(facts.marks, [](const rules::Mark& mark) {
      return mark.field == Field::kCountry || mark.field == Field::kType;
    });
    for (const auto& code : claim.countries) facts.marks.insert({Field::kCountry, code});
    facts.marks.insert({Field::kType, std::string(to_string(claim.kind))});
    facts.happened = claim.interval;
    facts.verdicts.clear();
    auto verdicts = verdicts_.find(entry.entry_id);
    if (verdicts != verdicts_.end()) {
      for (const auto* one : verdicts->second) {
        if (one->claim_id == claim.id) facts.verdicts.emplace(to_string(one->verdict));
      }
    }
    out.hit.kind = Kind::kClaim;
    out.hit.id = claim.id;
    return out;
  }

  Found of_outage(const model::Outage& outage) const {
    Found out;
    auto& facts = out.facts;
    facts.kind = Kind::kOutage;
    facts.words = rules::words_of(outage);
    facts.marks = rules::marks_of(outage);
    for (const auto& mark : facts.marks) {
      if (mark.field == Field::kSource) facts.source.push_back(mark.value);
    }
    facts.happened = rules::happened(outage);
    facts.learned = model::Interval{outage.first_seen_at, outage.first_seen_at + kSecond};
    add_links(outage.id, facts);
    add_incident(outage.id, facts);
    out.hit = {Kind::kOutage, outage.id, rules::relevance(0, 0, outage.start), outage.start};
    return out;
  }

  void add_links(const std::string& of, Facts& facts) const {
    auto links = links_.find(of);
    if (links != links_.end()) {
      for (const auto* link : links->second) facts.probabilities.push_back(link->probability);
    }
    auto verdicts = verdicts_.find(of);
    if (verdicts == verdicts_.end()) return;
    for (const auto* one : verdicts->second) facts.verdicts.emplace(to_string(one->verdict));
  }

  void add_incident(const std::string& member, Facts& facts) const {
    auto incident = incident_.find(member);
    if (incident != incident_.end()) facts.marks.insert({Field::kIncident, incident->second});
  }

  double share(const rules::Fields& text) const {
    if (wanted_.empty()) return 0;
    std::size_t in = 0;
    for (const auto& words : wanted_) {
      auto terms = rules::terms_of_words(words);
      in += terms && rules::is_in(*terms, text[0]) ? 1 : 0;
    }
    return static_cast<double>(in) / static_cast<double>(wanted_.size());
  }

  const State& state_;
  const query::Query& query_;
  std::vector<std::string> wanted_;
  std::map<std::string, std::vector<const model::Link*>> links_;        // by entry and by outage
  std::map<std::string, std::vector<const model::Verdict*>> verdicts_;  // … too
  std::map<std::string, const model::Story*> story_;                    // by entry
  std::map<std::string, std::string> incident_;                         // by story and outage
  std::vector<Found> found_;
};

}  // namespace

Result<HitPage> find(const State& state, const query::Query& query, const FindOptions& options) {
  auto after = rules::cursor_of(options.after);
  if (!after) return after.error();
  auto found = Finder(state, query).find();
  if (!found) return found.error();
  std::vector<Hit> hits;
  for (auto& one : *found) hits.push_back(std::move(one.hit));
  return rules::page_of_hits(std::move(hits), *after, options);
}

namespace {

void count(const State& state, const Found& one, rules::FacetCounts& counts) {
  counts.add("kind", to_string(one.hit.kind));
  bool entry = one.hit.kind == Kind::kEntry, outage = one.hit.kind == Kind::kOutage;
  for (const auto& mark : one.facts.marks) {
    auto field = rules::facet_of(mark.field);
    if (field && (entry || outage || mark.field == Field::kType)) counts.add(*field, mark.value);
  }
  for (const auto& verdict : one.facts.verdicts) counts.add("verdict", verdict);
  if (!entry) return;
  counts.add("month", rules::month_of(one.hit.at));
  auto source = state.sources.find(state.entries.at(one.entry_id).source_id);
  if (source != state.sources.end()) counts.add("source", rules::source_label(source->second));
}

}  // namespace

Result<std::vector<Facet>> facets(const State& state, const query::Query& query, std::size_t most) {
  auto found = Finder(state, query).find();
  if (!found) return found.error();
  rules::FacetCounts counts;
  for (const auto& one : *found) count(state, one, counts);
  return counts.facets(most);
}

Result<std::vector<RankedIncident>> find_incidents(const State& state, const query::Query& query,
                                                   std::size_t limit) {
  auto found = Finder(state, query).find();
  if (!found) return found.error();
  std::map<std::string, std::int64_t> hits;
  for (const auto& one : *found) {
    if (one.hit.kind == Kind::kEdit || one.hit.kind == Kind::kClaim) continue;
    for (const auto& mark : one.facts.marks) {
      if (mark.field == Field::kIncident) ++hits[mark.value];
    }
  }
  std::vector<RankedIncident> out;
  for (const auto& [id, count] : hits) out.push_back({id, count});
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.hits > b.hits; });
  out.resize(std::min(out.size(), limit));
  return out;
}

std::string story_of(const State& state, const std::string& entry_id) {
  for (const auto& [id, story] : state.derived.stories) {
    const auto& entries = story.entry_ids;
    if (std::find(entries.begin(), entries.end(), entry_id) != entries.end()) return id;
  }
  return {};
}

std::string incident_of(const State& state, const std::string& member_id) {
  for (const auto& [id, incident] : state.derived.incidents) {
    for (const auto* members : {&incident.story_ids, &incident.outage_ids}) {
      if (std::find(members->begin(), members->end(), member_id) != members->end()) return id;
    }
  }
  return {};
}

}  // namespace store::memory
