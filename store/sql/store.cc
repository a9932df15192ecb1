#include "store/sql/store.h"

#include <mutex>
#include <semaphore>
#include <type_traits>
#include <utility>

#include "store/rules/revise.h"
#include "store/sql/find.h"
#include "store/sql/queries.h"
#include "store/sql/rows.h"
#include "store/sql/search.h"
#include "store/sql/signals.h"
#include "store/sql/views.h"
#include "store/sql/writer.h"

namespace store::sql {
namespace {

using model::Errc;
using model::Error;

class SqlStore final : public Store, private WriterSlot {
 public:
  SqlStore(std::unique_ptr<Connector> connector, std::string name, const Options& options)
      : connector_(std::move(connector)),
        name_(std::move(name)),
        options_(options),
        leases_(static_cast<std::ptrdiff_t>(options.most_readers)) {}

  Result<std::unique_ptr<Writer>> begin() override;

  Result<std::vector<model::Source>> sources() override {
    return reading([](Db& db) {
      return all<model::Source>(db, "SELECT * FROM sources ORDER BY url, id", {});
    });
  }
  Result<std::optional<model::Source>> source(std::string_view id) override {
    return reading([&](Db& db) {
      return first<model::Source>(db, "SELECT * FROM sources WHERE id = ?", {id});
    });
  }
  Result<std::optional<model::Document>> document(std::string_view source_id,
                                                  std::string_view id) override {
    return reading([&](Db& db) {
      return first<model::Document>(db, "SELECT * FROM documents WHERE source_id = ? AND id = ?",
                                    {source_id, id});
    });
  }

  Result<std::vector<model::Document>> documents(std::string_view id) override {
    return reading([&](Db& db) {
      // U+10FFFF comes behind everything that an id can go on with.
      return all<model::Document>(
          db, "SELECT * FROM documents WHERE id >= ? AND id < ? ORDER BY source_id, id",
          {id, std::string(id) + "\xF4\x8F\xBF\xBF"});
    });
  }
  Result<bool> was_read(std::string_view url, std::string_view fingerprint) override {
    auto found = reading([&](Db& db) {
      return first<std::int64_t>(
          db, "SELECT 1 FROM documents WHERE url = ? AND fingerprint = ? LIMIT 1",
          {url, fingerprint});
    });
    if (!found) return found.error();
    return found->has_value();
  }
  Result<std::optional<model::RawDocument>> raw(std::string_view document_id) override {
    return reading([&](Db& db) {
      return first<model::RawDocument>(db, "SELECT * FROM document_bytes WHERE id = ?",
                                       {document_id});
    });
  }

  Result<std::vector<model::Poll>> polls() override {
    return reading(
        [](Db& db) { return all<model::Poll>(db, "SELECT * FROM polls ORDER BY url", {}); });
  }
  Result<std::optional<model::Poll>> poll(std::string_view url) override {
    return reading(
        [&](Db& db) { return first<model::Poll>(db, "SELECT * FROM polls WHERE url = ?", {url}); });
  }
  Result<std::optional<model::Poll>> poll_with_token(std::string_view token) override {
    return reading([&](Db& db) { return sql::poll_with_token(db, token); });
  }
  Result<std::vector<model::Poll>> due_polls(model::Instant at, std::size_t limit) override {
    return reading([&](Db& db) {
      return all<model::Poll>(
          db, "SELECT * FROM polls WHERE next_poll <= ? ORDER BY next_poll, url LIMIT ?",
          {at, limit});
    });
  }

  Result<std::optional<model::Entry>> entry(std::string_view id) override {
    return reading([&](Db& db) {
      return first<model::Entry>(
          db,
          "SELECT id, source_id, identity, identity_kind, first_seen, gone_at FROM entries "
          "WHERE id = ?",
          {id});
    });
  }
  Result<std::vector<model::Revision>> revisions(std::string_view entry_id) override {
    return reading([&](Db& db) {
      return all<model::Revision>(
          db,
          "SELECT entries.id, revisions.* FROM entries JOIN revisions ON entry = n "
          "WHERE entries.id = ? ORDER BY number",
          {entry_id});
    });
  }
  Result<Page> entries(std::string_view after, std::size_t limit) override {
    return page(limit, [&](Db& db) {
      return all<std::string>(db, "SELECT id FROM entries WHERE id > ? ORDER BY id LIMIT ?",
                              {after, limit + 1});
    });
  }
  Result<Page> search(const TextQuery& query, std::string_view after, std::size_t limit) override {
    auto terms = rules::compile(query);
    if (!terms) return terms.error();
    if (terms->all.empty()) return Page{};
    return page(limit, [&](Db& db) { return sql::find(db, *terms, after, limit + 1); });
  }

  Result<HitPage> find(const query::Query& query, const FindOptions& options) override {
    return reading([&](Db& db) { return sql::find(db, query, options); });
  }
  Result<std::vector<Facet>> facets(const query::Query& query, std::size_t most) override {
    return reading([&](Db& db) { return sql::facets(db, query, most); });
  }
  Result<std::vector<RankedIncident>> find_incidents(const query::Query& query,
                                                     std::size_t limit) override {
    return reading([&](Db& db) { return sql::find_incidents(db, query, limit); });
  }

  Result<std::vector<model::NameList>> name_lists() override {
    return reading([&](Db& db) {
      return all<model::NameList>(db, "SELECT * FROM name_lists ORDER BY id", {});
    });
  }
  Result<std::vector<model::Token>> tokens() override {
    return reading(
        [&](Db& db) { return all<model::Token>(db, "SELECT * FROM tokens ORDER BY id", {}); });
  }
  Result<std::vector<model::Subscription>> subscriptions() override {
    return reading([&](Db& db) {
      return all<model::Subscription>(db, "SELECT * FROM subscriptions ORDER BY id", {});
    });
  }
  Result<std::optional<model::Subscription>> subscription(std::string_view id) override {
    return reading([&](Db& db) {
      return first<model::Subscription>(db, "SELECT * FROM subscriptions WHERE id = ?", {id});
    });
  }
  Result<std::optional<model::Subscription>> subscription_with(std::string_view token) override {
    return reading([&](Db& db) {
      return first<model::Subscription>(db, "SELECT * FROM subscriptions WHERE token = ?", {token});
    });
  }
  Result<std::vector<model::Subscription>> subscriptions_to(std::string_view address) override {
    return reading([&](Db& db) {
      return all<model::Subscription>(
          db, "SELECT * FROM subscriptions WHERE address = ? ORDER BY id", {address});
    });
  }
  Result<std::vector<model::Issue>> issues_of(std::string_view subscription_id,
                                              std::size_t most) override {
    return reading([&](Db& db) {
      return all<model::Issue>(db,
                               "SELECT * FROM issues WHERE id IN (SELECT issue_id FROM outgoing "
                               "WHERE subscription_id = ?) ORDER BY made_at DESC, id LIMIT ?",
                               {subscription_id, most});
    });
  }
  Result<std::optional<model::Issue>> issue(std::string_view id) override {
    return reading(
        [&](Db& db) { return first<model::Issue>(db, "SELECT * FROM issues WHERE id = ?", {id}); });
  }
  Result<std::vector<model::Outgoing>> due_mails(model::Instant at, std::size_t limit) override {
    return reading([&](Db& db) {
      return all<model::Outgoing>(db,
                                  "SELECT * FROM outgoing WHERE state < 2 AND next_try <= ? ORDER "
                                  "BY next_try, id LIMIT ?",
                                  {at, limit});
    });
  }
  Result<std::optional<model::Outgoing>> mail(std::string_view id) override {
    return reading([&](Db& db) {
      return first<model::Outgoing>(db, "SELECT * FROM outgoing WHERE id = ?", {id});
    });
  }
  Result<std::string> source_state(std::string_view source_id) override {
    return reading([&](Db& db) -> Result<std::string> {
      auto found =
          first<std::string>(db, "SELECT state FROM source_states WHERE source = ?", {source_id});
      if (!found) return found.error();
      return found->value_or(std::string());
    });
  }

  Result<std::vector<model::Outage>> outages(const OutageFilter& filter) override {
    return reading([&](Db& db) { return sql::outages(db, filter); });
  }
  Result<std::vector<model::Outage>> outage_revisions(std::string_view id) override {
    return reading([&](Db& db) {
      return all<model::Outage>(db, "SELECT * FROM outages WHERE id = ? ORDER BY number", {id});
    });
  }
  Result<std::vector<model::Outage>> detections(std::string_view series) override {
    return reading([&](Db& db) {
      return series.empty()
                 ? all<model::Outage>(db, "SELECT * FROM detections ORDER BY start_at, id, series",
                                      {})
                 : all<model::Outage>(
                       db, "SELECT * FROM detections WHERE series = ? ORDER BY start_at, id",
                       {series});
    });
  }
  Result<std::vector<model::Outage>> fused(const OutageFilter& filter) override {
    return reading([&](Db& db) { return sql::fused(db, filter); });
  }
  Result<std::optional<model::Outage>> fused_outage(std::string_view id) override {
    return reading(
        [&](Db& db) { return first<model::Outage>(db, "SELECT * FROM fused WHERE id = ?", {id}); });
  }
  Result<std::string> fused_of(std::string_view record_id) override {
    return reading([&](Db& db) -> Result<std::string> {
      auto found = first<std::string>(db, "SELECT outage_id FROM fused_records WHERE record_id = ?",
                                      {record_id});
      if (!found) return found.error();
      return found->value_or(std::string());
    });
  }
  Result<std::vector<model::Signal>> signals(std::string_view country) override {
    return reading([&](Db& db) { return signals_of(db, country); });
  }
  Result<std::optional<model::Signal>> signal(std::string_view id) override {
    return reading([&](Db& db) -> Result<std::optional<model::Signal>> {
      auto kept = kept_signal(db, id);
      if (!kept) return kept.error();
      if (!*kept) return std::optional<model::Signal>();
      return std::optional(std::move((*kept)->signal));
    });
  }
  Result<std::vector<model::Signal>> signal_heads() override {
    return reading(
        [&](Db& db) { return all<model::Signal>(db, "SELECT * FROM signals ORDER BY id", {}); });
  }

  Result<Page> listed(Listed what, std::string_view after, std::size_t limit) override {
    return page(limit, [&](Db& db) { return sql::listed(db, what, after, limit + 1); });
  }

  Result<std::vector<Change>> changes(std::int64_t after_seq, std::size_t limit) override {
    return reading([&](Db& db) {
      return all<Change>(db, "SELECT * FROM changes WHERE seq > ? ORDER BY seq LIMIT ?",
                         {after_seq, limit});
    });
  }

  Result<std::optional<model::Extraction>> extraction(std::string_view entry_id,
                                                      int revision) override {
    return reading([&](Db& db) { return sql::extraction(db, entry_id, revision); });
  }
  Result<std::vector<model::Link>> links_of_entry(std::string_view entry_id) override {
    return links_where("SELECT * FROM links WHERE entry_id = ? ORDER BY id", entry_id);
  }
  Result<std::vector<model::Link>> links_of_outage(std::string_view outage_id) override {
    return links_where("SELECT * FROM links WHERE outage_id = ? ORDER BY id", outage_id);
  }
  Result<std::optional<model::Link>> link(std::string_view id) override {
    auto found = links_where("SELECT * FROM links WHERE id = ?", id);
    if (!found) return found.error();
    return found->empty() ? std::nullopt : std::optional(found->front());
  }
  Result<std::vector<model::Verdict>> verdicts_of_entry(std::string_view entry_id) override {
    return reading([&](Db& db) {
      return all<model::Verdict>(db, "SELECT * FROM verdicts WHERE entry_id = ? ORDER BY id",
                                 {entry_id});
    });
  }
  Result<std::optional<model::Verdict>> verdict(std::string_view id) override {
    return reading([&](Db& db) {
      return first<model::Verdict>(db, "SELECT * FROM verdicts WHERE id = ?", {id});
    });
  }
  Result<std::vector<model::Story>> stories() override {
    return reading([](Db& db) { return sql::stories(db); });
  }
  Result<std::vector<model::Incident>> incidents() override {
    return reading([](Db& db) { return sql::incidents(db); });
  }
  Result<std::optional<model::Story>> story(std::string_view id) override {
    return reading([&](Db& db) { return sql::story(db, id); });
  }
  Result<std::optional<model::Incident>> incident(std::string_view id) override {
    return reading([&](Db& db) { return sql::incident(db, id); });
  }
  Result<std::vector<EntryView>> entry_views(const std::vector<std::string>& ids) override {
    return reading([&](Db& db) { return sql::entry_views(db, ids); });
  }
  Result<std::vector<model::Story>> stories_among(const std::vector<std::string>& ids) override {
    return reading([&](Db& db) { return sql::stories_among(db, ids); });
  }
  Result<std::vector<model::Outage>> fused_among(const std::vector<std::string>& ids) override {
    return reading([&](Db& db) { return sql::fused_among(db, ids); });
  }
  Result<std::string> story_of(std::string_view entry_id) override {
    return text_of("SELECT min(story_id) FROM story_entries WHERE entry_id = ?", entry_id);
  }
  Result<std::string> incident_of(std::string_view member_id) override {
    return text_of("SELECT min(incident_id) FROM incident_members WHERE member_id = ?", member_id);
  }
  Result<Page> incident_page(std::string_view after, std::size_t limit) override {
    return reading([&](Db& db) { return sql::incident_page(db, after, limit); });
  }
  Result<std::optional<ClaimRecord>> claim(std::string_view id) override {
    return reading([&](Db& db) { return sql::claim(db, id); });
  }
  Result<std::int64_t> newest_change() override {
    auto found = reading([](Db& db) {
      return first<std::int64_t>(db, "SELECT coalesce(max(seq), 0) FROM changes", {});
    });
    if (!found) return found.error();
    return found->value_or(0);
  }

  Result<std::vector<model::Edit>> edits(std::int64_t after_seq) override {
    return reading([&](Db& db) {
      return all<model::Edit>(db, "SELECT * FROM edits WHERE seq > ? ORDER BY seq", {after_seq});
    });
  }
  Result<std::string> meta(std::string_view key) override {
    auto value = reading([&](Db& db) {
      return first<std::string>(db, "SELECT value FROM meta WHERE key = ?", {key});
    });
    if (!value) return value.error();
    return value->value_or("");
  }
  Result<Counts> counts() override {
    return reading([](Db& db) { return sql::counts(db); });
  }

 private:
  void give_back() override { slot_.release(); }

  // Runs `read` on a connection of its own thread's, all of it against one committed state.
  template <typename Read>
  std::invoke_result_t<Read, Db&> reading(Read read) {
    leases_.acquire();
    bool outdated = false;
    auto out = read_once(read, outdated);
    if (!out && outdated) out = read_once(read, outdated);
    leases_.release();
    return out;
  }

  template <typename Read>
  std::invoke_result_t<Read, Db&> read_once(Read& read, bool& outdated) {
    auto leased = lease();
    if (!leased) return leased.error();
    auto db = *std::move(leased);
    auto begun = db->begin_reading();
    auto out = begun ? read(*db) : std::invoke_result_t<Read, Db&>(begun.error());
    outdated = !out && db->outdated();
    db->end_reading();
    std::lock_guard lock(mutex_);
    if (db->alive()) {
      idle_.push_back(std::move(db));
    } else {
      idle_.clear();  // what has cut this one off has cut off the others
    }
    return out;
  }

  // One text that `sql` selects for `id`; empty where there is none.
  Result<std::string> text_of(std::string_view sql, std::string_view id) {
    auto found = reading([&](Db& db) { return first<std::string>(db, sql, {id}); });
    if (!found) return found.error();
    return found->value_or(std::string());
  }

  template <typename Read>
  Result<Page> page(std::size_t limit, Read read) {
    auto ids = reading(read);
    if (!ids) return ids.error();
    return rules::page_of(std::move(*ids), limit);
  }

  Result<std::unique_ptr<Db>> lease() {
    {
      std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto db = std::move(idle_.back());
        idle_.pop_back();
        return db;
      }
    }
    return connector_->connect(true);
  }

  Result<std::vector<model::Link>> links_where(std::string_view sql, std::string_view value) {
    return reading([&](Db& db) { return sql::links_where(db, sql, value); });
  }

  std::unique_ptr<Connector> connector_;
  std::string name_;
  Options options_;
  std::counting_semaphore<> leases_;
  std::binary_semaphore slot_{1};  // held by the open Writer; guards writer_
  KnownMarks known_marks_;         // with writer_
  std::unique_ptr<Db> writer_;     // closed last: a reader cannot put SQLite's log into the file
  std::mutex mutex_;               // guards idle_
  std::vector<std::unique_ptr<Db>> idle_;
};

Result<std::unique_ptr<Writer>> SqlStore::begin() {
  if (options_.read_only) {
    return Error{Errc::kIo, name_ + " was opened for reading only."};
  }
  if (!slot_.try_acquire_for(options_.patience)) {
    return Error{Errc::kIo, name_ +
                                " is being written to by another part of this program; finish that "
                                "transaction first."};
  }
  if (writer_ != nullptr && !writer_->alive()) writer_.reset();
  if (writer_ == nullptr) {
    auto db = connector_->connect(false);
    if (!db) {
      slot_.release();
      return db.error();
    }
    writer_ = std::move(*db);
    known_marks_.clear();
  }
  if (auto begun = writer_->begin_writing(); !begun) {
    slot_.release();
    return begun.error();
  }
  return std::unique_ptr<Writer>(
      std::make_unique<SqlWriter>(*writer_, static_cast<WriterSlot&>(*this), known_marks_));
}

}  // namespace

std::unique_ptr<Store> make_store(std::unique_ptr<Connector> connector, const std::string& name,
                                  const Options& options) {
  return std::make_unique<SqlStore>(std::move(connector), name, options);
}

}  // namespace store::sql
