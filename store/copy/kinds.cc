#include "store/copy/kinds.h"

#include <bit>
#include <charconv>
#include <functional>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "store/sql/rows.h"

namespace store::copy {
namespace {

using sql::Values;

void add(const sql::Value& value, std::string& out) {
  const auto& held = value.held();
  if (const auto* number = std::get_if<std::int64_t>(&held)) {
    out += fmt::format("i{};", *number);
  } else if (const auto* real = std::get_if<double>(&held)) {
    out += fmt::format("d{:x};", std::bit_cast<std::uint64_t>(*real));
  } else if (const auto* blob = std::get_if<sql::Blob>(&held)) {
    out.append(fmt::format("t{}:", blob->bytes.size())).append(blob->bytes);
  } else if (const auto* own = std::get_if<std::string>(&held)) {
    out.append(fmt::format("t{}:", own->size())).append(*own);
  } else if (const auto* text = std::get_if<std::string_view>(&held)) {
    out.append(fmt::format("t{}:", text->size())).append(*text);
  } else {
    out += "n;";
  }
}

std::string bytes_of(const Values& values) {
  std::string out;
  for (const auto& value : values) add(value, out);
  return out;
}

std::string bytes_of(const std::vector<std::string>& list) {
  std::string out;
  for (const auto& text : list) add(text, out);
  return out + "|";
}

// What a put says, without what it did.
template <typename T>
Status done(const Result<T>& result) {
  return result ? Status() : Status(result.error());
}

// Records that the store lists as a whole.
template <typename T>
class List final : public Kind {
 public:
  struct Ways {
    std::function<Result<std::vector<T>>(Store&)> load;
    std::function<std::string(const T&)> key;
    std::function<Status(Writer&, const T&)> put;
    std::function<std::string(const T&)> bytes;
  };
  List(std::string_view name, Ways ways) : Kind(name), ways_(std::move(ways)) {}

  Result<Page> keys(Store& store, std::string_view after, std::size_t limit) override {
    auto records = loaded(store);
    if (!records) return records.error();
    Page out;
    for (auto at = (*records)->upper_bound(std::string(after)); at != (*records)->end(); ++at) {
      if (out.ids.size() == limit) {
        out.next = out.ids.back();
        break;
      }
      out.ids.push_back(at->first);
    }
    return out;
  }
  Status copy(Store& from, Writer& to, const std::vector<std::string>& keys) override {
    auto records = loaded(from);
    if (!records) return records.error();
    for (const auto& key : keys) {
      if (auto put = ways_.put(to, (*records)->at(key)); !put) return put;
    }
    return {};
  }
  Result<std::string> bytes(Store& store, const std::string& key) override {
    auto records = loaded(store);
    if (!records) return records.error();
    return ways_.bytes((*records)->at(key));
  }

 private:
  Result<const std::map<std::string, T>*> loaded(Store& store) {
    auto& kept = records_[&store];
    if (!kept.empty()) return &std::as_const(kept);
    auto all = ways_.load(store);
    if (!all) return all.error();
    for (auto& record : *all) kept.emplace(ways_.key(record), std::move(record));
    return &std::as_const(kept);
  }

  Ways ways_;
  std::map<Store*, std::map<std::string, T>> records_;
};

// Records that the store gives one by one.
class Single final : public Kind {
 public:
  struct Ways {
    std::function<Result<Page>(Store&, std::string_view, std::size_t)> keys;
    std::function<Status(Store&, Writer&, const std::string&)> put;
    std::function<Result<std::string>(Store&, const std::string&)> bytes;
  };
  Single(std::string_view name, Ways ways) : Kind(name), ways_(std::move(ways)) {}

  Result<Page> keys(Store& store, std::string_view after, std::size_t limit) override {
    return ways_.keys(store, after, limit);
  }
  Status copy(Store& from, Writer& to, const std::vector<std::string>& keys) override {
    for (const auto& key : keys) {
      if (auto put = ways_.put(from, to, key); !put) return put;
    }
    return {};
  }
  Result<std::string> bytes(Store& store, const std::string& key) override {
    return ways_.bytes(store, key);
  }

 private:
  Ways ways_;
};

auto listed(Listed what) {
  return [what](Store& store, std::string_view after, std::size_t limit) {
    return store.listed(what, after, limit);
  };
}

Result<Page> entry_ids(Store& store, std::string_view after, std::size_t limit) {
  return store.entries(after, limit);
}

// Of records that the store gives one by one and takes as they are.
template <typename T>
std::unique_ptr<Kind> single(std::string_view name, Listed what,
                             Result<std::optional<T>> (Store::*get)(std::string_view)) {
  return std::make_unique<Single>(
      name, Single::Ways{listed(what),
                         [get](Store& from, Writer& to, const std::string& key) -> Status {
                           auto record = (from.*get)(key);
                           if (!record) return record.error();
                           return *record ? done(to.put(**record)) : Status();
                         },
                         [get](Store& store, const std::string& key) -> Result<std::string> {
                           auto record = (store.*get)(key);
                           if (!record) return record.error();
                           return *record ? bytes_of(sql::values(**record)) : std::string();
                         }});
}

// Of records that the store lists, and takes and tells apart as they are.
template <typename T>
std::unique_ptr<Kind> list(std::string_view name, Result<std::vector<T>> (Store::*load)(),
                           std::string T::*key) {
  return std::make_unique<List<T>>(
      name, typename List<T>::Ways{[load](Store& store) { return (store.*load)(); },
                                   [key](const T& record) { return record.*key; },
                                   [](Writer& to, const T& record) -> Status {
                                     auto put = to.put(record);
                                     return put ? Status() : Status(put.error());
                                   },
                                   [](const T& record) { return bytes_of(sql::values(record)); }});
}

std::unique_ptr<Kind> documents() {
  using model::Document;
  return std::make_unique<List<Document>>(
      "documents",
      List<Document>::Ways{[](Store& store) { return store.documents(""); },
                           [](const Document& d) { return d.source_id + "\n" + d.id; },
                           [](Writer& to, const Document& d) { return done(to.put(d)); },
                           [](const Document& d) { return bytes_of(sql::values(d)); }});
}

std::unique_ptr<Kind> entries() {
  auto put = [](Store& from, Writer& to, const std::string& id) -> Status {
    auto entry = from.entry(id);
    if (!entry) return entry.error();
    auto revisions = from.revisions(id);
    if (!revisions) return revisions.error();
    return *entry ? to.restore(**entry, *revisions) : Status();
  };
  auto bytes = [](Store& store, const std::string& id) -> Result<std::string> {
    auto entry = store.entry(id);
    if (!entry) return entry.error();
    auto revisions = store.revisions(id);
    if (!revisions) return revisions.error();
    if (!*entry) return std::string();
    auto out = bytes_of(sql::values(**entry));
    add((*entry)->gone_at, out);
    for (const auto& revision : *revisions) out += bytes_of(sql::values(0, revision));
    return out;
  };
  return std::make_unique<Single>("entries", Single::Ways{entry_ids, put, bytes});
}

std::string key_of_number(std::int64_t number) { return fmt::format("{:020}", number); }

std::int64_t number_of(std::string_view key) {
  std::int64_t out = 0;
  std::from_chars(key.data(), key.data() + key.size(), out);
  return out;
}

// All revisions of each record.
class Outages final : public Kind {
 public:
  Outages()
      : Kind("outages"),
        heads_("outages", {[](Store& store) { return store.outages({}); },
                           [](const model::Outage& outage) { return outage.id; },
                           [](Writer&, const model::Outage&) { return Status(); },
                           [](const model::Outage&) { return std::string(); }}) {}

  Result<Page> keys(Store& store, std::string_view after, std::size_t limit) override {
    return heads_.keys(store, after, limit);
  }
  Status copy(Store& from, Writer& to, const std::vector<std::string>& keys) override {
    for (const auto& id : keys) {
      auto revisions = from.outage_revisions(id);
      if (!revisions) return revisions.error();
      for (const auto& revision : *revisions) {
        if (auto put = to.put(revision); !put) return put.error();
      }
    }
    return {};
  }
  Result<std::string> bytes(Store& store, const std::string& key) override {
    auto revisions = store.outage_revisions(key);
    if (!revisions) return revisions.error();
    std::string out;
    for (const auto& revision : *revisions) out += bytes_of(sql::values(revision));
    return out;
  }

 private:
  List<model::Outage> heads_;
};

std::unique_ptr<Kind> signals() {
  auto keys = [](Store& store, std::string_view after, std::size_t limit) -> Result<Page> {
    auto heads = store.signal_heads();
    if (!heads) return heads.error();
    Page out;
    for (const auto& head : *heads) {
      if (head.id <= after) continue;
      if (out.ids.size() == limit) {
        out.next = out.ids.back();
        break;
      }
      out.ids.push_back(head.id);
    }
    return out;
  };
  auto put = [](Store& from, Writer& to, const std::string& id) -> Status {
    auto signal = from.signal(id);
    if (!signal) return signal.error();
    return *signal ? done(to.put(**signal)) : Status();
  };
  auto bytes = [](Store& store, const std::string& id) -> Result<std::string> {
    auto signal = store.signal(id);
    if (!signal) return signal.error();
    if (!*signal) return std::string();
    auto out = bytes_of(sql::values(**signal));
    for (const auto& value : (*signal)->values) add(value, out);
    return out;
  };
  return std::make_unique<Single>("signals", Single::Ways{keys, put, bytes});
}

std::unique_ptr<Kind> source_states() {
  auto put = [](Store& from, Writer& to, const std::string& source) -> Status {
    auto state = from.source_state(source);
    return state ? to.set_source_state(source, *state) : Status(state.error());
  };
  auto bytes = [](Store& store, const std::string& source) { return store.source_state(source); };
  return std::make_unique<Single>("source states",
                                  Single::Ways{listed(Listed::kSourceState), put, bytes});
}

std::unique_ptr<Kind> edits() {
  using model::Edit;
  auto put = [](Writer& to, const Edit& edit) -> Status {
    auto seq = to.append(edit);
    if (!seq) return seq.error();
    if (*seq == edit.seq) return {};
    return model::Error{model::Errc::kConflict,
                        fmt::format("Edit {} came to be number {} in the copy; numbers are missing "
                                    "in the store that is copied.",
                                    edit.seq, *seq)};
  };
  return std::make_unique<List<Edit>>(
      "edits", List<Edit>::Ways{[](Store& store) { return store.edits(0); },
                                [](const Edit& edit) { return key_of_number(edit.seq); }, put,
                                [](const Edit& edit) { return bytes_of(sql::values(edit)); }});
}

// What was found in an entry, revision by revision, with its links and verdicts.
struct Findings {
  std::vector<model::Extraction> extractions;
  std::vector<model::Link> links;
  std::vector<model::Verdict> verdicts;
};
Result<Findings> findings_of(Store& store, const std::string& id) {
  Findings out;
  auto revisions = store.revisions(id);
  if (!revisions) return revisions.error();
  for (const auto& revision : *revisions) {
    auto extraction = store.extraction(id, revision.number);
    if (!extraction) return extraction.error();
    if (*extraction) out.extractions.push_back(**std::move(extraction));
  }
  auto links = store.links_of_entry(id);
  if (!links) return links.error();
  auto verdicts = store.verdicts_of_entry(id);
  if (!verdicts) return verdicts.error();
  out.links = *std::move(links);
  out.verdicts = *std::move(verdicts);
  return out;
}

std::unique_ptr<Kind> findings() {
  auto put = [](Store& from, Writer& to, const std::string& id) -> Status {
    auto found = findings_of(from, id);
    if (!found) return found.error();
    Status status;
    for (const auto& extraction : found->extractions) {
      if (status) status = to.set_extraction(extraction);
    }
    if (status && !found->links.empty()) status = to.set_links(id, found->links);
    if (status && !found->verdicts.empty()) status = to.set_verdicts(id, found->verdicts);
    return status;
  };
  auto bytes = [](Store& store, const std::string& id) -> Result<std::string> {
    auto found = findings_of(store, id);
    if (!found) return found.error();
    std::string out;
    for (const auto& one : found->extractions) {
      out += bytes_of(sql::values(one));
      for (std::size_t i = 0; i < one.claims.size(); ++i) out += bytes_of(sql::values(one, i));
    }
    for (const auto& link : found->links) {
      out += bytes_of(sql::values(link));
      for (std::size_t i = 0; i < link.reasons.size(); ++i) {
        out += bytes_of(sql::values(link, link.reasons[i], i));
      }
    }
    for (const auto& verdict : found->verdicts) out += bytes_of(sql::values(verdict));
    return out;
  };
  return std::make_unique<Single>("findings", Single::Ways{entry_ids, put, bytes});
}

std::unique_ptr<Kind> detections() {
  auto put = [](Store& from, Writer& to, const std::string& series) -> Status {
    auto outages = from.detections(series);
    return outages ? to.set_detections(series, *outages) : Status(outages.error());
  };
  auto bytes = [](Store& store, const std::string& series) -> Result<std::string> {
    auto outages = store.detections(series);
    if (!outages) return outages.error();
    std::string out;
    for (const auto& outage : *outages) out += bytes_of(sql::values(outage));
    return out;
  };
  return std::make_unique<Single>("detections", Single::Ways{listed(Listed::kSeries), put, bytes});
}

std::unique_ptr<Kind> fused() {
  using model::Outage;
  return std::make_unique<List<Outage>>(
      "fused outages",
      List<Outage>::Ways{[](Store& store) { return store.fused({}); },
                         [](const Outage& outage) { return outage.id; },
                         [](Writer& to, const Outage& outage) { return to.set_fused(outage); },
                         [](const Outage& outage) { return bytes_of(sql::values(outage)); }});
}

std::unique_ptr<Kind> stories() {
  using model::Story;
  return std::make_unique<List<Story>>(
      "stories",
      List<Story>::Ways{[](Store& store) { return store.stories(); },
                        [](const Story& story) { return story.id; },
                        [](Writer& to, const Story& story) { return to.set_story(story); },
                        [](const Story& story) {
                          return bytes_of(sql::values(story)) + bytes_of(story.entry_ids);
                        }});
}

std::unique_ptr<Kind> incidents() {
  using model::Incident;
  return std::make_unique<List<Incident>>(
      "incidents",
      List<Incident>::Ways{[](Store& store) { return store.incidents(); },
                           [](const Incident& incident) { return incident.id; },
                           [](Writer& to, const Incident& one) { return to.set_incident(one); },
                           [](const Incident& one) {
                             return bytes_of(sql::values(one)) + bytes_of(one.story_ids) +
                                    bytes_of(one.outage_ids);
                           }});
}

std::unique_ptr<Kind> meta() {
  auto keys = [](Store& store, std::string_view after, std::size_t limit) -> Result<Page> {
    auto page = store.listed(Listed::kMeta, after, limit);
    if (page) std::erase(page->ids, kMark);
    return page;
  };
  auto put = [](Store& from, Writer& to, const std::string& key) -> Status {
    auto value = from.meta(key);
    return value ? to.set_meta(key, *value) : Status(value.error());
  };
  auto bytes = [](Store& store, const std::string& key) { return store.meta(key); };
  return std::make_unique<Single>("meta values", Single::Ways{keys, put, bytes});
}

// Last: what was put before has noted changes of its own.
class Changes final : public Kind {
 public:
  Changes() : Kind("changes") {}

  Result<Page> keys(Store& store, std::string_view after, std::size_t limit) override {
    auto changes = store.changes(number_of(after), limit + 1);
    if (!changes) return changes.error();
    Page out;
    for (const auto& change : *changes) out.ids.push_back(key_of_number(change.seq));
    if (out.ids.size() <= limit) return out;
    out.ids.pop_back();
    out.next = out.ids.back();
    return out;
  }
  Status copy(Store& from, Writer& to, const std::vector<std::string>& keys) override {
    auto after = number_of(keys.front()) - 1;
    auto changes = from.changes(after, keys.size());
    return changes ? to.restore_changes(after, *changes) : Status(changes.error());
  }
  Result<std::string> bytes(Store& store, const std::string& key) override {
    auto changes = store.changes(number_of(key) - 1, 1);
    if (!changes) return changes.error();
    if (changes->empty()) return std::string();
    return bytes_of({changes->front().seq, changes->front().kind, changes->front().id});
  }
};

}  // namespace

std::vector<std::unique_ptr<Kind>> kinds() {
  std::vector<std::unique_ptr<Kind>> out;
  out.push_back(list("sources", &Store::sources, &model::Source::id));
  out.push_back(documents());
  out.push_back(single("documents' bytes", Listed::kRaw, &Store::raw));
  out.push_back(entries());
  out.push_back(std::make_unique<Outages>());
  out.push_back(signals());
  out.push_back(source_states());
  out.push_back(list("polls", &Store::polls, &model::Poll::url));
  out.push_back(list("lists of names", &Store::name_lists, &model::NameList::id));
  out.push_back(list("tokens", &Store::tokens, &model::Token::id));
  out.push_back(list("subscriptions", &Store::subscriptions, &model::Subscription::id));
  out.push_back(single("digests", Listed::kIssue, &Store::issue));
  out.push_back(single("mails", Listed::kMail, &Store::mail));
  out.push_back(edits());
  out.push_back(findings());
  out.push_back(detections());
  out.push_back(fused());
  out.push_back(stories());
  out.push_back(incidents());
  out.push_back(meta());
  out.push_back(std::make_unique<Changes>());
  return out;
}

}  // namespace store::copy
