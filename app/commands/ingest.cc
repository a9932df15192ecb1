#include "ingest/ingest.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/bgp.h"
#include "app/cli.h"
#include "app/commands.h"
#include "app/outcome.h"
#include "feeds/opml/opml.h"
#include "ingest/archive.h"
#include "ingest/backfill.h"
#include "ingest/read.h"
#include "ingest/target.h"

namespace app {
namespace {

struct Options {
  std::vector<std::string> sources;
  std::string kind;
  std::string mapping;
  std::size_t pages = 0;
  BgpOptions bgp;
};

constexpr std::size_t kBarWidth = 30;

// A rewritten line on a terminal, so that a long run can be watched.
class Progress {
 public:
  explicit Progress(std::size_t total) : total_(total), shown_(stderr_is_terminal() && total > 1) {}
  void at(std::size_t done, const std::string& name) const {
    if (shown_) fmt::print(stderr, "\r\x1b[K[{}/{}] {:.60}", done + 1, total_, name);
  }
  // A bar for what is inside one of them.
  void part(std::size_t done, std::size_t all, const std::string& name) const {
    if (!stderr_is_terminal() || all == 0) return;
    auto filled = std::min<std::size_t>(done * kBarWidth / all, kBarWidth);
    fmt::print(stderr, "\r\x1b[K[{:#<{}}{:.<{}}] {:.40}", "", filled, "", kBarWidth - filled, name);
  }
  void clear() const {
    if (stderr_is_terminal()) fmt::print(stderr, "\r\x1b[K");
  }

 private:
  std::size_t total_;
  bool shown_;
};

struct Work {
  store::Store& store;
  const Options& options;
  const Context& context;
  const ::ingest::FetcherOptions& network;
  model::Instant now{};
  std::optional<feeds::Kind> kind;
  const feeds::outages::Mapping* mapping = nullptr;
  int code = kDone;
  bool stopped = false;  // the store does not take anything
};

// Whether the user named this very source; what only lies in a folder may be anything.
bool named(const Options& options, const std::string& name) {
  return std::find(options.sources.begin(), options.sources.end(), name) != options.sources.end();
}

// Prints what a backfill came to.
void show(Work& work, const model::Result<::ingest::Backfilled>& done, const std::string& name,
          std::string_view what) {
  if (!done) {
    work.code = fail(done.error());
    return;
  }
  for (const auto& warning : done->sum.warnings) warn(name, warning);
  if (work.context.json) {
    fmt::print("{}\n", boost::json::serialize(to_json(done->sum)));
    return;
  }
  auto resumed = done->resumed_at > 0 ? fmt::format(", gone on after {}", done->resumed_at) : "";
  auto over = done->passed_over > 0 ? fmt::format(", {} passed over", done->passed_over) : "";
  fmt::print("{}: {} ({} {}{}{}{})\n", name, in_words(done->sum), done->documents, what,
             done->documents == 1 ? "" : "s", over, resumed);
}

void ingest_archive(Work& work, const std::string& name, const Progress& progress) {
  auto done = ::ingest::backfill_archive(
      work.store, name, work.kind, work.now,
      [&](const ::ingest::Step& step) { progress.part(step.done, step.all, step.name); });
  progress.clear();
  show(work, done, name, "document");
}

// The older pages of a feed that was just read.
void follow(Work& work, const ::ingest::Input& first, const Progress& progress) {
  auto done = ::ingest::backfill_pages(
      work.store, first, work.options.pages, work.now,
      [&](const std::string& address) {
        // What a feed names may be private only where the user named that very host.
        auto typed = ::ingest::target_of(first.url);
        auto next = ::ingest::target_of(address);
        bool same = typed && next && typed->authority == next->authority;
        return ::ingest::read(address, same ? ::ingest::as_typed() : ::ingest::Limits(),
                              work.network);
      },
      [&](const ::ingest::Step& step) { progress.part(step.done, step.all, step.name); });
  progress.clear();
  show(work, done, first.name, "older page");
}

// Who named a source decides where it may lead: a list may have come from anywhere.
enum class NamedBy { kUser, kList };
void ingest_one(Work& work, const ::ingest::Found& found, NamedBy by, const Progress& progress);

// Every feed that a list names, once: web addresses only, none of them private. Lists inside it are
// named and left alone.
void ingest_list(Work& work, const std::string& bytes, const std::string& name,
                 const Progress& progress) {
  auto list = feeds::opml::parse(bytes);
  for (const auto& warning : list.warnings) warn(name, warning);
  for (const auto& other : list.lists) {
    warn(name, {other.url, "is another list; ingest it by itself"});
  }
  for (const auto& feed : list.feeds) {
    if (work.stopped) return;
    if (::ingest::target_of(feed.url)) {
      ingest_one(work, {feed.url, std::nullopt}, NamedBy::kList, progress);
    } else {
      warn(name, {feed.url, "is no web address; left out"});
    }
  }
}

void ingest_one(Work& work, const ::ingest::Found& found, NamedBy by, const Progress& progress) {
  if (found.error) {
    work.code = fail(*found.error);
    return;
  }
  bool typed = by == NamedBy::kUser;
  if (typed && work.mapping == nullptr && ::ingest::is_archive(found.name) &&
      found.name.find("://") == std::string::npos) {
    ingest_archive(work, found.name, progress);
    return;
  }
  auto input =
      ::ingest::read(found.name, typed ? ::ingest::as_typed() : ::ingest::Limits(), work.network);
  if (!input) {
    work.code = fail(input.error());
    return;
  }
  input->kind = work.kind;
  input->mapping = work.mapping;
  if (typed && !work.kind && feeds::opml::is_list(input->bytes)) {
    progress.clear();
    ingest_list(work, input->bytes, found.name, progress);
    return;
  }
  auto outcome = ::ingest::ingest_document(work.store, *input, work.now);
  progress.clear();
  if (!outcome) {
    // What was read is whole: it is the store that failed, and will with the next one.
    work.stopped = outcome.error().code != model::Errc::kInvalid;
    bool stray = outcome.error().code == model::Errc::kInvalid && !named(work.options, found.name);
    if (stray) {
      fmt::print(stderr, "passed over: {}\n", outcome.error().message);
    } else {
      work.code = fail(outcome.error());
    }
    return;
  }
  for (const auto& warning : outcome->warnings) warn(found.name, warning);
  if (work.context.json) {
    fmt::print("{}\n", boost::json::serialize(to_json(*outcome)));
  } else {
    fmt::print("{}: {}\n", found.name, in_words(*outcome));
  }
  if (work.options.pages > 0) follow(work, *input, progress);
}

// BGP dumps become samples of what was asked for, and these one document.
void ingest_dumps(Work& work, const std::vector<std::string>& dumps, const Progress& progress) {
  auto signals = visibility_of(dumps, work.options.bgp);
  progress.clear();
  if (!signals) {
    work.code = fail({signals.error().code, dumps.front() + ": " + signals.error().message});
    return;
  }
  ::ingest::Input input;
  for (const auto& name : dumps) input.name += input.name.empty() ? name : " " + name;
  input.url = input.name;
  for (const auto& signal : *signals) input.bytes += to_json_line(signal) + "\n";
  input.kind = feeds::Kind::kOutagesJsonl;
  auto outcome = ::ingest::ingest_document(work.store, input, work.now);
  if (!outcome) {
    work.code = fail(outcome.error());
    return;
  }
  for (const auto& warning : outcome->warnings) warn(input.name, warning);
  if (work.context.json) {
    fmt::print("{}\n", boost::json::serialize(to_json(*outcome)));
  } else {
    fmt::print("{}: {}\n", input.name, in_words(*outcome));
  }
}

// Takes the BGP dumps out of what was found. They may be larger than documents are.
std::vector<std::string> take_dumps(std::vector<::ingest::Found>& found) {
  std::vector<std::string> dumps;
  std::vector<::ingest::Found> others;
  for (auto& one : found) {
    bool may_be = !one.error || one.error->code == model::Errc::kInvalid;
    bool web = one.name.find("://") != std::string::npos;
    if (may_be && !web && is_mrt(one.name)) {
      dumps.push_back(one.name);
    } else {
      others.push_back(std::move(one));
    }
  }
  found = std::move(others);
  return dumps;
}

int run(const Options& options, const Context& context) {
  std::optional<feeds::Kind> kind;
  if (!options.kind.empty() && !(kind = feeds::kind_named(options.kind))) {
    return bad_usage(fmt::format("--kind: no kind “{}”; there are {}", options.kind,
                                 feeds::kinds_in_words(false)));
  }
  const feeds::outages::Mapping* mapping = nullptr;
  if (!options.mapping.empty()) {
    auto found = context.mapping(options.mapping);
    if (!found) return bad_usage(found.error().message);
    mapping = *found;
  }
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto network = context.network();
  if (!network) return bad_usage(network.error().message);
  auto found = ::ingest::expand(options.sources);
  auto dumps = kind ? std::vector<std::string>() : take_dumps(found);
  // What cannot be read needs no database: a mistyped name leaves none behind.
  bool any = std::any_of(found.begin(), found.end(), [](const auto& one) { return !one.error; });
  if (!any && dumps.empty()) {
    for (const auto& one : found) fail(*one.error);
    if (found.empty()) fmt::print(stderr, "faultline: there is nothing in it to read\n");
    return kFailed;
  }
  auto store = context.open(false);
  if (!store) return fail(store.error());
  Work work{**store, options, context, *network, *now, kind, mapping, kDone, false};
  Progress progress(found.size());
  for (std::size_t i = 0; i < found.size() && !work.stopped; ++i) {
    progress.at(i, found[i].name);
    ingest_one(work, found[i], NamedBy::kUser, progress);
  }
  if (!dumps.empty() && !work.stopped) ingest_dumps(work, dumps, progress);
  return work.code;
}

}  // namespace

std::function<int()> ingest(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  options.add_option("sources", given->sources, "Files, folders, http(s) URLs; - is stdin")
      ->required();
  options.add_option("--kind", given->kind,
                     "Do not detect; one of " + feeds::kinds_in_words(false));
  options.add_option("--mapping", given->mapping,
                     "Read tables and lists as [mapping.NAME] of the configuration says");
  options.add_option("--pages", given->pages,
                     "Follow a feed's older pages, or a sitemap index, so far");
  auto* dumps = options.add_option_group(
      "BGP dumps",
      "MRT files are read as one stream, in the order given; what is sampled of them:");
  add_bgp_options(*dumps, given->bgp);
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
