#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "store/model/hash.h"
#include "store/model/text.h"
#include "store/rules/terms.h"
#include "store/sql/check.h"
#include "store/sql/queries.h"
#include "store/sql/rows.h"
#include "store/sql/samples.h"

namespace store::sql {
namespace {

// Records at a time.
constexpr std::int64_t kPage = 200;

// A record's key of two columns, as a cursor.
struct Key {
  std::string id;
  std::int64_t number = 0;
};
void read(Rows& rows, Key& key) {
  key.id = rows.text();
  key.number = rows.integer();
}

// Calls `each` with the keys of a table in order; only a page of them is in memory. `sql` selects
// those after two values that are bound.
template <typename K, typename Cursor>
Status pages(Checker& checker, std::string_view sql, K after, Cursor cursor,
             const std::function<Status(const K&)>& each) {
  for (;;) {
    auto values = cursor(after);
    values.emplace_back(kPage);
    auto keys = all<K>(checker.db(), sql, values);
    if (!keys) return keys.error();
    for (const auto& key : *keys) {
      auto done = each(key);
      if (done) continue;
      if (!checker.db().alive()) return done;
      checker.found(done.error());
    }
    if (std::ssize(*keys) < kPage) return {};
    after = keys->back();
  }
}

Values of_text(const std::string& id) { return {id}; }
Values of_number(const std::int64_t& number) { return {number}; }
Values of_key(const Key& key) { return {key.id, key.number}; }

// Bytes lead back to what was read: their SHA-256 is the document's id.
Status check_bytes(Checker& checker) {
  const auto& unpack_bytes = checker.options().bytes_of;
  if (!unpack_bytes) return {};
  auto each = [&](const std::string& id) -> Status {
    auto raw =
        first<model::RawDocument>(checker.db(), "SELECT * FROM document_bytes WHERE id = ?", {id});
    if (!raw) return raw.error();
    if (!*raw) return {};
    auto bytes = unpack_bytes(**raw);
    if (!bytes && bytes.error().code == model::Errc::kNotFound) return {};  // given away
    if (!bytes || model::sha256_hex(*bytes) != id) {
      checker.found(fmt::format("the bytes of document {} are not those that were read", id),
                    kBringBack);
    }
    return {};
  };
  return pages<std::string>(
      checker, "SELECT id FROM document_bytes WHERE id > ? ORDER BY id LIMIT ?", "", of_text, each);
}

// The revisions of one entry: each says what its hash is of, and the newest is what is searched.
Status check_entry(Checker& checker, TextCheck& texts, std::int64_t number) {
  auto rows = checker.db().rows(
      "SELECT entries.id, revisions.* FROM entries JOIN revisions ON entry = n WHERE n = ? ORDER "
      "BY number",
      {number});
  model::Revision newest;
  while (rows->next()) {
    newest = {};
    read(*rows, newest);
    if (model::revision_hash(newest) == newest.content_hash) continue;
    checker.found(fmt::format("revision {} of entry {} is not the text that was written",
                              newest.number, newest.entry_id),
                  kBringBack);
  }
  if (auto status = rows->status(); !status) return status;
  rows.reset();
  if (newest.number == 0) return {};
  auto holds = texts.holds(number, rules::cut_joined(newest));
  if (!holds) return holds.error();
  if (!*holds) {
    checker.found(
        fmt::format("searches look into another text of entry {} than its newest revision {}",
                    newest.entry_id, newest.number),
        kCopyAnew);
  }
  return {};
}

Status check_entries(Checker& checker, TextCheck& texts) {
  auto done = pages<std::int64_t>(
      checker, "SELECT n FROM entries WHERE n > ? ORDER BY n LIMIT ?", INT64_MIN, of_number,
      [&](const std::int64_t& number) { return check_entry(checker, texts, number); });
  if (!done) return done;
  auto holds = texts.index_holds();
  if (!holds) return holds.error();
  if (!*holds) checker.found("the index of words is not that of the texts it is over", kCopyAnew);
  return {};
}

// A text by code points.
class Points {
 public:
  explicit Points(std::string text) : text_(std::move(text)) {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if ((static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80) starts_.push_back(i);
    }
    starts_.push_back(text_.size());
  }
  // Whether the span's words stand where it says.
  bool holds(const model::Span& span) const {
    if (span.begin > span.end || span.end >= starts_.size()) return false;
    auto from = starts_[span.begin];
    return std::string_view(text_).substr(from, starts_[span.end] - from) == span.text;
  }

 private:
  std::string text_;
  std::vector<std::size_t> starts_;
};

// The first of the extraction's spans that its text does not hold.
std::optional<model::Span> stray_span(const model::Extraction& extraction, const Points& text) {
  std::vector<const model::Span*> spans;
  for (const auto& time : extraction.times) spans.push_back(&time.span);
  for (const auto& mention : extraction.mentions) spans.push_back(&mention.span);
  if (extraction.happened_span) spans.push_back(&*extraction.happened_span);
  for (const auto& claim : extraction.claims) {
    spans.push_back(&claim.span);
    spans.push_back(&claim.sentence);
  }
  for (const auto* span : spans) {
    if (!text.holds(*span)) return *span;
  }
  return std::nullopt;
}

struct Text {
  std::string title;
  std::string body;
};
void read(Rows& rows, Text& text) {
  text.title = rows.text();
  text.body = rows.text();
}

Status check_extraction(Checker& checker, const Key& key) {
  auto found = extraction(checker.db(), key.id, static_cast<int>(key.number));
  if (!found) return found.error();
  auto text = first<Text>(checker.db(),
                          "SELECT title, body FROM entries JOIN revisions ON entry = n WHERE id = "
                          "? AND number = ?",
                          {key.id, key.number});
  if (!text) return text.error();
  if (!*found || !*text) return {};  // told already
  model::Revision revision;
  revision.title = std::move((*text)->title);
  revision.body = std::move((*text)->body);
  if (auto stray = stray_span(**found, Points(revision.text()))) {
    checker.found(fmt::format("{} {} has words at {} to {} that are not there", key.id, key.number,
                              stray->begin, stray->end),
                  kDeriveAgain);
  }
  return {};
}

Status check_extractions(Checker& checker) {
  return pages<Key>(checker,
                    "SELECT entry_id, revision FROM extractions WHERE (entry_id, revision) > (?, "
                    "?) ORDER BY entry_id, revision LIMIT ?",
                    {}, of_key, [&](const Key& key) { return check_extraction(checker, key); });
}

// Every block can be read, and all but a signal's last one are full.
Status check_blocks(Checker& checker) {
  auto each = [&](const Key& key) -> Status {
    auto rows = checker.db().rows(
        "SELECT samples, (SELECT max(block) FROM signal_blocks AS b WHERE b.signal = s.signal) "
        "FROM signal_blocks AS s WHERE signal = ? AND block = ?",
        {key.id, key.number});
    if (rows->next()) {
      auto samples = unpack(rows->blob());
      bool last = rows->integer() == key.number;
      if (!samples || (!last && samples->size() < kBlockSamples)) {
        checker.found(fmt::format("block {} of the samples of signal {} is not what was written",
                                  key.number, key.id),
                      kBringBack);
      }
    }
    return rows->status();
  };
  return pages<Key>(checker,
                    "SELECT signal, block FROM signal_blocks WHERE (signal, block) > (?, ?) ORDER "
                    "BY signal, block LIMIT ?",
                    {"", -1}, of_key, each);
}

Status check_outages(Checker& checker) {
  auto each = [&](const Key& key) -> Status {
    auto rows = checker.db().rows("SELECT hash, outages.* FROM outages WHERE id = ? AND number = ?",
                                  {key.id, key.number});
    if (rows->next()) {
      auto hash = rows->text();
      model::Outage outage;
      read(*rows, outage);
      if (rows->status() && model::outage_hash(outage) != hash) {
        checker.found(
            fmt::format("revision {} of outage {} is not what was written", key.number, key.id),
            kBringBack);
      }
    }
    return rows->status();
  };
  return pages<Key>(checker,
                    "SELECT id, number FROM outages WHERE (id, number) > (?, ?) ORDER BY id, "
                    "number LIMIT ?",
                    {}, of_key, each);
}

// People's decisions name entries that are there.
Status check_edits(Checker& checker) {
  auto is_there = [&](const std::string& id) {
    return first<std::int64_t>(checker.db(), "SELECT 1 FROM entries WHERE id = ?", {id});
  };
  auto each = [&](const std::int64_t& seq) -> Status {
    auto edit = first<model::Edit>(checker.db(), "SELECT * FROM edits WHERE seq = ?", {seq});
    if (!edit) return edit.error();
    if (!*edit) return {};
    auto named = (*edit)->entries;
    if ((*edit)->target.starts_with("ent-")) named.push_back((*edit)->target);
    for (const auto& id : named) {
      auto there = is_there(id);
      if (!there) return there.error();
      if (*there) continue;
      checker.found(fmt::format("edit {} is about entry {}, which is not there", seq, id),
                    kBringBack);
    }
    return {};
  };
  return pages<std::int64_t>(checker, "SELECT seq FROM edits WHERE seq > ? ORDER BY seq LIMIT ?",
                             std::int64_t{0}, of_number, each);
}

// Lists and details that are kept as JSON can be read.
template <typename T>
Status readable(Checker& checker, std::string_view table) {
  auto keys = fmt::format("SELECT id FROM {} WHERE id > ? ORDER BY id LIMIT ?", table);
  auto row = fmt::format("SELECT * FROM {} WHERE id = ?", table);
  return pages<std::string>(checker, keys, "", of_text, [&](const std::string& id) -> Status {
    auto record = first<T>(checker.db(), row, {id});
    if (!record) checker.found(fmt::format("{} cannot be read", id), kDeriveAgain);
    return {};
  });
}

}  // namespace

Status check_contents(Checker& checker, TextCheck& texts) {
  const std::pair<std::string_view, std::function<Status()>> passes[] = {
      {"document_bytes", [&] { return check_bytes(checker); }},
      {"revisions", [&] { return check_entries(checker, texts); }},
      {"outages", [&] { return check_outages(checker); }},
      {"signal_blocks", [&] { return check_blocks(checker); }},
      {"edits", [&] { return check_edits(checker); }},
      {"extractions", [&] { return check_extractions(checker); }},
      {"fused", [&] { return readable<model::Outage>(checker, "fused"); }},
      {"links", [&] { return readable<model::Link>(checker, "links"); }},
      {"incidents", [&] { return readable<model::Incident>(checker, "incidents"); }},
  };
  for (const auto& [where, pass] : passes) {
    if (auto done = checker.one(where, pass); !done) return done;
  }
  return {};
}

}  // namespace store::sql
