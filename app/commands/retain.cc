#include "store/retain.h"

#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/durations.h"
#include "ingest/raw.h"

namespace app {
namespace {

struct Options {
  std::int64_t keep = 0;  // seconds
  std::string archive;
  bool dry_run = false;
};

int run(const Options& options, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  if (options.keep <= 0) return bad_usage("--keep: say for how long, as 90d");
  store::RetainOptions wanted;
  wanted.now = *now;
  wanted.before = *now - model::Seconds(options.keep);
  wanted.archive = options.archive.empty() || options.archive.find(':') != std::string::npos
                       ? options.archive
                       : "sqlite:" + options.archive;
  if (wanted.archive == context.db) return bad_usage("--archive: name another store than --db");
  wanted.dry_run = options.dry_run;
  wanted.bytes_of = ::ingest::bytes_of;
  auto done = store::retain(context.db, wanted);
  if (!done) return fail(done.error());
  if (context.json) {
    fmt::print("{}\n", boost::json::serialize(boost::json::object{{"documents", done->documents},
                                                                  {"bytes", done->bytes},
                                                                  {"kept", done->kept},
                                                                  {"archive", wanted.archive},
                                                                  {"dry_run", options.dry_run}}));
    return kDone;
  }
  fmt::print(
      "The bytes of {} documents ({} bytes) {}{}; {} documents as old stay, they are cited.\n",
      done->documents, done->bytes, options.dry_run ? "would go" : "went",
      options.archive.empty() ? "" : " into " + options.archive, done->kept);
  return kDone;
}

}  // namespace

std::function<int()> retain(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  add_duration(options, "--keep", given->keep, "Documents fetched within this time stay: 90d");
  options.add_option("--archive", given->archive,
                     "A database (FILE, or as for --db) that takes them first, and is looked into");
  options.add_flag("--dry-run", given->dry_run, "Only say what would go");
  options.footer(
      "Gives away the bytes of old documents that no measurement, incident, link, verdict, "
      "decision\n"
      "or digest leads back to. All records stay: no timeline changes. docs/backup.md.");
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
