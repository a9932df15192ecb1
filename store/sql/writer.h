#pragma once

#include <string>
#include <vector>

#include "store/rules/revise.h"
#include "store/sql/db.h"
#include "store/sql/marks.h"
#include "store/store.h"

namespace store::sql {

// Who lent the connection that writes.
class WriterSlot {
 public:
  virtual ~WriterSlot() = default;
  virtual void give_back() = 0;
};

// A transaction that was begun on `db`. Both arguments outlive the writer.
class SqlWriter final : public Writer {
 public:
  SqlWriter(Db& db, WriterSlot& slot) : db_(db), slot_(slot) {}
  ~SqlWriter() override;

  Result<Put> put(const model::Source& source) override;
  Result<Put> put(const model::Document& document) override;
  Result<Put> put(const model::RawDocument& raw) override;
  Result<std::int64_t> set_present(std::string_view source_id, const model::Interval& dated,
                                   const std::set<std::string>& present,
                                   model::Instant now) override;
  Result<Put> put(const model::Entry& entry, model::Revision revision,
                  const SearchText* text) override;
  Status restore(const model::Entry& entry, const std::vector<model::Revision>& revisions) override;
  Status restore_changes(std::int64_t after_seq, const std::vector<Change>& changes) override;
  Status put(const model::NameList& list) override;
  Result<bool> remove_names(std::string_view id) override;
  Status put(const model::Subscription& subscription) override;
  Result<Put> put(const model::Issue& issue) override;
  Result<Put> put(const model::Outgoing& mail) override;
  Status update(const model::Outgoing& mail) override;
  Status put(const model::Token& token) override;
  Result<bool> remove_token(std::string_view id) override;
  Status set_source_state(std::string_view source_id, std::string_view state) override;
  Result<Put> put(const model::Outage& outage) override;
  Result<Put> put(const model::Signal& signal) override;
  Result<Put> put(const model::Poll& poll) override;
  Result<Put> update(const model::Poll& poll) override;
  Result<bool> remove_poll(std::string_view url) override;
  Result<std::int64_t> append(const model::Edit& edit) override;

  Status set_extraction(const model::Extraction& extraction) override;
  Status set_links(std::string_view entry_id, const std::vector<model::Link>& links) override;
  Status set_verdicts(std::string_view entry_id,
                      const std::vector<model::Verdict>& verdicts) override;
  Status set_detections(std::string_view series,
                        const std::vector<model::Outage>& outages) override;
  Status set_fused(const model::Outage& outage) override;
  Status remove_fused(std::string_view id) override;
  Status set_stories(const std::vector<model::Story>& stories) override;
  Status set_incidents(const std::vector<model::Incident>& incidents) override;
  Status set_story(const model::Story& story) override;
  Status remove_story(std::string_view id) override;
  Status set_incident(const model::Incident& incident) override;
  Status remove_incident(std::string_view id) override;
  Status set_meta(std::string_view key, std::string_view value) override;
  Status clear_derived() override;

  Status commit() override;

 private:
  Result<rules::History> history_of(std::int64_t entry, const model::Revision& arriving);
  // The entry's rowid, added when it is new.
  Result<bool> add_entry(const model::Entry& entry, const model::Revision& first_one,
                         std::int64_t& number);
  // What queries ask of an entry: when it was published and known, and by whom.
  Status describe(std::int64_t entry, const model::Revision& revision);
  // … and what was found in it.
  Status mark(const model::Extraction& extraction);
  Status changed(ChangeKind kind, const std::string& id);
  Result<Put> put_once(std::string_view table, const Values& row);
  // In place of the row with the same id, which comes first.
  Status replace(std::string_view table, const Values& row);
  Result<bool> remove(std::string_view sql, std::string_view key);
  Status add_members(std::string_view sql, const std::string& owner,
                     const std::vector<std::string>& members);

  Db& db_;
  WriterSlot& slot_;
  Marks marks_{db_};
  bool open_ = true;     // not committed yet
  bool edited_ = false;  // a person's decision is in this transaction
};

}  // namespace store::sql
