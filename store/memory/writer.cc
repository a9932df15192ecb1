#include <algorithm>
#include <iterator>
#include <mutex>
#include <optional>
#include <utility>

#include "store/memory/state.h"
#include "store/retain.h"
#include "store/rules/revise.h"

namespace store::memory {
namespace {

class MemoryWriter final : public Writer {
 public:
  explicit MemoryWriter(Shared& shared) : shared_(shared) {
    std::shared_lock lock(shared_.mutex);
    state_ = shared_.state;
  }
  ~MemoryWriter() override {
    if (open_) shared_.writer.release();
  }

  Result<Put> put(const model::Source& source) override {
    auto [place, is_new] = state_.sources.try_emplace(source.id, source);
    if (is_new) return Put::kAdded;
    if (!rules::differs(place->second, source)) return Put::kUnchanged;
    auto added_at = place->second.added_at;
    place->second = source;
    place->second.added_at = added_at;
    return Put::kRevised;
  }

  Result<Put> put(const model::Document& document) override {
    bool is_new = state_.documents.try_emplace({document.source_id, document.id}, document).second;
    return is_new ? Put::kAdded : Put::kUnchanged;
  }

  Result<Put> put(const model::RawDocument& raw) override {
    auto [place, is_new] = state_.raw.try_emplace(raw.id, raw);
    if (is_new) return Put::kAdded;
    // Bytes that were given away and come again are kept again.
    if (place->second.codec != kRemoved) return Put::kUnchanged;
    place->second = raw;
    return Put::kAdded;
  }

  Result<std::int64_t> set_present(std::string_view source_id, const model::Interval& dated,
                                   const std::set<std::string>& present,
                                   model::Instant now) override {
    std::int64_t gone = 0;
    for (auto& [id, entry] : state_.entries) {
      const auto& published = state_.revisions[id].front().published;
      bool meant = entry.source_id == source_id && published && published->at >= dated.from &&
                   published->at < dated.to;
      bool there = present.contains(id);
      if (!meant || there != entry.gone_at.has_value()) continue;
      entry.gone_at = there ? std::optional<model::Instant>() : now;
      gone += there ? 0 : 1;
    }
    return gone;
  }

  Result<Put> put(const model::Entry& entry, model::Revision revision,
                  const SearchText* /*text*/) override {
    auto arriving = rules::completed(std::move(revision), entry.id);
    auto& kept = state_.revisions[entry.id];
    rules::History history;
    if (!kept.empty()) {
      history.newest = kept.back().number;
      history.newest_hash = kept.back().content_hash;
      history.newest_updated = kept.back().updated;
      for (const auto& old : kept) {
        history.seen_before |= old.content_hash == arriving.content_hash;
      }
    }
    auto next = rules::next_revision(history, std::move(arriving));
    if (!next) return Put::kUnchanged;
    bool is_new = state_.entries.try_emplace(entry.id, entry).second;
    state_.index[entry.id] = rules::cut(*next);
    kept.push_back(*std::move(next));
    changed(ChangeKind::kEntry, entry.id);
    return is_new ? Put::kAdded : Put::kRevised;
  }

  Status restore(const model::Entry& entry,
                 const std::vector<model::Revision>& revisions) override {
    if (revisions.empty()) return {};
    state_.entries[entry.id] = entry;
    state_.revisions[entry.id] = revisions;
    state_.index[entry.id] = rules::cut(revisions.back());
    return {};
  }
  Status restore_changes(std::int64_t after_seq, const std::vector<Change>& changes) override {
    auto kept = std::clamp<std::int64_t>(after_seq, 0, std::ssize(state_.changes));
    state_.changes.resize(static_cast<std::size_t>(kept));
    state_.changes.insert(state_.changes.end(), changes.begin(), changes.end());
    return {};
  }

  Status put(const model::NameList& list) override {
    state_.name_lists[list.id] = list;
    return {};
  }
  Result<bool> remove_names(std::string_view id) override {
    return state_.name_lists.erase(std::string(id)) > 0;
  }
  Status put(const model::Subscription& subscription) override {
    state_.subscriptions[subscription.id] = subscription;
    return {};
  }
  Result<Put> put(const model::Issue& issue) override {
    return state_.issues.try_emplace(issue.id, issue).second ? Put::kAdded : Put::kUnchanged;
  }
  Result<Put> put(const model::Outgoing& mail) override {
    return state_.outgoing.try_emplace(mail.id, mail).second ? Put::kAdded : Put::kUnchanged;
  }
  Status update(const model::Outgoing& mail) override {
    state_.outgoing[mail.id] = mail;
    return {};
  }
  Status put(const model::Token& token) override {
    state_.tokens[token.id] = token;
    return {};
  }
  Result<bool> remove_token(std::string_view id) override {
    return state_.tokens.erase(std::string(id)) > 0;
  }
  Status set_source_state(std::string_view source_id, std::string_view state) override {
    state_.source_states[std::string(source_id)] = std::string(state);
    return {};
  }

  Result<Put> put(const model::Outage& outage) override {
    auto& kept = state_.outages[outage.id];
    if (!kept.empty() && model::outage_hash(kept.back()) == model::outage_hash(outage)) {
      return Put::kUnchanged;
    }
    kept.push_back(outage);
    kept.back().number = static_cast<int>(kept.size());
    kept.back().first_seen_at = kept.front().seen_at;
    changed(ChangeKind::kOutage, outage.id);
    return kept.size() == 1 ? Put::kAdded : Put::kRevised;
  }

  Result<Put> put(const model::Signal& signal) override {
    auto [place, is_new] = state_.signals.try_emplace(signal.id, signal);
    if (!is_new && !rules::replaces(place->second, signal)) return Put::kUnchanged;
    place->second = signal;
    changed(ChangeKind::kSignal, signal.id);
    return is_new ? Put::kAdded : Put::kRevised;
  }

  Result<Put> put(const model::Poll& poll) override {
    return state_.polls.try_emplace(poll.url, poll).second ? Put::kAdded : Put::kUnchanged;
  }
  Result<Put> update(const model::Poll& poll) override {
    auto kept = state_.polls.find(poll.url);
    if (kept == state_.polls.end() || kept->second == poll) return Put::kUnchanged;
    kept->second = poll;
    return Put::kRevised;
  }
  Result<bool> remove_poll(std::string_view url) override {
    return state_.polls.erase(std::string(url)) > 0;
  }

  Result<std::int64_t> append(const model::Edit& edit) override {
    state_.edits.push_back(edit);
    auto seq = static_cast<std::int64_t>(state_.edits.size());
    state_.edits.back().seq = seq;
    changed(ChangeKind::kEdit, std::to_string(seq));
    return seq;
  }

  Status set_extraction(const model::Extraction& extraction) override {
    state_.derived.extractions[{extraction.entry_id, extraction.revision}] = extraction;
    return {};
  }

  Status set_links(std::string_view entry_id, const std::vector<model::Link>& links) override {
    replace_of_entry(state_.derived.links, entry_id, links);
    return {};
  }

  Status set_verdicts(std::string_view entry_id,
                      const std::vector<model::Verdict>& verdicts) override {
    replace_of_entry(state_.derived.verdicts, entry_id, verdicts);
    return {};
  }

  Status set_detections(std::string_view series,
                        const std::vector<model::Outage>& outages) override {
    state_.derived.detections[std::string(series)] = outages;
    return {};
  }

  Status set_fused(const model::Outage& outage) override {
    (void)remove_fused(outage.id);
    state_.derived.fused[outage.id] = outage;
    for (const auto& measurement : outage.measurements) {
      if (!measurement.record_id.empty()) {
        state_.derived.fused_of[measurement.record_id] = outage.id;
      }
    }
    return {};
  }

  Status remove_fused(std::string_view id) override {
    state_.derived.fused.erase(std::string(id));
    std::erase_if(state_.derived.fused_of, [id](const auto& row) { return row.second == id; });
    return {};
  }

  Status set_stories(const std::vector<model::Story>& stories) override {
    state_.derived.stories.clear();
    for (const auto& story : stories) state_.derived.stories[story.id] = story;
    return {};
  }

  Status set_incidents(const std::vector<model::Incident>& incidents) override {
    state_.derived.incidents.clear();
    for (const auto& incident : incidents) state_.derived.incidents[incident.id] = incident;
    return {};
  }

  Status set_story(const model::Story& story) override {
    state_.derived.stories[story.id] = story;
    return {};
  }

  Status remove_story(std::string_view id) override {
    state_.derived.stories.erase(std::string(id));
    return {};
  }

  Status set_incident(const model::Incident& incident) override {
    state_.derived.incidents[incident.id] = incident;
    return {};
  }

  Status remove_incident(std::string_view id) override {
    state_.derived.incidents.erase(std::string(id));
    return {};
  }

  Status set_meta(std::string_view key, std::string_view value) override {
    if (value.empty()) {
      state_.derived.meta.erase(std::string(key));
    } else {
      state_.derived.meta[std::string(key)] = value;
    }
    return {};
  }

  Status clear_derived() override {
    state_.derived = {};
    return {};
  }

  Status commit() override {
    {
      std::unique_lock lock(shared_.mutex);
      shared_.state = std::move(state_);
    }
    open_ = false;
    shared_.writer.release();
    return {};
  }

 private:
  void changed(ChangeKind kind, const std::string& id) {
    auto seq = static_cast<std::int64_t>(state_.changes.size()) + 1;
    state_.changes.push_back({seq, kind, id});
  }

  template <typename T>
  static void replace_of_entry(std::map<std::string, T>& kept, std::string_view entry_id,
                               const std::vector<T>& fresh) {
    std::erase_if(kept, [&](const auto& item) { return item.second.entry_id == entry_id; });
    for (const auto& record : fresh) kept[record.id] = record;
  }

  Shared& shared_;
  State state_;
  bool open_ = true;  // not committed yet
};

}  // namespace

std::unique_ptr<Writer> make_writer(Shared& shared) {
  return std::make_unique<MemoryWriter>(shared);
}

}  // namespace store::memory
