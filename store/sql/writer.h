#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "store/ahead.h"
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

// A transaction that was begun on `db`. All arguments outlive the writer. What can be worked out
// for many records at a time waits until it is asked for, or for the commit.
class SqlWriter final : public Writer, public Ahead {
 public:
  SqlWriter(Db& db, WriterSlot& slot, KnownMarks& known)
      : db_(db), slot_(slot), known_marks_(known) {}
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
  Status expect(const std::vector<std::string>& ids) override;

 private:
  // What is kept of an entry: its place in the text indexes, and its newest revision.
  struct Kept {
    std::string id;
    std::int64_t number = 0;
    rules::History history;
  };
  friend void read(Rows& rows, Kept& kept);
  // An entry by its number, and the newest of its revisions that were looked at; 0: none.
  struct Numbered {
    std::string id;
    std::int64_t number = 0;
    int looked_at = 0;
  };
  friend void read(Rows& rows, Numbered& numbered);
  // What was found in an entry, whose marks are not set yet.
  struct Found {
    int revision = 0;
    model::Interval happened;
    std::set<rules::Mark> marks;
  };
  using Restored = std::pair<model::Entry, std::vector<model::Revision>>;

  Result<std::optional<Kept>> kept_entry(const std::string& id);
  // Those of the entries `e`, whose ids are these.
  Result<std::vector<Kept>> kept_entries(const Condition& which, std::span<const std::string> ids);
  // Of those that are there.
  Result<std::vector<Numbered>> numbered(const std::vector<std::string>& ids);
  Result<bool> had(std::int64_t entry, const model::Revision& arriving);
  // A new row of the entry, with what queries ask of it: when it was published and known, and by
  // whom.
  Status add_entry(std::int64_t number, const model::Entry& entry, const model::Revision& first_one,
                   const model::Revision& newest);
  // … in the row that is there, for its newest revision.
  Status describe(std::int64_t entry, const model::Revision& revision);
  Status add_restored(const Restored& restored, std::optional<std::int64_t> number);
  // Writes what waits.
  Status settle();
  Status settle_restored();
  Status settle_found();
  Status changed(ChangeKind kind, const std::string& id);
  Result<Put> put_once(std::string_view table, const Values& row);
  // In place of the row with the same id, which comes first.
  Status replace(std::string_view table, const Values& row);
  Result<bool> remove(std::string_view sql, std::string_view key);
  // `row`: the owner and what stands before the position.
  Status add_members(std::string_view table, const Values& row,
                     const std::vector<std::string>& members);

  Db& db_;
  WriterSlot& slot_;
  KnownMarks& known_marks_;
  Numbers numbers_{db_};
  Marks marks_{db_, numbers_, known_marks_};
  std::map<std::string, std::optional<Kept>> ahead_;
  std::map<std::string, Found> found_;        // by entry
  std::map<std::string, Restored> restored_;  // by entry
  bool has_restored_ = false;                 // in this transaction
  bool open_ = true;                          // not committed yet
  bool edited_ = false;                       // a person's decision is in this transaction
};

}  // namespace store::sql
