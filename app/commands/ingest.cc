#include "ingest/ingest.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "ingest/read.h"

namespace app {
namespace {

struct Options {
  std::vector<std::string> sources;
  std::string kind;
};

void print_json(const ::ingest::Outcome& outcome) {
  fmt::print("{}\n", boost::json::serialize(
                         boost::json::object{{"source", outcome.name},
                                             {"format", outcome.format},
                                             {"unchanged", outcome.unchanged},
                                             {"entries_added", outcome.entries_added},
                                             {"entries_revised", outcome.entries_revised},
                                             {"entries_unchanged", outcome.entries_unchanged},
                                             {"outages_added", outcome.outages_added},
                                             {"outages_revised", outcome.outages_revised},
                                             {"outages_unchanged", outcome.outages_unchanged},
                                             {"signals_changed", outcome.signals_changed},
                                             {"warnings", outcome.warnings.size()}}));
}

// "35 entries new, 1 revised"; "unchanged" when these very bytes were read before.
std::string in_words(const ::ingest::Outcome& outcome) {
  if (outcome.unchanged) return "unchanged";
  std::string out;
  auto add = [&out](auto count, std::string_view one, std::string_view more,
                    std::string_view what = {}) {
    if (count == 0) return;
    out += fmt::format("{}{} {}{}", out.empty() ? "" : ", ", count, count == 1 ? one : more, what);
  };
  add(outcome.entries_added, "entry", "entries", " new");
  add(outcome.entries_revised, "entry", "entries", " revised");
  add(outcome.entries_unchanged, "entry", "entries", " as before");
  add(outcome.outages_added, "outage", "outages", " new");
  add(outcome.outages_revised, "outage", "outages", " revised");
  add(outcome.outages_unchanged, "outage", "outages", " as before");
  add(outcome.signals_changed, "signal", "signals");
  add(outcome.warnings.size(), "warning", "warnings");
  return out.empty() ? "nothing in it" : out;
}

// A rewritten line on a terminal, so that a long run can be watched.
class Progress {
 public:
  explicit Progress(std::size_t total) : total_(total), shown_(stderr_is_terminal() && total > 1) {}
  void at(std::size_t done, const std::string& name) const {
    if (shown_) fmt::print(stderr, "\r\x1b[K[{}/{}] {:.60}", done + 1, total_, name);
  }
  void clear() const {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
  }

 private:
  std::size_t total_;
  bool shown_;
};

struct Work {
  store::Store& store;
  const Options& options;
  const Context& context;
  model::Instant now{};
  std::optional<feeds::Kind> kind;
  int code = kDone;
};

// Whether the user named this very source; what only lies in a folder may be anything.
bool named(const Options& options, const std::string& name) {
  return std::find(options.sources.begin(), options.sources.end(), name) != options.sources.end();
}

void ingest_one(Work& work, const ::ingest::Found& found, const Progress& progress) {
  if (found.error) {
    work.code = fail(*found.error);
    return;
  }
  auto input = ::ingest::read(found.name);
  if (!input) {
    work.code = fail(input.error());
    return;
  }
  input->kind = work.kind;
  auto outcome = ::ingest::ingest_document(work.store, *input, work.now);
  progress.clear();
  if (!outcome) {
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
    print_json(*outcome);
  } else {
    fmt::print("{}: {}\n", found.name, in_words(*outcome));
  }
}

int run(const Options& options, const Context& context) {
  std::optional<feeds::Kind> kind;
  if (!options.kind.empty() && !(kind = feeds::kind_named(options.kind))) {
    return bad_usage(
        fmt::format("--kind: no kind “{}”; there are news, page, outages-csv, "
                    "outages-jsonl, ioda and radar",
                    options.kind));
  }
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto found = ::ingest::expand(options.sources);
  // What cannot be read needs no database: a mistyped name leaves none behind.
  bool any = std::any_of(found.begin(), found.end(), [](const auto& one) { return !one.error; });
  if (!any) {
    for (const auto& one : found) fail(*one.error);
    if (found.empty()) fmt::print(stderr, "faultline: there is nothing in it to read\n");
    return kFailed;
  }
  auto store = context.open(false);
  if (!store) return fail(store.error());
  Work work{**store, options, context, *now, kind, kDone};
  Progress progress(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    progress.at(i, found[i].name);
    ingest_one(work, found[i], progress);
  }
  return work.code;
}

}  // namespace

std::function<int()> ingest(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  options.add_option("sources", given->sources, "Files, folders, http(s) URLs; - is stdin")
      ->required();
  options.add_option("--kind", given->kind,
                     "Do not detect: news, page, outages-csv, outages-jsonl, ioda or radar");
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
