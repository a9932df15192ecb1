#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/show.h"
#include "feeds/outages/mrt/print.h"
#include "feeds/outages/mrt/record.h"
#include "ingest/unpack/file.h"

namespace app {
namespace {

struct Options {
  std::vector<std::string> files;
  bool host_bits = false;
};

constexpr std::size_t kFlushAt = 1U << 20U;

// False when nobody reads standard output any more, or the disk is full.
bool flush(feeds::outages::mrt::Text& text) {
  auto left = text.view();
  while (!left.empty()) {
    auto written = write(STDOUT_FILENO, left.data(), left.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) left.remove_prefix(static_cast<std::size_t>(written));
  }
  text.clear();
  return true;
}

int print_file(const std::string& path, const Options& options) {
  namespace mrt = feeds::outages::mrt;
  auto file = ingest::unpack::open(path);
  if (!file) return fail(file.error());
  mrt::Notes notes;
  mrt::RecordReader reader([&file](char* to, std::size_t size) { return (*file)->read(to, size); },
                           notes);
  mrt::Printer printer(notes, options.host_bits);
  mrt::Text text;
  bool any = false;
  for (mrt::Record record; reader.next(record);) {
    any = true;
    printer.print(record, text);
    if (text.size() < kFlushAt) continue;
    if (!flush(text)) return kFailed;
  }
  if (!flush(text)) return kFailed;
  for (const auto& warning : notes.warnings()) warn(path, warning);
  if ((*file)->error())
    return fail({(*file)->error()->code, path + ": " + (*file)->error()->message});
  bool empty = !any && notes.count() == 0;
  return any || empty ? kDone : kFailed;
}

int run(const Options& options) {
  int code = kDone;
  for (const auto& path : options.files) {
    if (print_file(path, options) != kDone) code = kFailed;
  }
  return code;
}

}  // namespace

std::function<int()> mrt(CLI::App& options, const Context& /*context*/) {
  auto given = std::make_shared<Options>();
  options.add_option("files", given->files, "MRT files, also gzip, bzip2 or zstd; - is stdin")
      ->required();
  options.add_flag("--host-bits", given->host_bits,
                   "Print 11.13.0.0/13 where that was sent, as bgpdump 1.6.2 (Debian 12) does; "
                   "later ones print 11.8.0.0/13, and so does this");
  return [given] { return run(*given); };
}

}  // namespace app
