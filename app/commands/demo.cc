#include <filesystem>
#include <memory>
#include <span>
#include <system_error>

#include <fmt/format.h>
#include <stdlib.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/sample.h"
#include "app/serve/incidents.h"
#include "app/serving.h"
#include "app/show.h"
#include "correlate/correlate.h"
#include "ingest/ingest.h"

namespace app {
namespace {

// The founding case: one word that the news and the outage share.
constexpr const char* kQuery = "north korea";

// A folder that is gone when the demo is over.
class ThrowAway {
 public:
  ThrowAway() {
    std::string pattern = (std::filesystem::temp_directory_path() / "faultline-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~ThrowAway() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  ThrowAway(const ThrowAway&) = delete;
  ThrowAway& operator=(const ThrowAway&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

model::Status fill(store::Store& store, model::Instant now) {
  std::int64_t entries = 0;
  std::int64_t outages = 0;
  for (const auto& file : sample_files()) {
    ::ingest::Input input;
    input.url = input.name = "sample/" + std::string(file.name.substr(file.name.rfind('/') + 1));
    input.bytes = std::string(file.bytes);
    auto outcome = ::ingest::ingest_document(store, input, now);
    if (!outcome) return outcome.error();
    for (const auto& warning : outcome->warnings) warn(input.name, warning);
    entries += outcome->entries_added;
    outages += outcome->outages_added;
  }
  fmt::print(stderr, "Read the shipped sample: {} entries, {} outages.\n", entries, outages);
  auto report = ::correlate::correlate(store, {});
  if (!report) return report.error();
  return {};
}

struct Options {
  std::string query = kQuery;
  TimelineOptions shown;
  bool serve = false;
  ServingOptions serving;
};

int run(const Options& options, const Context& context) {
  auto request = request_of(options.query, options.shown, context);
  if (!request) return bad_usage(request.error().message);
  if (auto query = store::query::parse(options.query, request->now); !query) {
    return bad_usage(query.error().message);
  }
  ThrowAway folder;
  if (folder.path().empty()) {
    return fail({model::Errc::kIo, "no folder for the throw-away database can be made in " +
                                       std::filesystem::temp_directory_path().string()});
  }
  auto store = store::open_store("sqlite:" + (folder.path() / "demo.db").string());
  if (!store) return fail(store.error());
  if (auto status = fill(**store, request->now); !status) return fail(status.error());
  auto found = ::correlate::timeline(**store, *request);
  if (!found) return fail(found.error());
  if (options.serve) {
    auto path = found->incidents.empty() ? std::string()
                                         : serve::incident_path(found->incidents.front().id);
    return serve_store(**store, options.serving, context, path);
  }
  show(*found, options.shown, context);
  return kDone;
}

}  // namespace

std::function<int()> demo(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  options.add_option("query", given->query, "What to ask the sample for")->capture_default_str();
  add_timeline_options(options, given->shown);
  options.add_flag("--serve", given->serve, "Show it as web pages, until Ctrl-C");
  add_serving_options(options, given->serving);
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
