#include "ingest/backfill.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <deque>
#include <filesystem>
#include <set>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "feeds/archive/paging.h"
#include "ingest/archive.h"

namespace ingest {
namespace {

using model::Result;
using model::Status;

// Documents between two notes of how far it is.
constexpr std::int64_t kBetweenNotes = 200;

void add(Backfilled& total, Outcome outcome) {
  ++total.documents;
  auto& sum = total.sum;
  if (sum.format.empty()) sum.format = outcome.format;
  sum.unchanged = sum.unchanged && outcome.unchanged;
  sum.entries_added += outcome.entries_added;
  sum.entries_revised += outcome.entries_revised;
  sum.entries_unchanged += outcome.entries_unchanged;
  sum.outages_added += outcome.outages_added;
  sum.outages_revised += outcome.outages_revised;
  sum.routes += outcome.routes;
  sum.outages_unchanged += outcome.outages_unchanged;
  sum.signals_changed += outcome.signals_changed;
  for (auto& warning : outcome.warnings) {
    if (sum.warnings.size() >= kMostWarnings) break;
    sum.warnings.push_back({outcome.name + ", " + warning.place, std::move(warning.message)});
  }
}

// The note in the store of how far an archive was read: "SIZE TIME DOCUMENTS", and " end".
class Note {
 public:
  Note(store::Store& store, const std::string& path) : store_(store) {
    std::error_code failure;
    auto whole = std::filesystem::weakly_canonical(path, failure).string();
    key_ = "backfill " + (failure ? path : whole);
    size_ = std::filesystem::file_size(path, failure);
    if (failure) size_ = 0;
    auto time = std::filesystem::last_write_time(path, failure).time_since_epoch();
    file_ = fmt::format("{} {} ", size_, failure ? 0 : time.count());
  }

  std::size_t size() const { return size_; }

  // Documents that were read before; -1: all. 0 when the file is not the one that was read.
  Result<std::int64_t> read() {
    auto note = store_.meta(key_);
    if (!note) return note.error();
    std::string_view text = *note;
    if (!text.starts_with(file_)) return std::int64_t{0};
    text.remove_prefix(file_.size());
    if (text.ends_with(" end")) return std::int64_t{-1};
    std::int64_t done = 0;
    std::from_chars(text.data(), text.data() + text.size(), done);
    return done;
  }

  Status write(std::int64_t documents, bool end) {
    auto writer = store_.begin();
    if (!writer) return writer.error();
    auto value = fmt::format("{}{}{}", file_, documents, end ? " end" : "");
    if (auto set = (*writer)->set_meta(key_, value); !set) return set;
    return (*writer)->commit();
  }

 private:
  store::Store& store_;
  std::string key_;
  std::string file_;
  std::size_t size_ = 0;
};

// One document of an archive. What is none of ours is passed over; a store that fails ends it all.
Status read_one(store::Store& store, Archive::Item item, std::optional<feeds::Kind> kind,
                model::Instant now, Backfilled& total) {
  if (!item.input.kind) item.input.kind = kind;
  auto outcome = ingest_document(store, item.input, item.at.value_or(now));
  if (outcome) {
    add(total, std::move(*outcome));
  } else if (outcome.error().code == model::Errc::kInvalid) {
    ++total.passed_over;
  } else {
    return outcome.error();
  }
  return {};
}

}  // namespace

Result<Backfilled> backfill_archive(store::Store& store, const std::string& path,
                                    std::optional<feeds::Kind> kind, model::Instant now,
                                    const Watch& watch) {
  Backfilled total;
  total.sum.name = path;
  total.sum.unchanged = true;
  auto archive = open_archive(path);
  if (!archive) return archive.error();
  Note note(store, path);
  auto before = note.read();
  if (!before) return before.error();
  if (*before < 0) return total;
  total.resumed_at = *before;
  for (std::int64_t n = 0;; ++n) {
    auto item = (*archive)->next();
    if (!item) return item.error();
    if (!*item) {
      total.passed_over += static_cast<std::int64_t>((*archive)->passed_over());
      auto noted = note.write(n, true);
      return noted ? Result<Backfilled>(std::move(total)) : noted.error();
    }
    watch({(*archive)->taken(), note.size(), (*item)->input.name});
    if (n < *before) continue;
    if (auto done = read_one(store, std::move(**item), kind, now, total); !done) {
      return done.error();
    }
    if ((n + 1) % kBetweenNotes != 0) continue;
    if (auto noted = note.write(n + 1, false); !noted) return noted.error();
  }
}

Result<Backfilled> backfill_pages(store::Store& store, const Input& first, std::size_t pages,
                                  model::Instant now, const Get& get, const Watch& watch) {
  Backfilled total;
  total.sum.name = first.name;
  total.sum.unchanged = true;
  std::set<std::string> been{first.url};
  std::deque<std::string> queue;
  auto look_ahead = [&](const Input& input, bool any_new) {
    auto document = news_of(input);
    bool stated = std::any_of(document.links.begin(), document.links.end(), [](const auto& link) {
      return link.rel == "prev-archive" || link.rel == "sitemap";
    });
    if (!any_new && !stated) return;
    for (auto& address : feeds::archive::next_pages(document, input.url)) {
      if (been.insert(address).second) queue.push_back(std::move(address));
    }
  };
  look_ahead(first, true);
  for (std::size_t n = 0; n < pages && !queue.empty(); ++n) {
    auto address = std::move(queue.front());
    queue.pop_front();
    watch({n, std::min(pages, n + 1 + queue.size()), address});
    auto input = get(address);
    auto outcome = input ? ingest_document(store, *input, now) : Result<Outcome>(input.error());
    if (!outcome && outcome.error().code == model::Errc::kConflict) return outcome.error();
    if (!outcome) {
      ++total.passed_over;
      total.sum.warnings.push_back({address, outcome.error().message});
      continue;
    }
    bool any_new = outcome->entries_added + outcome->entries_revised > 0;
    add(total, std::move(*outcome));
    look_ahead(*input, any_new);
  }
  return total;
}

}  // namespace ingest
