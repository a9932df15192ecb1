#include <algorithm>
#include <future>
#include <iterator>
#include <memory>
#include <set>
#include <utility>

#include <xxhash.h>

#include "ingest/ingest.h"
#include "ingest/items.h"
#include "ingest/notes.h"
#include "ingest/raw.h"
#include "ingest/watched.h"
#include "store/ahead.h"
#include "store/model/hash.h"
#include "store/model/text.h"

namespace ingest {
namespace {

using model::Result;
using model::Status;
using store::Put;

// What one document came to: records to put, not yet in the store.
struct Batch {
  model::Source source;
  model::Document document;
  std::unique_ptr<feeds::news::Document> news;  // what `items` are read from
  std::unique_ptr<Items> items;
  std::future<model::RawDocument> raw;  // compressed beside the rest of the work
  std::vector<model::Outage> outages;
  std::vector<model::Signal> signals;
  std::optional<Told> told;  // changes of routes
  std::string state;         // what is to be remembered of them; empty: nothing
  std::string refusal;       // what an API said instead of an answer
};

Result<feeds::Kind> kind_of(const Input& input) {
  bool empty = model::trim(input.bytes).empty();
  if (input.kind && !empty) return *input.kind;
  auto kind = feeds::detect(input.bytes, input.url);
  if (!kind) return model::Error{kind.error().code, input.name + ": " + kind.error().message};
  return kind;
}

feeds::news::Hints hints_of(const Input& input) {
  feeds::news::Hints hints;
  hints.content_type = input.content_type;
  hints.content_location = input.content_location;
  hints.content_language = input.content_language;
  hints.first_line = input.first_line;
  bool fetched = input.url.starts_with("http://") || input.url.starts_with("https://");
  if (fetched) hints.url = input.url;
  return hints;
}

model::Source measurement_source(const Input& input, bool of_signals, model::Instant now) {
  model::Source source;
  source.url = input.name;
  source.id = model::make_id("src", source.url);
  source.kind = of_signals ? model::SourceKind::kSignals : model::SourceKind::kOutages;
  source.added_at = now;
  return source;
}

// What paging goes by: how many records there were, and which.
measure::Answer answer_of(const feeds::outages::Parsed& parsed) {
  measure::Answer answer;
  answer.records = static_cast<std::int64_t>(parsed.records);
  answer.total = parsed.total;
  answer.next = parsed.next;
  for (const auto& outage : parsed.outages)
    answer.sum += XXH3_64bits(outage.id.data(), outage.id.size());
  return answer;
}

void add(Batch& batch, feeds::news::Document parsed, const Input& input, model::Instant now,
         Outcome& outcome) {
  batch.document.format = parsed.version.empty() ? "feed" : parsed.version;
  batch.news = std::make_unique<feeds::news::Document>(std::move(parsed));
  batch.items = std::make_unique<Items>(
      *batch.news, Origin{input.name, batch.document.id, input.content_language, now});
  batch.source = batch.items->source();
  outcome.notes = notes_of(*batch.news);
}

bool is_of_peer(const model::RouteChange& change) {
  return change.kind != model::RouteKind::kHeard && change.kind != model::RouteKind::kGap;
}

Told told_in(feeds::outages::Parsed& parsed, const Batch& batch, const Input& input) {
  Told told;
  told.changes = std::move(parsed.routes);
  told.of = parsed.routes_of.empty() ? asked_for(input.name) : parsed.routes_of;
  told.source_id = batch.source.id;
  bool of_ripestat = batch.document.format == feeds::to_string(feeds::Kind::kRipestat);
  told.source = of_ripestat ? "RIPEstat bgp-updates" : "RIS Live";
  told.document_id = batch.document.id;
  return told;
}

void add(Batch& batch, feeds::outages::Parsed parsed, const Input& input, model::Instant now,
         Outcome& outcome) {
  batch.source = measurement_source(input, parsed.outages.empty() && !parsed.signals.empty(), now);
  outcome.answer = answer_of(parsed);
  outcome.routes = std::count_if(parsed.routes.begin(), parsed.routes.end(), is_of_peer);
  if (!parsed.routes.empty()) batch.told = told_in(parsed, batch, input);
  batch.refusal = std::move(parsed.refusal);
  batch.outages = std::move(parsed.outages);
  batch.signals = std::move(parsed.signals);
  for (auto& outage : batch.outages) {
    outage.document_id = batch.document.id;
    outage.seen_at = now;
  }
  for (auto& signal : batch.signals) signal.document_id = batch.document.id;
  outcome.warnings = std::move(parsed.warnings);
}

Batch parse(const Input& input, feeds::Kind kind, std::string document_id, model::Instant now,
            Outcome& outcome) {
  Batch batch;
  batch.document.id = std::move(document_id);
  batch.document.url = input.url;
  batch.document.format = feeds::to_string(kind);
  batch.document.size = input.bytes.size();
  batch.document.fetched_at = now;
  feeds::Document document = input.mapping != nullptr
                                 ? feeds::outages::parse_mapped(input.bytes, *input.mapping)
                                 : feeds::parse(input.bytes, kind, hints_of(input));
  if (input.mapping != nullptr) batch.document.format = "mapping " + input.mapping->name;
  std::visit([&](auto& parsed) { add(batch, std::move(parsed), input, now, outcome); }, document);
  batch.document.source_id = batch.source.id;
  outcome.notes.source_id = batch.source.id;
  outcome.notes.title = batch.source.title;
  outcome.format = batch.document.format;
  return batch;
}

void count(Put put, std::int64_t& added, std::int64_t& revised, std::int64_t& unchanged) {
  ++(put == Put::kAdded ? added : put == Put::kRevised ? revised : unchanged);
}

// What a feed tells of: its entries, and the time from the oldest to the newest of them.
struct Present {
  std::set<std::string> entries;
  std::optional<model::Interval> dated;

  void add(const NewsItem& item) {
    entries.insert(item.entry.id);
    if (!item.revision.published) return;
    auto at = item.revision.published->at;
    if (!dated) dated = model::Interval{at, at + model::Seconds{1}};
    dated->from = std::min(dated->from, at);
    dated->to = std::max(dated->to, at + model::Seconds{1});
  }
};

// Feeds leave out what they withdraw; other documents never tell of all there is.
bool is_feed(const std::string& version) {
  return version.starts_with("rss") || version.starts_with("atom") || version.starts_with("json1");
}

// The next items of a document, of which the writer is told before they are put.
Result<std::vector<NewsItem>> next_items(store::Writer& writer, Items& items) {
  constexpr std::size_t kTogether = 100;
  std::vector<NewsItem> out;
  std::vector<std::string> ids;
  while (out.size() < kTogether) {
    auto item = items.next();
    if (!item) break;
    ids.push_back(item->entry.id);
    out.push_back(*std::move(item));
  }
  if (auto told = store::expect(writer, ids); !told) return told.error();
  return out;
}

Status put_item(store::Writer& writer, NewsItem item, model::Instant now, Outcome& outcome) {
  auto published = item.revision.published;
  auto put = writer.put(item.entry, std::move(item.revision), item.text ? &*item.text : nullptr);
  if (!put) return put.error();
  if (*put == Put::kAdded) {
    outcome.notes.arrived.push_back(published ? std::min(published->at, now) : now);
  }
  count(*put, outcome.entries_added, outcome.entries_revised, outcome.entries_unchanged);
  return {};
}

// Those that the store does not have; the others count as unchanged.
Status leave_unknown(store::Store& store, std::vector<NewsItem>& items, Outcome& outcome) {
  std::vector<NewsItem> out;
  for (auto& item : items) {
    auto known = store.entry(item.entry.id);
    if (!known) return known.error();
    if (*known) {
      ++outcome.entries_unchanged;
    } else {
      out.push_back(std::move(item));
    }
  }
  items = std::move(out);
  return {};
}

// Of a document that may be older than what is there.
Status put_unknown(store::Store& store, store::Writer& writer, const Batch& batch,
                   Outcome& outcome) {
  if (batch.items == nullptr) return {};
  for (;;) {
    auto some = next_items(writer, *batch.items);
    if (!some) return some.error();
    if (some->empty()) break;
    if (auto done = leave_unknown(store, *some, outcome); !done) return done;
    for (auto& item : *some) {
      auto done = put_item(writer, std::move(item), batch.document.fetched_at, outcome);
      if (!done) return done;
    }
  }
  outcome.warnings = batch.items->warnings();
  return {};
}

Status put_items(store::Writer& writer, const Batch& batch, Outcome& outcome) {
  Items& items = *batch.items;
  Present present;
  for (;;) {
    auto some = next_items(writer, items);
    if (!some) return some.error();
    if (some->empty()) break;
    for (auto& item : *some) {
      present.add(item);
      auto done = put_item(writer, std::move(item), batch.document.fetched_at, outcome);
      if (!done) return done;
    }
  }
  outcome.warnings = items.warnings();
  if (!present.dated || !is_feed(batch.document.format)) return {};
  auto gone = writer.set_present(batch.source.id, *present.dated, present.entries,
                                 batch.document.fetched_at);
  if (!gone) return gone.error();
  outcome.entries_gone = *gone;
  return {};
}

Status put_records(store::Writer& writer, Batch& batch, Outcome& outcome) {
  if (batch.items != nullptr) {
    if (auto done = put_items(writer, batch, outcome); !done) return done;
  }
  for (const auto& outage : batch.outages) {
    auto put = writer.put(outage);
    if (!put) return put.error();
    count(*put, outcome.outages_added, outcome.outages_revised, outcome.outages_unchanged);
  }
  for (const auto& signal : batch.signals) {
    auto put = writer.put(signal);
    if (!put) return put.error();
    outcome.signals_changed += *put == Put::kUnchanged ? 0 : 1;
  }
  return {};
}

Status derive_visibility(store::Store& store, Batch& batch, Outcome& outcome) {
  if (!batch.told) return {};
  auto watched = watch(store, *std::move(batch.told));
  if (!watched) return watched.error();
  std::move(watched->signals.begin(), watched->signals.end(), std::back_inserter(batch.signals));
  std::move(watched->warnings.begin(), watched->warnings.end(),
            std::back_inserter(outcome.warnings));
  batch.state = std::move(watched->state);
  return {};
}

// Its newest title wins, unless the document may be an older one.
Status put_source(store::Store& store, store::Writer& writer, const model::Source& source,
                  Admit admit) {
  if (admit == Admit::kUnknown) {
    auto known = store.source(source.id);
    if (!known) return known.error();
    if (*known) return {};
  }
  auto put = writer.put(source);
  return put ? Status() : put.error();
}

Status put(store::Store& store, const Input& input, Batch& batch, Outcome& outcome) {
  auto writer = store.begin();
  if (!writer) return writer.error();
  auto admit = input.admitted ? input.admitted() : Result<Admit>(Admit::kAll);
  if (!admit) return admit.error();
  if (auto done = put_source(store, **writer, batch.source, *admit); !done) return done;
  auto document = (*writer)->put(batch.document);
  if (!document) return document.error();
  if (*document == Put::kUnchanged) {  // read before under another name of the same feed
    outcome.unchanged = true;
    return {};
  }
  auto done = *admit == Admit::kAll ? put_records(**writer, batch, outcome)
                                    : put_unknown(store, **writer, batch, outcome);
  if (!done) return done;
  if (!batch.state.empty() && *admit == Admit::kAll) {
    auto kept = (*writer)->set_source_state(batch.source.id, batch.state);
    if (!kept) return kept.error();
  }
  auto raw = (*writer)->put(batch.raw.get());
  if (!raw) return raw.error();
  if (input.put_with_it) {
    if (done = input.put_with_it(**writer, outcome); !done) return done;
  }
  return (*writer)->commit();
}

}  // namespace

Result<Outcome> ingest_document(store::Store& store, const Input& input, model::Instant now) {
  Outcome outcome;
  outcome.name = input.name;
  auto fingerprint = fingerprint_of(input.bytes);
  auto known = store.was_read(input.url, fingerprint);
  if (!known) return known.error();
  if (*known && !input.is_answer) {
    outcome.unchanged = true;
    return outcome;
  }
  auto document_id = model::sha256_hex(input.bytes);
  auto kind =
      input.mapping != nullptr ? Result<feeds::Kind>(feeds::Kind::kOutagesCsv) : kind_of(input);
  if (!kind) return kind.error();
  // A thread of its own where there is much to do; it is done when the parser is.
  constexpr std::size_t kMuch = 256U << 10U;
  auto raw = std::async(input.bytes.size() > kMuch ? std::launch::async : std::launch::deferred,
                        [&] { return raw_document(document_id, input.bytes); });
  auto batch = parse(input, *kind, document_id, now, outcome);
  batch.document.fingerprint = std::move(fingerprint);
  batch.raw = std::move(raw);
  if (input.is_answer && !batch.refusal.empty()) {
    return model::Error{model::Errc::kInvalid, input.name + ": " + batch.refusal};
  }
  if (*kind == feeds::Kind::kPage && batch.news->entries.empty()) {
    return model::Error{model::Errc::kInvalid,
                        input.name + ": " + batch.news->problems.back().message};
  }
  if (auto done = derive_visibility(store, batch, outcome); !done) return done.error();
  if (auto done = put(store, input, batch, outcome); !done) return done.error();
  return outcome;
}

bool is_of_store(const model::Error& error) {
  return error.code == model::Errc::kIo || error.code == model::Errc::kCorrupt ||
         error.code == model::Errc::kConflict;
}

feeds::news::Document news_of(const Input& input) {
  auto kind = kind_of(input);
  if (!kind) return {};
  auto parsed = feeds::parse(input.bytes, *kind, hints_of(input));
  auto* news = std::get_if<feeds::news::Document>(&parsed);
  return news != nullptr ? std::move(*news) : feeds::news::Document();
}

}  // namespace ingest
