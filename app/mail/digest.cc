#include "app/mail/digest.h"

#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "correlate/timeline.h"
#include "feeds/render/changed.h"
#include "feeds/render/records.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"
#include "store/model/hash.h"

namespace app::mail {
namespace {

namespace json = boost::json;
namespace render = feeds::render;
using model::Instant;
using model::Result;
using store::query::Node;
using store::query::Op;

constexpr std::size_t kMostIncidents = 50;
constexpr std::size_t kMostItems = 500;  // of an issue; what is more is counted

class Maker {
 public:
  Maker(store::Store& store, store::query::Query query, const std::string& zone,
        const model::Interval& window)
      : store_(store), query_(std::move(query)), zone_(zone), window_(window) {}

  Result<json::object> make() {
    auto found = hits();
    if (!found) return found.error();
    found_ = *std::move(found);
    auto incidents = store_.find_incidents(query_, kMostIncidents);
    if (!incidents) return incidents.error();
    json::array list;
    for (const auto& one : *incidents) {
      auto told = incident(one.id);
      if (!told) return told.error();
      if (*told) list.push_back(**std::move(told));
    }
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
      return a.at("new").as_array().size() > b.at("new").as_array().size();
    });
    auto dead = dead_sources();
    if (!dead) return dead.error();
    return json::object{
        {"incidents", std::move(list)}, {"dead", *std::move(dead)}, {"items", items_}};
  }

 private:
  // Everything that the query finds: ids of entries and outages.
  Result<std::set<std::string>> hits() {
    std::set<std::string> out;
    store::FindOptions options{store::FindOptions::Order::kNewest, {}, 1000};
    do {
      auto page = store_.find(query_, options);
      if (!page) return page.error();
      for (auto& hit : page->hits) out.insert(std::move(hit.id));
      options.after = page->next;
    } while (!options.after.empty() && out.size() < store::kMostRanked);
    return out;
  }

  Result<model::TimelineIncident> told_as_of(const std::string& id, Instant at) {
    correlate::TimelineRequest request;
    request.as_of = at;
    request.now = at;
    request.zone = zone_;
    auto timeline = correlate::incident_timeline(store_, request, id);
    if (!timeline) return timeline.error();
    return timeline->incidents.empty() ? model::TimelineIncident{}
                                       : std::move(timeline->incidents.front());
  }

  // What is new and what has changed; nothing where nothing is.
  Result<std::optional<json::object>> incident(const std::string& id) {
    auto after = told_as_of(id, window_.to - model::Seconds{1});
    if (!after) return after.error();
    if (!anything(*after)) return std::optional<json::object>();
    auto before = told_as_of(id, window_.from - model::Seconds{1});
    if (!before) return before.error();
    json::array fresh;
    for (const auto& line : after->lines) {
      auto told = render::tell(*after, line);
      for (const auto* entry : told.entries) {
        if (is_new(*entry) && ++items_ <= kMostItems) fresh.push_back(item(*entry));
      }
    }
    json::array changes;
    for (const auto& part : render::changed(*before, *after)) {
      if (!is_change(part, *after)) continue;
      if (++items_ > kMostItems) break;
      changes.push_back(
          json::object{{"kind", render::view(to_string(part.kind))}, {"text", part.text}});
    }
    if (fresh.empty() && changes.empty()) return std::optional<json::object>();
    return std::optional(json::object{{"id", id},
                                      {"title", after->title},
                                      {"new", std::move(fresh)},
                                      {"changed", std::move(changes)}});
  }

  // Whether something came to be known in the window: most incidents are quiet.
  bool anything(const model::TimelineIncident& incident) const {
    auto all = render::moments(incident, 1U << 30U);
    return std::any_of(all.begin(), all.end(), [&](Instant at) { return window_.contains(at); });
  }

  bool is_new(const model::TimelineEntry& entry) const {
    return entry.revision == 1 && window_.contains(entry.known_at) &&
           found_.contains(entry.entry_id) && entry.copy_of.empty();
  }

  // New lines are told as what is new; of the rest only what the query finds.
  bool is_change(const render::ChangedPart& part, const model::TimelineIncident& incident) const {
    using Kind = render::ChangedPart::Kind;
    switch (part.kind) {
      case Kind::kAdded:
      case Kind::kGone:
        return false;
      case Kind::kCorrected:
        return true;
      case Kind::kMeasured:
      case Kind::kRevised:
        return found_.contains(part.id);
      case Kind::kVerdict:
        return verdicts_found(incident).contains(part.id);
    }
    return false;
  }

  // The verdicts on claims of entries that the query finds.
  std::set<std::string> verdicts_found(const model::TimelineIncident& incident) const {
    std::set<std::string> out;
    for (const auto& line : incident.lines) {
      for (const auto& entry : line.entries) {
        if (found_.contains(entry.entry_id)) add_verdicts(entry, out);
      }
    }
    return out;
  }
  static void add_verdicts(const model::TimelineEntry& entry, std::set<std::string>& out) {
    for (const auto& claim : entry.claims) {
      for (const auto& verdict : claim.verdicts) out.insert(verdict.id);
    }
  }

  json::object item(const model::TimelineEntry& entry) const {
    json::object out{{"entry", entry.entry_id},
                     {"revision", entry.revision},
                     {"title", entry.title},
                     {"by", entry.byline}};
    render::set(out, "url", std::string(render::web_address(entry.url)));
    if (entry.published) out["published"] = render::local(*entry.published, zone_);
    json::array verdicts;
    for (const auto& claim : entry.claims) {
      for (const auto& verdict : claim.verdicts) {
        if (verdict.measured.empty()) continue;
        verdicts.push_back(json::object{
            {"sign", render::view(render::sign_of(verdict.verdict))},
            {"text", fmt::format("{} “{}”: {}, measured {}", to_string(claim.claim.kind),
                                 verdict.claimed, to_string(verdict.verdict), verdict.measured)}});
      }
    }
    out["verdicts"] = std::move(verdicts);
    return out;
  }

  Result<json::array> dead_sources() {
    auto polls = store_.polls();
    if (!polls) return polls.error();
    json::array out;
    for (const auto& poll : *polls) {
      if (!poll.failing_since || !window_.contains(*poll.failing_since)) continue;
      out.push_back(json::object{{"source", poll.title.empty() ? poll.url : poll.title},
                                 {"since", render::local(*poll.failing_since, zone_)},
                                 {"why", poll.last_error}});
    }
    return out;
  }

  store::Store& store_;
  store::query::Query query_;
  const std::string& zone_;
  model::Interval window_;
  std::set<std::string> found_;
  std::size_t items_ = 0;
};

}  // namespace

Result<model::Issue> make_issue(store::Store& store, const std::string& query,
                                const std::string& zone, const model::Interval& window,
                                Instant now) {
  store::query::Query asked;  // everything, where nothing is asked for
  if (!query.empty()) {
    auto parsed = store::query::parse(query, now);
    if (!parsed) return parsed.error();
    asked = *std::move(parsed);
  }
  auto content = Maker(store, std::move(asked), zone, window).make();
  if (!content) return content.error();
  model::Issue out;
  out.query = query;
  out.zone = zone;
  out.window = window;
  out.made_at = now;
  out.content = json::serialize(*content);
  out.id = model::make_id(
      "iss", fmt::format("{}|{}|{}|{}", query, zone, window.from.time_since_epoch().count(),
                         window.to.time_since_epoch().count()));
  return out;
}

json::object content_of(const model::Issue& issue) {
  boost::system::error_code failure;
  auto value = json::parse(issue.content, failure);
  return !failure && value.is_object() ? std::move(value.get_object()) : json::object{};
}

std::size_t items_in(const json::object& content) {
  const auto* items = content.if_contains("items");
  const auto* dead = content.if_contains("dead");
  auto count = items != nullptr && items->is_number() ? items->to_number<std::size_t>() : 0;
  return count + (dead != nullptr && dead->is_array() ? dead->get_array().size() : 0);
}

}  // namespace app::mail
