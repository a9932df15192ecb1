#include "app/mail/digest.h"

#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/mail/news.h"
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
using model::Status;
using store::query::Query;

// One issue on its way.
class Issuing {
 public:
  Issuing(News& news, const Query& query, const std::string& zone, Instant from)
      : news_(news), query_(query), zone_(zone), from_(from) {}

  Result<json::object> make() {
    auto candidates = news_.incidents(query_);
    if (!candidates) return candidates.error();
    json::array list;
    std::size_t more = 0;
    for (const auto& id : *candidates) {
      auto told = incident(id, list.size() < kMostIncidents);
      if (!told) return told.error();
      if (!*told) continue;
      if (list.size() < kMostIncidents) {
        list.push_back(**std::move(told));
      } else {
        ++more;
      }
    }
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
      return a.at("new").as_array().size() > b.at("new").as_array().size();
    });
    return json::object{
        {"incidents", std::move(list)}, {"dead", json::array{}}, {"more", more}, {"items", items_}};
  }

 private:
  // What is new and what has changed; nothing where nothing is. `counted`: it goes into the issue.
  Result<std::optional<json::object>> incident(const std::string& id, bool counted) {
    auto found = news_.found(query_, id);
    if (!found) return found.error();
    if (found->empty()) return std::optional<json::object>();
    found_ = *std::move(found);
    auto before = news_.before(id);
    if (!before) return before.error();
    auto now = news_.now(id);
    if (!now) return now.error();
    std::size_t items = 0;
    json::object out{{"id", id}, {"title", (*now)->title}};
    add_new(**now, out, items);
    if (auto done = add_changed(*before, **now, out, items); !done) return done.error();
    if (items == 0 && !out.contains("older")) return std::optional<json::object>();
    if (counted) items_ += items;
    return std::optional(std::move(out));
  }

  void add_new(const model::TimelineIncident& now, json::object& out, std::size_t& items) const {
    json::array fresh;
    std::size_t older = 0;
    for (const auto& line : now.lines) {
      auto told = render::tell(now, line);
      for (const auto* entry : told.entries) {
        if (!news_.is_new(*entry) || !found_.contains(entry->entry_id)) continue;
        if (!entry->copy_of.empty()) continue;
        if (entry->known_at < from_ - kOld) {
          ++older;
        } else if (++items + items_ <= kMostItems) {
          fresh.push_back(item(*entry));
        }
      }
    }
    out["new"] = std::move(fresh);
    if (older > 0) out["older"] = older;
  }

  Status add_changed(const model::TimelineIncident* before, const model::TimelineIncident& now,
                     json::object& out, std::size_t& items) {
    json::array changes;
    auto add = [&](std::string_view kind, const std::string& text) {
      if (++items + items_ <= kMostItems) {
        changes.push_back(json::object{{"kind", render::view(kind)}, {"text", text}});
      }
    };
    std::set<std::string> told;
    if (before != nullptr) {
      for (const auto& part : render::changed(*before, now)) {
        if (!is_change(part, now)) continue;
        told.insert(part.id);
        add(to_string(part.kind), part.text);
      }
    }
    for (const auto& outage : now.outages) {
      if (told.contains(outage.id) || !found_.contains(outage.id)) continue;
      auto was = news_.revised(outage);
      if (!was) return was.error();
      if (!*was) continue;
      add("measured",
          fmt::format("{}: {}, was {}", to_string(outage.scope), render::interval_of(outage, zone_),
                      render::interval_of(**was, zone_)));
    }
    out["changed"] = std::move(changes);
    return {};
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

  News& news_;
  const Query& query_;
  const std::string& zone_;
  Instant from_;
  std::set<std::string> found_;  // of the incident that is at hand
  std::size_t items_ = 0;
};

Result<json::array> dead_sources(store::Store& store, const model::Interval& window,
                                 const std::string& zone) {
  auto polls = store.polls();
  if (!polls) return polls.error();
  json::array out;
  for (const auto& poll : *polls) {
    if (!poll.failing_since || !window.contains(*poll.failing_since)) continue;
    out.push_back(json::object{{"source", poll.title.empty() ? poll.url : poll.title},
                               {"since", render::local(*poll.failing_since, zone)},
                               {"why", poll.last_error}});
  }
  return out;
}

}  // namespace

class IssueMaker::Impl {
 public:
  Impl(store::Store& store, Instant now) : store_(store), now_(now), current_(store, {}) {}

  Result<model::Issue> since(const model::Subscription& told) {
    auto query = asked(told.query);
    if (!query) return query.error();
    auto found = since_.find({told.told_change, told.told_until});
    if (found == since_.end()) {
      auto came = came_after(store_, told.told_change);
      if (!came) return came.error();
      correlate::TimelineRequest request;
      request.as_of = told.told_until - model::Seconds{1};
      request.by_our_clock = true;
      request.now = now_;
      constexpr std::size_t kMostKept = 8;  // subscribers of one hour were told at one time
      if (since_.size() >= kMostKept) since_.clear();
      found = since_
                  .emplace(std::pair(told.told_change, told.told_until),
                           std::make_unique<Since>(store_, *std::move(came), request))
                  .first;
    }
    NewsSince news(store_, found->second->came, current_, found->second->before);
    Issuing issuing(news, *query, told.zone, told.told_until);
    bool digest = told.kind == model::Subscription::Kind::kDigest;
    auto span =
        fmt::format("{}|{}|{}", to_string(told.kind), told.told_change, found->second->came.until);
    return issue(issuing.make(), told.query, told.zone, {told.told_until, now_}, span, digest);
  }

  Result<model::Issue> within(const std::string& query, const std::string& zone,
                              const model::Interval& window) {
    auto read = asked(query);
    if (!read) return read.error();
    NewsWithin news(store_, window);
    Issuing issuing(news, *read, zone, window.from);
    return issue(issuing.make(), query, zone, window, "within", true);
  }

 private:
  // What subscribers who were told up to the same moment share.
  struct Since {
    Since(store::Store& store, Came came_since, const correlate::TimelineRequest& request)
        : came(std::move(came_since)), before(store, request) {}
    Came came;
    KeptTimelines before;
  };

  // Everything, where nothing is asked for.
  Result<Query> asked(const std::string& text) const {
    return text.empty() ? Result<Query>(Query{}) : store::query::parse(text, now_);
  }

  Result<model::Issue> issue(Result<json::object> content, const std::string& query,
                             const std::string& zone, const model::Interval& window,
                             const std::string& span, bool dead) {
    if (!content) return content.error();
    if (dead) {
      auto sources = dead_sources(store_, window, zone);
      if (!sources) return sources.error();
      (*content)["dead"] = *std::move(sources);
    }
    model::Issue out;
    out.query = query;
    out.zone = zone;
    out.window = window;
    out.made_at = now_;
    out.content = json::serialize(*content);
    out.id = model::make_id(
        "iss", fmt::format("{}|{}|{}|{}|{}", query, zone, window.from.time_since_epoch().count(),
                           window.to.time_since_epoch().count(), span));
    return out;
  }

  store::Store& store_;
  Instant now_;
  KeptTimelines current_;
  std::map<std::pair<std::int64_t, Instant>, std::unique_ptr<Since>> since_;
};

IssueMaker::IssueMaker(store::Store& store, Instant now)
    : impl_(std::make_unique<Impl>(store, now)) {}
IssueMaker::~IssueMaker() = default;
Result<model::Issue> IssueMaker::since(const model::Subscription& told) {
  return impl_->since(told);
}
Result<model::Issue> IssueMaker::within(const std::string& query, const std::string& zone,
                                        const model::Interval& window) {
  return impl_->within(query, zone, window);
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
