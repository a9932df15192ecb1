#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/claim.h"
#include "store/model/edit.h"
#include "store/model/entry.h"
#include "store/model/join.h"
#include "store/model/mail.h"
#include "store/model/names.h"
#include "store/model/outage.h"
#include "store/model/poll.h"
#include "store/model/result.h"
#include "store/model/token.h"
#include "store/query/query.h"

namespace store {

using model::Result;
using model::Status;

// What a write did.
enum class Put : std::uint8_t { kUnchanged, kAdded, kRevised };

// Something that correlation must look at again.
enum class ChangeKind : std::uint8_t { kEntry, kOutage, kSignal, kEdit };
struct Change {
  std::int64_t seq = 0;  // rises with every write, never reused
  ChangeKind kind = ChangeKind::kEntry;
  std::string id;

  friend bool operator==(const Change&, const Change&) = default;
};

// Words to search entries for. All of `words` and `phrases` must occur in the newest revision's
// title, body, publisher or tags, none of `without`. Matching is by folded words (model::fold); a
// piece of CJK text matches anywhere.
struct TextQuery {
  std::vector<std::string> words;
  std::vector<std::string> phrases;
  std::vector<std::string> without;

  bool empty() const { return words.empty() && phrases.empty(); }
};

// One page of ids in a stable order; pass `next` to go on, empty at the end.
struct Page {
  std::vector<std::string> ids;
  std::string next;
};

// One record that answers a query.
struct Hit {
  query::Kind kind = query::Kind::kEntry;
  std::string id;
  double score = 0;     // rules::relevance()
  model::Instant at{};  // of entries and their claims when they were published, of outages their
                        // start, of edits when they were made

  friend bool operator==(const Hit&, const Hit&) = default;
};
struct HitPage {
  std::vector<Hit> hits;
  std::string next;  // pass as FindOptions::after to go on; empty at the end
};
struct FindOptions {
  enum class Order : std::uint8_t { kRelevance, kNewest, kOldest };
  Order order = Order::kRelevance;
  std::string after{};
  std::size_t limit = 50;
};
// How many of the hits have which value, the most frequent first, then by value.
struct Facet {
  std::string field;  // "kind", "country", "lang", "type", "actor", "source", "verdict", "month"
  std::vector<std::pair<std::string, std::int64_t>> values;

  friend bool operator==(const Facet&, const Facet&) = default;
};
// An incident, and how many entries and outages of it answer a query.
struct RankedIncident {
  std::string id;
  std::int64_t hits = 0;

  friend bool operator==(const RankedIncident&, const RankedIncident&) = default;
};
// Of hits in order of relevance, of facets and of incidents so many are looked at, those that came
// last; in order of time there is no such end.
inline constexpr std::size_t kMostRanked = 10'000;

// What is kept under ids or names that no other read lists: bytes of documents, states of sources,
// digests, mails, series that outages were found in, meta values that are not empty.
enum class Listed : std::uint8_t { kRaw, kSourceState, kIssue, kMail, kSeries, kMeta };

// A claim, and where it stands.
struct ClaimRecord {
  std::string entry_id;
  int revision = 0;
  model::Claim claim;
};

// An entry with all that a timeline shows of it.
struct EntryView {
  model::Entry entry;
  std::string source_title;
  std::vector<model::Revision> revisions;       // by number, without their `html`
  std::optional<model::Extraction> extraction;  // of the newest revision
  std::vector<model::Link> links;               // by id
  std::vector<model::Verdict> verdicts;         // by id

  friend bool operator==(const EntryView&, const EntryView&) = default;
};

struct OutageFilter {
  std::string country;  // empty: all
  std::optional<model::Interval>
      during;  // outages that overlap it; an open or endless one reaches on
};

struct Counts {
  std::int64_t sources = 0;
  std::int64_t documents = 0;
  std::int64_t entries = 0;
  std::int64_t revisions = 0;
  std::int64_t outages = 0;
  std::int64_t signals = 0;
  std::int64_t links = 0;
  std::int64_t verdicts = 0;
  std::int64_t stories = 0;
  std::int64_t incidents = 0;
  std::int64_t edits = 0;

  friend bool operator==(const Counts&, const Counts&) = default;
};

// A text as the two search indexes take it: its pieces, each with a blank behind it; see
// rules/terms.h.
struct Joined {
  std::string words;
  std::string grams;
};
// Title, body, publisher and tags of a revision.
using SearchText = std::array<Joined, 4>;

// One transaction. What is put becomes visible to readers all at once with commit(), or never:
// a Writer that goes out of scope without commit() leaves nothing behind. Not for several threads.
class Writer {
 public:
  virtual ~Writer() = default;

  // Records of fact. Putting the same again changes nothing and returns kUnchanged.
  virtual Result<Put> put(const model::Source& source) = 0;
  virtual Result<Put> put(const model::Document& document) = 0;
  // Kept once for each id.
  virtual Result<Put> put(const model::RawDocument& raw) = 0;
  // Adds the entry when it is new. Appends the revision, giving it the next number and its
  // known_at, unless its content_hash is the newest revision's, or is an older revision's and
  // nothing says that it was changed back later (`updated` not after the newest revision's).
  // `text` is what rules::cut_joined() gives for the revision, where somebody had the time for it:
  // cutting costs a tenth of the writing. Null: the writer cuts.
  virtual Result<Put> put(const model::Entry& entry, model::Revision revision,
                          const SearchText* text) = 0;
  Result<Put> put(const model::Entry& entry, model::Revision revision) {
    return put(entry, std::move(revision), nullptr);
  }
  // What another store holds, as it is (store/copy): an entry with all its revisions, their numbers
  // and times, in place of what is here under its id; nothing is noted in the changes. And the
  // changes behind `after_seq`, in place of those that are here.
  virtual Status restore(const model::Entry& entry,
                         const std::vector<model::Revision>& revisions) = 0;
  virtual Status restore_changes(std::int64_t after_seq, const std::vector<Change>& changes) = 0;
  // What a feed's newest document holds: of the source's entries that say they were published
  // within `dated`, those not in `present` are gone from `now` on, unless they are already, and
  // those in it are back. Returns how many have gone with this call.
  virtual Result<std::int64_t> set_present(std::string_view source_id, const model::Interval& dated,
                                           const std::set<std::string>& present,
                                           model::Instant now) = 0;
  // What a reader must remember of a source between its documents, as it encodes it; replaced.
  virtual Status set_source_state(std::string_view source_id, std::string_view state) = 0;
  // A list of names; one of the same id is replaced. remove_names() says whether it was there.
  virtual Status put(const model::NameList& list) = 0;
  virtual Result<bool> remove_names(std::string_view id) = 0;
  // Who wants digests and alerts; one of the same id is replaced.
  virtual Status put(const model::Subscription& subscription) = 0;
  // Kept once for each id: what was made stays as it is.
  virtual Result<Put> put(const model::Issue& issue) = 0;
  // Added once for each id: a mail goes out once. update() replaces what is there.
  virtual Result<Put> put(const model::Outgoing& mail) = 0;
  virtual Status update(const model::Outgoing& mail) = 0;
  // A bearer token; one of the same id is replaced. remove_token() says whether it was there.
  virtual Status put(const model::Token& token) = 0;
  virtual Result<bool> remove_token(std::string_view id) = 0;
  // Appends a revision of the outage unless its outage_hash is that of the newest one.
  virtual Result<Put> put(const model::Outage& outage) = 0;
  // A signal of the same id is replaced by one that has other or more samples.
  virtual Result<Put> put(const model::Signal& signal) = 0;
  // What is polled. put() adds it, and leaves one of the same URL as it is; update() replaces what
  // is there, and does nothing where it was removed meanwhile; remove_poll() says whether it was
  // there. What was read from it stays.
  virtual Result<Put> put(const model::Poll& poll) = 0;
  virtual Result<Put> update(const model::Poll& poll) = 0;
  virtual Result<bool> remove_poll(std::string_view url) = 0;
  // Returns the edit's seq, which is also the id of its change.
  virtual Result<std::int64_t> append(const model::Edit& edit) = 0;

  // Derived records, each set replacing what was there under the same key.
  virtual Status set_extraction(const model::Extraction& extraction) = 0;
  virtual Status set_links(std::string_view entry_id, const std::vector<model::Link>& links) = 0;
  virtual Status set_verdicts(std::string_view entry_id,
                              const std::vector<model::Verdict>& verdicts) = 0;
  // The outages that were found in one series of signals.
  virtual Status set_detections(std::string_view series,
                                const std::vector<model::Outage>& outages) = 0;
  // An outage as its records say it together; its measurements name them. A record belongs to one
  // fused outage: the one that was put last.
  virtual Status set_fused(const model::Outage& outage) = 0;
  virtual Status remove_fused(std::string_view id) = 0;
  virtual Status set_stories(const std::vector<model::Story>& stories) = 0;         // all of them
  virtual Status set_incidents(const std::vector<model::Incident>& incidents) = 0;  // all of them
  // One of them, replacing what was there under its id, or taking that away if it is there.
  virtual Status set_story(const model::Story& story) = 0;
  virtual Status remove_story(std::string_view id) = 0;
  virtual Status set_incident(const model::Incident& incident) = 0;
  virtual Status remove_incident(std::string_view id) = 0;
  // Small facts about the database itself: how far correlation has come, with which version. An
  // empty value takes it away.
  virtual Status set_meta(std::string_view key, std::string_view value) = 0;
  // Forgets every derived record and the meta values; facts and edits stay.
  virtual Status clear_derived() = 0;

  // Ends the transaction; after it the Writer can only be destroyed, and another one begun.
  virtual Status commit() = 0;
};

// What Faultline keeps. One writer at a time, any number of readers; a reader sees the last
// committed state. Errors: kIo (disk, lock that did not open within 10 s), kCorrupt (the database
// is damaged), kNotFound only where a method says so.
class Store {
 public:
  virtual ~Store() = default;

  virtual Result<std::unique_ptr<Writer>> begin() = 0;

  virtual Result<std::vector<model::Source>> sources() = 0;  // by url
  virtual Result<std::optional<model::Source>> source(std::string_view id) = 0;
  virtual Result<std::optional<model::Document>> document(std::string_view source_id,
                                                          std::string_view id) = 0;
  // All documents whose id is or begins with `id`, by source id.
  virtual Result<std::vector<model::Document>> documents(std::string_view id) = 0;
  virtual Result<std::vector<model::NameList>> name_lists() = 0;         // by id
  virtual Result<std::vector<model::Token>> tokens() = 0;                // by id
  virtual Result<std::vector<model::Subscription>> subscriptions() = 0;  // by id
  virtual Result<std::optional<model::Subscription>> subscription(std::string_view id) = 0;
  virtual Result<std::optional<model::Subscription>> subscription_with(std::string_view token) = 0;
  virtual Result<std::vector<model::Subscription>> subscriptions_to(std::string_view address) = 0;
  virtual Result<std::optional<model::Issue>> issue(std::string_view id) = 0;
  // Those that have a mail to this subscription, the newest first, then by id.
  virtual Result<std::vector<model::Issue>> issues_of(std::string_view subscription_id,
                                                      std::size_t most) = 0;
  // Mails that are queued or were being sent, whose next try is not after `at`, the longest due
  // first, then by id; and any by its id.
  virtual Result<std::vector<model::Outgoing>> due_mails(model::Instant at, std::size_t limit) = 0;
  virtual Result<std::optional<model::Outgoing>> mail(std::string_view id) = 0;
  // What set_source_state() left; empty when nothing.
  virtual Result<std::string> source_state(std::string_view source_id) = 0;
  // Whether a document with this fingerprint was read from there.
  virtual Result<bool> was_read(std::string_view url, std::string_view fingerprint) = 0;
  virtual Result<std::optional<model::RawDocument>> raw(std::string_view document_id) = 0;

  virtual Result<std::vector<model::Poll>> polls() = 0;  // by url
  virtual Result<std::optional<model::Poll>> poll(std::string_view url) = 0;
  // The one whose subscription to a hub has this callback token (model::callback_token).
  virtual Result<std::optional<model::Poll>> poll_with_token(std::string_view token) = 0;
  // Those whose next poll is not after `at`, the longest due first, then by url.
  virtual Result<std::vector<model::Poll>> due_polls(model::Instant at, std::size_t limit) = 0;

  virtual Result<std::optional<model::Entry>> entry(std::string_view id) = 0;
  virtual Result<std::vector<model::Revision>> revisions(std::string_view entry_id) = 0;
  // Ids in order; `after` is Page::next, or empty for the first page. search() finds nothing for an
  // empty query; kInvalid when it has more than 64 parts.
  virtual Result<Page> entries(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page> search(const TextQuery& query, std::string_view after,
                              std::size_t limit) = 0;

  // What answers a query: entries by their newest revision and what was found in it, fused outages,
  // edits, and, where the query asks for them, claims of newest revisions. An entry that a person
  // deleted is not found, nor are its claims. kInvalid for a cursor that is none of ours.
  virtual Result<HitPage> find(const query::Query& query, const FindOptions& options) = 0;
  // Of the hits; at most `most` values a field.
  virtual Result<std::vector<Facet>> facets(const query::Query& query, std::size_t most) = 0;
  // Those with the most hits first, then by id.
  virtual Result<std::vector<RankedIncident>> find_incidents(const query::Query& query,
                                                             std::size_t limit) = 0;

  // Records as their sources give them: the newest revision of each, ordered by start, then id.
  virtual Result<std::vector<model::Outage>> outages(const OutageFilter& filter) = 0;
  virtual Result<std::vector<model::Outage>> outage_revisions(std::string_view id) = 0;
  // Signals whose scope is of `country` (empty: all), ordered by id.
  virtual Result<std::vector<model::Signal>> signals(std::string_view country) = 0;
  virtual Result<std::optional<model::Signal>> signal(std::string_view id) = 0;
  // All signals without their samples, ordered by id.
  virtual Result<std::vector<model::Signal>> signal_heads() = 0;

  virtual Result<Page> listed(Listed what, std::string_view after, std::size_t limit) = 0;

  virtual Result<std::vector<Change>> changes(std::int64_t after_seq, std::size_t limit) = 0;
  virtual Result<std::int64_t> newest_change() = 0;  // its seq; 0 when there is none

  virtual Result<std::optional<model::Extraction>> extraction(std::string_view entry_id,
                                                              int revision) = 0;
  // What set_detections() and set_fused() left, ordered by start, then id, then series; of one
  // series, or all.
  virtual Result<std::vector<model::Outage>> detections(std::string_view series) = 0;
  virtual Result<std::vector<model::Outage>> fused(const OutageFilter& filter) = 0;
  virtual Result<std::optional<model::Outage>> fused_outage(std::string_view id) = 0;
  // The fused outage that a record belongs to; empty when none.
  virtual Result<std::string> fused_of(std::string_view record_id) = 0;
  // Links and verdicts in the order of their ids.
  virtual Result<std::vector<model::Link>> links_of_entry(std::string_view entry_id) = 0;
  virtual Result<std::vector<model::Link>> links_of_outage(std::string_view outage_id) = 0;
  virtual Result<std::optional<model::Link>> link(std::string_view id) = 0;
  virtual Result<std::vector<model::Verdict>> verdicts_of_entry(std::string_view entry_id) = 0;
  virtual Result<std::optional<model::Verdict>> verdict(std::string_view id) = 0;
  virtual Result<std::vector<model::Story>> stories() = 0;       // by id
  virtual Result<std::vector<model::Incident>> incidents() = 0;  // by id
  virtual Result<std::optional<model::Story>> story(std::string_view id) = 0;
  virtual Result<std::optional<model::Incident>> incident(std::string_view id) = 0;
  // Many at once, ordered by id, each once; ids that are not there are passed over.
  virtual Result<std::vector<EntryView>> entry_views(const std::vector<std::string>& ids) = 0;
  virtual Result<std::vector<model::Story>> stories_among(const std::vector<std::string>& ids) = 0;
  virtual Result<std::vector<model::Outage>> fused_among(const std::vector<std::string>& ids) = 0;
  // The story of an entry, the incident of a story or an outage; empty when of none.
  virtual Result<std::string> story_of(std::string_view entry_id) = 0;
  virtual Result<std::string> incident_of(std::string_view member_id) = 0;
  // Ids, those whose last happening is the latest first, then by id.
  virtual Result<Page> incident_page(std::string_view after, std::size_t limit) = 0;
  virtual Result<std::optional<ClaimRecord>> claim(std::string_view id) = 0;
  virtual Result<std::vector<model::Edit>> edits(std::int64_t after_seq) = 0;
  virtual Result<std::string> meta(std::string_view key) = 0;  // empty when never set
  virtual Result<Counts> counts() = 0;
};

// Opens "sqlite:PATH", "postgres://HOST/NAME" or "memory:". Creates the database when there is none
// (the tables, on a server) and brings an older one up to date, unless `read_only`. Errors say what
// is wrong with it, and never a password: kNotFound (read only and none there), kIo (cannot be
// opened or reached, locked, read-only file), kInvalid (not a URL we know, not a database, another
// program's database, or written by a newer Faultline).
Result<std::unique_ptr<Store>> open_store(std::string_view url, bool read_only = false);

}  // namespace store
