#include "store/memory/store.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <type_traits>
#include <utility>

#include "store/memory/find.h"
#include "store/memory/state.h"
#include "store/rules/hits.h"
#include "store/rules/revise.h"

namespace store::memory {
namespace {

template <typename Map, typename Key>
auto find_in(const Map& map, const Key& key) {
  auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

// The values of a map that pass, in the order of their keys.
template <typename Map, typename Passes>
auto values_where(const Map& map, Passes passes) {
  std::vector<typename Map::mapped_type> out;
  for (const auto& [key, value] : map) {
    if (passes(value)) out.push_back(value);
  }
  return out;
}

// The values of those keys that are there, in the order of the keys.
template <typename Map>
auto values_among(const Map& map, const std::vector<std::string>& keys) {
  std::vector<typename Map::mapped_type> out;
  for (const auto& key : std::set(keys.begin(), keys.end())) {
    if (auto found = map.find(key); found != map.end()) out.push_back(found->second);
  }
  return out;
}

// Of an entry that is there.
EntryView view_of(const State& s, const std::string& id) {
  EntryView out;
  out.entry = s.entries.at(id);
  if (auto source = find_in(s.sources, out.entry.source_id)) out.source_title = source->title;
  out.revisions = s.revisions.at(id);
  for (auto& revision : out.revisions) revision.html.clear();
  out.extraction = find_in(s.derived.extractions, std::pair(id, out.revisions.back().number));
  auto is_its = [&](const auto& record) { return record.entry_id == id; };
  out.links = values_where(s.derived.links, is_its);
  out.verdicts = values_where(s.derived.verdicts, is_its);
  return out;
}

// A page of the keys behind `after`, of texts and lists those that are not empty.
template <typename Map>
Page keys_of(const Map& map, std::string_view after, std::size_t limit) {
  std::vector<std::string> keys;
  for (auto at = map.upper_bound(std::string(after)); at != map.end() && keys.size() <= limit;
       ++at) {
    bool empty = false;
    if constexpr (requires { at->second.empty(); }) empty = at->second.empty();
    if (!empty) keys.push_back(at->first);
  }
  return rules::page_of(std::move(keys), limit);
}

constexpr auto kAny = [](const auto&) { return true; };

template <typename Map>
std::int64_t size_of(const Map& map) {
  return static_cast<std::int64_t>(map.size());
}

// Those with a greater seq than `after`; seq n stands at n - 1.
template <typename T>
std::vector<T> after_seq_of(const std::vector<T>& log, std::int64_t after, std::size_t limit) {
  auto begin = std::clamp<std::int64_t>(after, 0, size_of(log));
  auto count = std::min(log.size() - static_cast<std::size_t>(begin), limit);
  return {log.begin() + begin, log.begin() + begin + static_cast<std::int64_t>(count)};
}

std::vector<model::Outage> by_start(std::vector<model::Outage> outages) {
  std::stable_sort(outages.begin(), outages.end(), [](const auto& a, const auto& b) {
    return a.start != b.start ? a.start < b.start : a.id < b.id;
  });
  return outages;
}

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(std::chrono::milliseconds patience) : patience_(patience) {}

  Result<std::unique_ptr<Writer>> begin() override {
    if (!shared_.writer.try_acquire_for(patience_)) {
      return model::Error{model::Errc::kIo,
                          "The store in memory is being written to by another part of this "
                          "program; finish that transaction first."};
    }
    return make_writer(shared_);
  }

  Result<std::vector<model::Source>> sources() override {
    auto out = with_state([](const State& s) { return values_where(s.sources, kAny); });
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.url < b.url; });
    return out;
  }

  Result<std::optional<model::Source>> source(std::string_view id) override {
    return with_state([&](const State& s) { return find_in(s.sources, std::string(id)); });
  }

  Result<std::optional<model::Document>> document(std::string_view source_id,
                                                  std::string_view id) override {
    return with_state([&](const State& s) {
      return find_in(s.documents, std::pair(std::string(source_id), std::string(id)));
    });
  }

  Result<std::vector<model::Document>> documents(std::string_view id) override {
    return with_state([&](const State& s) {
      return values_where(s.documents,
                          [&](const auto& document) { return document.id.starts_with(id); });
    });
  }

  Result<bool> was_read(std::string_view url, std::string_view fingerprint) override {
    return with_state([&](const State& s) {
      return std::any_of(s.documents.begin(), s.documents.end(), [&](const auto& kept) {
        return kept.second.url == url && kept.second.fingerprint == fingerprint;
      });
    });
  }
  Result<std::optional<model::RawDocument>> raw(std::string_view document_id) override {
    return with_state([&](const State& s) { return find_in(s.raw, std::string(document_id)); });
  }

  Result<std::vector<model::Poll>> polls() override {
    return with_state([](const State& s) { return values_where(s.polls, kAny); });
  }
  Result<std::optional<model::Poll>> poll(std::string_view url) override {
    return with_state([&](const State& s) { return find_in(s.polls, std::string(url)); });
  }
  Result<std::optional<model::Poll>> poll_with_token(std::string_view token) override {
    return with_state([&](const State& s) -> std::optional<model::Poll> {
      for (const auto& [url, one] : s.polls) {
        if (model::is_callback_token(token, one.push.secret)) return one;
      }
      return std::nullopt;
    });
  }
  Result<std::vector<model::Poll>> due_polls(model::Instant at, std::size_t limit) override {
    auto due = with_state([&](const State& s) {
      return values_where(s.polls,
                          [&](const auto& p) { return p.next_poll && *p.next_poll <= at; });
    });
    std::stable_sort(due.begin(), due.end(),
                     [](const auto& a, const auto& b) { return a.next_poll < b.next_poll; });
    due.resize(std::min(due.size(), limit));
    return due;
  }

  Result<std::optional<model::Entry>> entry(std::string_view id) override {
    return with_state([&](const State& s) { return find_in(s.entries, std::string(id)); });
  }

  Result<std::vector<model::Revision>> revisions(std::string_view entry_id) override {
    return with_state([&](const State& s) {
      return find_in(s.revisions, std::string(entry_id)).value_or(std::vector<model::Revision>());
    });
  }

  Result<Page> entries(std::string_view after, std::size_t limit) override {
    return page(after, limit, [](const State&, const std::string&) { return true; });
  }

  Result<Page> search(const TextQuery& query, std::string_view after, std::size_t limit) override {
    auto terms = rules::compile(query);
    if (!terms) return terms.error();
    return page(after, limit, [&](const State& s, const std::string& id) {
      return rules::matches(*terms, s.index.at(id));
    });
  }

  Result<Page> listed(Listed what, std::string_view after, std::size_t limit) override {
    return with_state([&](const State& s) {
      switch (what) {
        case Listed::kRaw:
          return keys_of(s.raw, after, limit);
        case Listed::kSourceState:
          return keys_of(s.source_states, after, limit);
        case Listed::kIssue:
          return keys_of(s.issues, after, limit);
        case Listed::kMail:
          return keys_of(s.outgoing, after, limit);
        case Listed::kSeries:
          return keys_of(s.derived.detections, after, limit);
        case Listed::kMeta:
          break;
      }
      return keys_of(s.derived.meta, after, limit);
    });
  }

  Result<HitPage> find(const query::Query& query, const FindOptions& options) override {
    return with_state([&](const State& s) { return memory::find(s, query, options); });
  }
  Result<std::vector<Facet>> facets(const query::Query& query, std::size_t most) override {
    return with_state([&](const State& s) { return memory::facets(s, query, most); });
  }
  Result<std::vector<RankedIncident>> find_incidents(const query::Query& query,
                                                     std::size_t limit) override {
    return with_state([&](const State& s) { return memory::find_incidents(s, query, limit); });
  }

  Result<std::vector<model::Outage>> outages(const OutageFilter& filter) override {
    auto out = with_state([&](const State& s) {
      std::vector<model::Outage> newest;
      for (const auto& [id, revisions] : s.outages) {
        if (rules::matches(filter, revisions.back())) newest.push_back(revisions.back());
      }
      return newest;
    });
    return by_start(std::move(out));
  }

  Result<std::vector<model::Outage>> detections(std::string_view series) override {
    auto out = with_state([&](const State& s) {
      std::vector<model::Outage> found;
      for (const auto& [of, outages] : s.derived.detections) {
        if (series.empty() || of == series) {
          found.insert(found.end(), outages.begin(), outages.end());
        }
      }
      return found;
    });
    return by_start(std::move(out));
  }

  Result<std::vector<model::Outage>> fused(const OutageFilter& filter) override {
    auto out = with_state([&](const State& s) {
      return values_where(s.derived.fused, [&](const model::Outage& outage) {
        return rules::matches(filter, outage);
      });
    });
    return by_start(std::move(out));
  }
  Result<std::optional<model::Outage>> fused_outage(std::string_view id) override {
    return with_state([&](const State& s) { return find_in(s.derived.fused, std::string(id)); });
  }
  Result<std::string> fused_of(std::string_view record_id) override {
    return with_state([&](const State& s) {
      return find_in(s.derived.fused_of, std::string(record_id)).value_or(std::string());
    });
  }

  Result<std::vector<model::Outage>> outage_revisions(std::string_view id) override {
    return with_state([&](const State& s) {
      return find_in(s.outages, std::string(id)).value_or(std::vector<model::Outage>());
    });
  }

  Result<std::vector<model::NameList>> name_lists() override {
    return with_state([&](const State& s) { return values_where(s.name_lists, kAny); });
  }
  Result<std::vector<model::Token>> tokens() override {
    return with_state([&](const State& s) { return values_where(s.tokens, kAny); });
  }
  Result<std::vector<model::Subscription>> subscriptions() override {
    return with_state([&](const State& s) { return values_where(s.subscriptions, kAny); });
  }
  Result<std::optional<model::Subscription>> subscription(std::string_view id) override {
    return with_state([&](const State& s) { return find_in(s.subscriptions, std::string(id)); });
  }
  Result<std::optional<model::Subscription>> subscription_with(std::string_view token) override {
    return with_state([&](const State& s) -> std::optional<model::Subscription> {
      for (const auto& [id, one] : s.subscriptions) {
        if (one.token == token) return one;
      }
      return std::nullopt;
    });
  }
  Result<std::vector<model::Subscription>> subscriptions_to(std::string_view address) override {
    return with_state([&](const State& s) {
      return values_where(s.subscriptions,
                          [&](const model::Subscription& one) { return one.address == address; });
    });
  }
  Result<std::vector<model::Issue>> issues_of(std::string_view subscription_id,
                                              std::size_t most) override {
    return with_state([&](const State& s) {
      std::set<std::string> wanted;
      for (const auto& [id, mail] : s.outgoing) {
        if (mail.subscription_id == subscription_id) wanted.insert(mail.issue_id);
      }
      auto out =
          values_where(s.issues, [&](const model::Issue& one) { return wanted.contains(one.id); });
      std::stable_sort(out.begin(), out.end(), [](const model::Issue& a, const model::Issue& b) {
        return a.made_at > b.made_at;
      });
      out.resize(std::min(out.size(), most));
      return out;
    });
  }
  Result<std::optional<model::Issue>> issue(std::string_view id) override {
    return with_state([&](const State& s) { return find_in(s.issues, std::string(id)); });
  }
  Result<std::vector<model::Outgoing>> due_mails(model::Instant at, std::size_t limit) override {
    auto due = with_state([&](const State& s) {
      return values_where(s.outgoing, [&](const model::Outgoing& one) {
        return one.state < model::Outgoing::State::kSent && one.next_try <= at;
      });
    });
    std::stable_sort(due.begin(), due.end(),
                     [](const auto& a, const auto& b) { return a.next_try < b.next_try; });
    due.resize(std::min(due.size(), limit));
    return due;
  }
  Result<std::optional<model::Outgoing>> mail(std::string_view id) override {
    return with_state([&](const State& s) { return find_in(s.outgoing, std::string(id)); });
  }
  Result<std::string> source_state(std::string_view source_id) override {
    return with_state([&](const State& s) {
      return find_in(s.source_states, std::string(source_id)).value_or(std::string());
    });
  }
  Result<std::vector<model::Signal>> signals(std::string_view country) override {
    return with_state([&](const State& s) {
      return values_where(s.signals, [&](const model::Signal& signal) {
        return country.empty() || signal.scope.country == country;
      });
    });
  }

  Result<std::optional<model::Signal>> signal(std::string_view id) override {
    return with_state([&](const State& s) { return find_in(s.signals, std::string(id)); });
  }
  Result<std::vector<model::Signal>> signal_heads() override {
    return with_state([](const State& s) {
      auto heads = values_where(s.signals, kAny);
      for (auto& head : heads) head.values.clear();
      return heads;
    });
  }

  Result<std::vector<Change>> changes(std::int64_t after_seq, std::size_t limit) override {
    return with_state([&](const State& s) { return after_seq_of(s.changes, after_seq, limit); });
  }

  Result<std::int64_t> newest_change() override {
    return with_state([](const State& s) { return size_of(s.changes); });
  }

  Result<std::optional<model::Extraction>> extraction(std::string_view entry_id,
                                                      int revision) override {
    return with_state([&](const State& s) {
      return find_in(s.derived.extractions, std::pair(std::string(entry_id), revision));
    });
  }

  Result<std::vector<model::Link>> links_of_entry(std::string_view entry_id) override {
    return with_state([&](const State& s) {
      return values_where(s.derived.links,
                          [&](const auto& link) { return link.entry_id == entry_id; });
    });
  }

  Result<std::vector<model::Link>> links_of_outage(std::string_view outage_id) override {
    return with_state([&](const State& s) {
      return values_where(s.derived.links,
                          [&](const auto& link) { return link.outage_id == outage_id; });
    });
  }

  Result<std::optional<model::Link>> link(std::string_view id) override {
    return with_state([&](const State& s) { return find_in(s.derived.links, std::string(id)); });
  }

  Result<std::vector<model::Verdict>> verdicts_of_entry(std::string_view entry_id) override {
    return with_state([&](const State& s) {
      return values_where(s.derived.verdicts,
                          [&](const auto& verdict) { return verdict.entry_id == entry_id; });
    });
  }

  Result<std::optional<model::Verdict>> verdict(std::string_view id) override {
    return with_state([&](const State& s) { return find_in(s.derived.verdicts, std::string(id)); });
  }

  Result<std::vector<model::Story>> stories() override {
    return with_state([](const State& s) { return values_where(s.derived.stories, kAny); });
  }

  Result<std::vector<model::Incident>> incidents() override {
    return with_state([](const State& s) { return values_where(s.derived.incidents, kAny); });
  }

  Result<std::optional<model::Story>> story(std::string_view id) override {
    return with_state([&](const State& s) { return find_in(s.derived.stories, std::string(id)); });
  }
  Result<std::optional<model::Incident>> incident(std::string_view id) override {
    return with_state(
        [&](const State& s) { return find_in(s.derived.incidents, std::string(id)); });
  }
  Result<std::vector<EntryView>> entry_views(const std::vector<std::string>& ids) override {
    return with_state([&](const State& s) {
      std::vector<EntryView> out;
      for (const auto& id : std::set(ids.begin(), ids.end())) {
        if (s.entries.contains(id)) out.push_back(view_of(s, id));
      }
      return out;
    });
  }
  Result<std::vector<model::Story>> stories_among(const std::vector<std::string>& ids) override {
    return with_state([&](const State& s) { return values_among(s.derived.stories, ids); });
  }
  Result<std::vector<model::Outage>> fused_among(const std::vector<std::string>& ids) override {
    return with_state([&](const State& s) { return values_among(s.derived.fused, ids); });
  }
  Result<std::string> story_of(std::string_view entry_id) override {
    return with_state([&](const State& s) { return memory::story_of(s, std::string(entry_id)); });
  }
  Result<std::string> incident_of(std::string_view member_id) override {
    return with_state(
        [&](const State& s) { return memory::incident_of(s, std::string(member_id)); });
  }
  Result<Page> incident_page(std::string_view after, std::size_t limit) override {
    auto place = rules::incident_place(after);
    if (!place) return place.error();
    auto all = *incidents();
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.span.to != b.span.to ? a.span.to > b.span.to : a.id < b.id;
    });
    std::vector<model::Incident> page;
    for (const auto& one : all) {
      bool behind =
          one.span.to < place->first || (one.span.to == place->first && one.id > place->second);
      if (behind && page.size() <= limit) page.push_back(one);
    }
    return rules::page_of_incidents(page, limit);
  }
  Result<std::optional<ClaimRecord>> claim(std::string_view id) override {
    return with_state([&](const State& s) -> std::optional<ClaimRecord> {
      for (const auto& [key, extraction] : s.derived.extractions) {
        for (const auto& claim : extraction.claims) {
          if (claim.id == id) return ClaimRecord{key.first, key.second, claim};
        }
      }
      return std::nullopt;
    });
  }

  Result<std::vector<model::Edit>> edits(std::int64_t after_seq) override {
    return with_state(
        [&](const State& s) { return after_seq_of(s.edits, after_seq, s.edits.size()); });
  }

  Result<std::string> meta(std::string_view key) override {
    return with_state([&](const State& s) {
      return find_in(s.derived.meta, std::string(key)).value_or(std::string());
    });
  }

  Result<Counts> counts() override {
    return with_state([](const State& s) {
      Counts out{size_of(s.sources),
                 size_of(s.documents),
                 size_of(s.entries),
                 0,
                 size_of(s.outages),
                 size_of(s.signals),
                 size_of(s.derived.links),
                 size_of(s.derived.verdicts),
                 size_of(s.derived.stories),
                 size_of(s.derived.incidents),
                 size_of(s.edits)};
      for (const auto& [id, revisions] : s.revisions) out.revisions += size_of(revisions);
      return out;
    });
  }

 private:
  template <typename Read>
  std::invoke_result_t<Read, const State&> with_state(Read read) {
    std::shared_lock lock(shared_.mutex);
    return read(std::as_const(shared_.state));
  }

  template <typename Passes>
  Page page(std::string_view after, std::size_t limit, Passes passes) {
    return with_state([&](const State& s) {
      std::vector<std::string> ids;
      auto place = s.entries.upper_bound(std::string(after));
      for (; place != s.entries.end() && ids.size() <= limit; ++place) {
        if (passes(s, place->first)) ids.push_back(place->first);
      }
      return rules::page_of(std::move(ids), limit);
    });
  }

  std::chrono::milliseconds patience_;
  Shared shared_;
};

}  // namespace

std::unique_ptr<Store> open(std::chrono::milliseconds patience) {
  return std::make_unique<MemoryStore>(patience);
}

}  // namespace store::memory
