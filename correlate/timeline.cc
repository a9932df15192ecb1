#include "correlate/timeline.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "correlate/article.h"
#include "correlate/copies.h"
#include "correlate/deleted.h"
#include "correlate/extract.h"
#include "correlate/link.h"
#include "correlate/signals.h"
#include "correlate/timeline_edits.h"
#include "correlate/timeline_parts.h"
#include "correlate/timeline_reads.h"
#include "correlate/verify.h"

namespace correlate {
namespace {

using model::CheckedClaim;
using model::Error;
using model::Happening;
using model::Incident;
using model::Instant;
using model::Outage;
using model::Result;
using model::Seconds;
using model::Status;
using model::Timeline;
using model::TimelineEntry;
using model::TimelineIncident;
using model::TimelineLine;
using model::Timestamp;

constexpr std::size_t kMostIncidents = 5;
// An incident is part of the answer when it has this share of the best one's hits.
constexpr double kWorthShowing = 0.2;

// An outage as it was known at a moment: one that had not ended was open.
Outage as_known(Outage outage, std::optional<Instant> as_of) {
  if (!as_of || (outage.end && *outage.end <= *as_of)) return outage;
  if (outage.end) {
    outage.open = true;
    outage.end.reset();
    outage.end_uncertainty.reset();
  }
  // What the measurers wrote of the whole outage was written after it.
  for (auto& measurement : outage.measurements) {
    if (measurement.end && *measurement.end > *as_of) measurement.end.reset();
    if (outage.open) measurement.value.clear();
  }
  return outage;
}

class Builder {
 public:
  Builder(store::Store& store, const TimelineRequest& request)
      : store_(store), request_(request), reads_(store), signals_(store, request.as_of) {}

  // Each incident as a timeline of its own.
  Status each(const std::function<Status(const Timeline&)>& give) {
    if (auto status = load(); !status) return status;
    auto incidents = store_.incidents();
    if (!incidents) return incidents.error();
    constexpr std::ptrdiff_t kTogether = 64;
    for (auto next = incidents->begin(); next != incidents->end();) {
      auto end = next + std::min(kTogether, incidents->end() - next);
      auto built = build_all({next, end});
      if (!built) return built.error();
      for (auto& incident : *built) {
        Timeline one = empty();
        one.incidents.push_back(std::move(incident));
        if (auto status = give(one); !status) return status;
      }
      next = end;
    }
    return {};
  }

  // One incident; no incident where there is none of this id, or nothing of it was known.
  Result<Timeline> one(const std::string& id) {
    if (auto status = load(); !status) return status.error();
    auto incident = store_.incident(id);
    if (!incident) return incident.error();
    Timeline out = empty();
    if (!*incident) return out;
    auto built = build_all({**std::move(incident)});
    if (!built) return built.error();
    out.incidents = *std::move(built);
    return out;
  }

  Result<Timeline> build() {
    auto query = store::query::parse(request_.query, request_.now);
    if (!query) return query.error();
    if (auto status = load(); !status) return status.error();
    auto ranked = rank(*query);
    if (!ranked) return ranked.error();
    std::vector<Incident> incidents;
    for (const auto& id : *ranked) {
      auto incident = store_.incident(id);
      if (!incident) return incident.error();
      if (*incident) incidents.push_back(**std::move(incident));
    }
    auto built = build_all(incidents);
    if (!built) return built.error();
    Timeline out = empty();
    out.incidents = *std::move(built);
    return out;
  }

 private:
  // A timeline of this request without incidents.
  Timeline empty() const {
    Timeline out;
    out.query = request_.query;
    out.zone = request_.zone;
    out.from = request_.from;
    out.to = request_.to;
    out.as_of = request_.as_of;
    out.now = request_.now;
    return out;
  }

  // Those of which something happened and was known.
  Result<std::vector<TimelineIncident>> build_all(const std::vector<Incident>& incidents) {
    // Of a moment in the past links are worked out from the outages of then.
    auto outages = request_.as_of ? std::nullopt : std::optional(kSaidFrom);
    if (auto done = reads_.read(incidents, deleted_, outages); !done) return done.error();
    std::vector<TimelineIncident> out;
    for (const auto& incident : incidents) {
      auto built = build_incident(incident);
      if (!built) return built.error();
      if (!built->lines.empty()) out.push_back(*std::move(built));
    }
    return out;
  }

  // What people decided; for a moment in the past, the outages that links are worked out from.
  Status load() {
    if (std::exchange(loaded_, true)) return {};
    auto edits = store_.edits(0);
    if (!edits) return edits.error();
    deleted_ = deletions(*edits);
    decisions_ = decisions(*edits, request_.as_of);
    if (!request_.as_of) return {};
    auto outages = store_.fused({});
    if (!outages) return outages.error();
    std::erase_if(*outages, [this](const Outage& outage) {
      return outage.start > *request_.as_of ||
             (request_.by_our_clock && outage.first_seen_at > *request_.as_of);
    });
    for (auto& outage : *outages) outage = as_known(std::move(outage), request_.as_of);
    outages_ = OutageIndex(*std::move(outages));
    return {};
  }

  // An outage as it was known; null where there was none.
  Result<const Outage*> outage(const std::string& id) {
    if (request_.as_of) return outages_.find(id);
    return reads_.outage(id);
  }

  // Incidents by how many of their entries and outages match, best first; equal ones by id.
  Result<std::vector<std::string>> rank(const store::query::Query& query) {
    auto found = store_.find_incidents(query, kMostIncidents);
    if (!found) return found.error();
    std::vector<std::string> out;
    for (const auto& one : *found) {
      auto most = static_cast<double>(found->front().hits);
      if (static_cast<double>(one.hits) >= kWorthShowing * most) out.push_back(one.id);
    }
    return out;
  }

  // The revision that was the newest at `as_of`; null when none was out.
  model::Revision* visible(std::vector<model::Revision>& revisions, int& how_many) const {
    model::Revision* out = nullptr;
    for (auto& revision : revisions) {
      auto known = request_.by_our_clock ? revision.seen_at : revision.known_at;
      if (request_.as_of && known > *request_.as_of) continue;
      out = &revision;
      ++how_many;
    }
    return out;
  }

  using Shown = std::pair<TimelineEntry, model::Extraction>;

  // What is shown of an entry, whose view is used up; nothing of one that was not out.
  Result<std::optional<Shown>> build_entry(store::EntryView& view) {
    int how_many = 0;
    auto* revision = visible(view.revisions, how_many);
    if (revision == nullptr) return std::optional<Shown>();
    auto extraction = extraction_of(view, *revision);
    if (!extraction) return extraction.error();
    if (request_.as_of) {
      auto done = renew(article_of(*revision), *extraction, view);
      if (!done) return done.error();
    }
    auto out = shown(view, std::move(*revision));
    out.revisions = how_many;
    check(*extraction, view, out);
    return std::optional(Shown{std::move(out), *std::move(extraction)});
  }

  TimelineEntry shown(const store::EntryView& view, model::Revision revision) const {
    TimelineEntry out;
    out.entry_id = view.entry.id;
    out.revision = revision.number;
    out.byline = !revision.publisher.empty() ? revision.publisher
                 : !revision.authors.empty() ? revision.authors.front()
                                             : view.source_title;
    out.source_title = view.source_title;
    out.title = std::move(revision.title);
    out.body = std::move(revision.body);
    out.url = std::move(revision.url);
    out.canonical_url = std::move(revision.canonical_url);
    out.document_id = std::move(revision.document_id);
    out.place = std::move(revision.place);
    out.language = std::move(revision.language);
    out.published = std::move(revision.published);
    out.known_at = revision.known_at;
    const auto& gone = view.entry.gone_at;
    if (gone && (!request_.as_of || *gone <= *request_.as_of)) out.gone_at = gone;
    return out;
  }

  // What was found in the revision; in one that was never read it is found now.
  Result<model::Extraction> extraction_of(store::EntryView& view, const model::Revision& revision) {
    if (view.extraction && view.extraction->revision == revision.number) {
      return *std::move(view.extraction);
    }
    auto stored = store_.extraction(revision.entry_id, revision.number);
    if (!stored) return stored.error();
    return *stored ? **std::move(stored) : extract(article_of(revision));
  }

  // Of a moment in the past links and verdicts are worked out from what was known then.
  Status renew(const Article& article, const model::Extraction& extraction,
               store::EntryView& view) {
    view.links = link(article, extraction, outages_);
    auto signals = signals_.of(claimed_countries(extraction));
    if (!signals) return signals.error();
    view.verdicts = verify(article, extraction, view.links, outages_, *signals);
    return {};
  }

  // Puts claims, links and verdicts to the entry, as people decided.
  void check(const model::Extraction& extraction, store::EntryView& view, TimelineEntry& out) {
    out.links = std::move(view.links);
    auto is_outage = [this](std::string_view id) {
      auto found = outage(std::string(id));
      return found && *found != nullptr;
    };
    decide_links(decisions_, out.entry_id, out.revision, is_outage, out.links);
    decide_verdicts(decisions_, view.verdicts);
    std::erase_if(out.links, [](const auto& link) { return link.probability < kSaidFrom; });
    for (const auto& claim : extraction.claims) {
      CheckedClaim checked{claim, {}, {}};
      for (const auto& verdict : view.verdicts) {
        if (verdict.claim_id == claim.id) checked.verdicts.push_back(verdict);
      }
      out.claims.push_back(std::move(checked));
    }
    annotate(decisions_, out);
  }

  bool within(const Timestamp& when) const {
    auto interval = when.interval();
    return (!request_.from || interval.to > *request_.from) &&
           (!request_.to || interval.from < *request_.to);
  }

  Status add_story(const model::Story& story, Salience& salience, TimelineIncident& out) {
    TimelineLine line;
    line.kind = TimelineLine::Kind::kStory;
    line.story_id = story.id;
    std::optional<Timestamp> when;
    TimeRank best{};
    for (const auto& id : story.entry_ids) {
      auto* view = reads_.view(id);
      if (view == nullptr) continue;
      auto entry = build_entry(*view);
      if (!entry) return entry.error();
      if (!*entry) continue;
      auto& [shown, extraction] = **entry;
      salience.add(extraction, shown.published);
      if (line.happening == Happening::kOther) line.happening = extraction.happening;
      const auto& found = extraction.happened;
      if (!when || rank_of(extraction) < best) {
        best = rank_of(extraction);
        when = found;
      }
      line.entries.push_back(std::move(shown));
    }
    if (!when || line.entries.empty()) return {};
    line.when = *when;
    auto order = order_of(line);
    if (!order) return order.error();
    line.order = *order;
    annotate(decisions_, line);
    if (within(line.when)) out.lines.push_back(std::move(line));
    return {};
  }

  // A near-copy names the earlier entry of its story that it resembles most.
  static void mark_copies(std::vector<TimelineEntry>& entries) {
    if (entries.size() < 2) return;
    std::vector<Text> texts;
    for (const auto& entry : entries) {
      texts.push_back({entry.title, entry.body, entry.canonical_url});
    }
    auto copies = copies_among(texts);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!copies[i]) continue;
      entries[i].copy_of = entries[copies[i]->of].entry_id;
      entries[i].copy_reason = copy_reason(copies[i]->like);
    }
  }

  // Which of the times that a story's entries give is the best: one that an entry states is better
  // than one taken from its publication, unless it is coarser than a day; then the more exact one,
  // then the earlier.
  using TimeRank = std::tuple<int, model::Precision, Instant>;
  static TimeRank rank_of(const model::Extraction& extraction) {
    const auto& found = extraction.happened;
    bool coarse = found.precision > model::Precision::kDay;
    int how = extraction.happened_span && !coarse ? 0 : coarse ? 2 : 1;
    return {how, found.precision, found.at};
  }

  // A report of a start or end that is only exact to the day stands where that was measured.
  Result<Instant> order_of(const TimelineLine& line) {
    auto interval = line.when.interval();
    for (const auto& entry : line.entries) {
      for (const auto& link : entry.links) {
        auto found = outage(link.outage_id);
        if (!found) return found.error();
        if (*found == nullptr) continue;
        bool of_end = line.happening == Happening::kOutageEnd;
        auto measured = of_end ? (*found)->end : std::optional((*found)->start);
        if (measured && interval.contains(*measured)) return *measured;
      }
    }
    return line.when.at;
  }

  Status add_outage(const std::string& id, TimelineIncident& out) {
    auto found = outage(id);
    if (!found) return found.error();
    if (*found == nullptr) return {};
    const auto& outage = **found;
    out.outages.push_back(outage);
    auto add = [&](TimelineLine::Kind kind, Instant at, Happening happening) {
      TimelineLine line;
      line.kind = kind;
      line.when = {at, model::Precision::kSecond, "Z"};
      line.order = at;
      line.inferred = false;
      line.happening = happening;
      line.outage_id = id;
      if (within(line.when)) out.lines.push_back(std::move(line));
    };
    add(TimelineLine::Kind::kOutageStart, outage.start, Happening::kOutageStart);
    if (outage.end) add(TimelineLine::Kind::kOutageEnd, *outage.end, Happening::kOutageEnd);
    return {};
  }

  Status add_signals(TimelineIncident& out) {
    std::set<std::string> countries;
    for (const auto& outage : out.outages) countries.insert(outage.scope.country);
    auto signals = signals_.of(countries);
    if (!signals) return signals.error();
    for (const auto* one : *signals) {
      const auto& signal = *one;
      bool covers = std::any_of(out.outages.begin(), out.outages.end(), [&](const Outage& outage) {
        auto end = signal.from + static_cast<std::int64_t>(signal.values.size()) * signal.step;
        return signal.scope.country == outage.scope.country && outage.start >= signal.from &&
               outage.start < end;
      });
      if (covers) out.signals.push_back(signal);
    }
    return {};
  }

  Result<TimelineIncident> build_incident(const Incident& incident) {
    TimelineIncident out;
    out.id = incident.id;
    Salience salience;
    for (const auto& id : incident.story_ids) {
      const auto* story = reads_.story(id);
      if (story == nullptr) continue;
      if (auto status = add_story(*story, salience, out); !status) return status.error();
    }
    for (const auto& id : incident.outage_ids) {
      if (auto status = add_outage(id, out); !status) return status.error();
    }
    if (auto status = add_signals(out); !status) return status.error();
    for (const auto& signal : out.signals) {
      for (auto& line : unseen(signal, out.outages)) {
        if (within(line.when)) out.lines.push_back(std::move(line));
      }
    }
    for (auto& line : out.lines) line.salience = salience.of(line.order);
    std::stable_sort(out.lines.begin(), out.lines.end(), earlier);
    std::sort(out.outages.begin(), out.outages.end(), [](const Outage& a, const Outage& b) {
      return a.start != b.start ? a.start < b.start : a.id < b.id;
    });
    out.title = title_of(incident, out);
    annotate(decisions_, out);
    constexpr std::size_t kStoriesOfDay = 3;
    if (request_.most_days > 0) keep_salient(out, request_.most_days, kStoriesOfDay);
    for (auto& line : out.lines) mark_copies(line.entries);
    out.conflicts = conflicts(out);
    add_parts(incident, out);
    return out;
  }

  // In order of happening; at one moment what was measured stands before what was said of it, and
  // the exact before the vague.
  static bool earlier(const TimelineLine& a, const TimelineLine& b) {
    if (a.order != b.order) return a.order < b.order;
    if (a.inferred != b.inferred) return !a.inferred;
    if (a.when.precision != b.when.precision) return a.when.precision < b.when.precision;
    return a.story_id < b.story_id;
  }

  // The incident's own title, unless the entry that bears it was not yet out: then that of the
  // story that most entries tell, the first of equals.
  static std::string title_of(const Incident& incident, const TimelineIncident& built) {
    const TimelineLine* most = nullptr;
    for (const auto& line : built.lines) {
      for (const auto& entry : line.entries) {
        if (entry.title == incident.title) return incident.title;
      }
      if (most == nullptr || line.entries.size() > most->entries.size()) most = &line;
    }
    if (most == nullptr || most->entries.empty()) return {};
    return most->entries.front().title;
  }

  store::Store& store_;
  const TimelineRequest& request_;
  bool loaded_ = false;
  std::map<std::string, model::Edit> deleted_;
  Decisions decisions_;
  TimelineReads reads_;
  OutageIndex outages_{{}};  // of a moment in the past
  Signals signals_;
};

}  // namespace

Result<Timeline> timeline(store::Store& store, const TimelineRequest& request) {
  return Builder(store, request).build();
}

class Timelines::Impl {
 public:
  Impl(store::Store& store, TimelineRequest request)
      : request_(std::move(request)), builder_(store, request_) {}

  Result<Timeline> of(const std::string& id) { return builder_.one(id); }

 private:
  TimelineRequest request_;
  Builder builder_;
};

Timelines::Timelines(store::Store& store, TimelineRequest request)
    : impl_(std::make_unique<Impl>(store, std::move(request))) {}
Timelines::~Timelines() = default;
Result<Timeline> Timelines::of(const std::string& id) { return impl_->of(id); }

Status each_timeline(store::Store& store, const TimelineRequest& request,
                     const std::function<Status(const Timeline&)>& each) {
  return Builder(store, request).each(each);
}

Result<Timeline> incident_timeline(store::Store& store, const TimelineRequest& request,
                                   const std::string& id) {
  return Builder(store, request).one(id);
}

}  // namespace correlate
