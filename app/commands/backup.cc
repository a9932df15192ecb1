#include "store/backup.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "feeds/render/shared.h"

namespace app {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string file;
  bool force = false;
  std::size_t keep = 0;  // 0: `file` is no folder
};

constexpr std::string_view kName = "faultline-";

// "20141222T161500Z"
std::string stamp(model::Instant at) {
  auto out = model::to_iso(at);
  std::erase_if(out, [](char c) { return c == '-' || c == ':'; });
  return out;
}

// Whether a file's name is one that we give.
bool is_ours(const std::string& name) {
  constexpr std::string_view kShape = "00000000T000000Z";
  if (!name.starts_with(kName)) return false;
  auto rest = std::string_view(name).substr(kName.size());
  if (rest.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    bool digit = rest[i] >= '0' && rest[i] <= '9';
    if (kShape[i] == '0' ? !digit : rest[i] != kShape[i]) return false;
  }
  rest.remove_prefix(kShape.size());
  return rest == ".db" || rest == ".dump";
}

// Removes the oldest backups of the folder until so many are left, and never the one just made,
// whatever the clock said. Those that were removed.
model::Result<std::vector<std::string>> rotate(const fs::path& folder, std::size_t keep,
                                               const std::string& made) {
  std::vector<std::string> names, removed;
  std::error_code failure;
  for (const auto& one : fs::directory_iterator(folder, failure)) {
    auto name = one.path().filename().string();
    if (is_ours(name) && name != made) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  for (std::size_t i = 0; !failure && i + keep <= names.size(); ++i) {
    fs::remove(folder / names[i], failure);
    if (!failure) removed.push_back(names[i]);
  }
  if (failure) {
    return model::Error{model::Errc::kIo, "Old backups in " + folder.string() +
                                              " could not be removed (" + failure.message() +
                                              "); check the rights to it."};
  }
  return removed;
}

void tell(int done, int all) {
  if (stderr_is_terminal() && all > 0) {
    fmt::print(stderr, "\r\x1b[K{} of {} pages", done, all);
  }
}

int run(const Options& options, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  fs::path file(options.file);
  std::error_code ignored;
  if (options.keep > 0) {
    if (!fs::is_directory(file, ignored)) {
      return bad_usage("--keep: " + options.file + " is no folder; make it first");
    }
    file /= std::string(kName) + stamp(*now) + std::string(store::backup_suffix(context.db));
  }
  store::BackupOptions wanted;
  wanted.force = options.force;
  wanted.tell = tell;
  auto done = store::backup(context.db, file.string(), wanted);
  if (stderr_is_terminal()) fmt::print(stderr, "\r\x1b[K");
  if (!done) return fail(done.error());
  std::vector<std::string> removed;
  if (options.keep > 0) {
    auto rotated = rotate(file.parent_path(), options.keep, file.filename().string());
    if (!rotated) return fail(rotated.error());
    removed = *std::move(rotated);
  }
  auto size = fs::file_size(file, ignored);
  if (context.json) {
    fmt::print("{}\n", boost::json::serialize(boost::json::object{
                           {"file", file.string()},
                           {"bytes", size},
                           {"removed", boost::json::array(removed.begin(), removed.end())}}));
    return kDone;
  }
  fmt::print("{}: {} bytes, checked\n", feeds::render::printable(file.string()), size);
  for (const auto& name : removed) fmt::print("removed {}\n", name);
  return kDone;
}

}  // namespace

std::function<int()> backup(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  options.add_option("file", given->file, "Where the backup goes; with --keep a folder")
      ->required();
  options.add_flag("--force", given->force, "Replace what is there");
  options
      .add_option("--keep", given->keep,
                  "Write it into the folder under a name with the time, and keep so many")
      ->check(CLI::PositiveNumber);
  options.footer(
      "The state of one moment, while others go on writing. Under its name there is never a half\n"
      "one. Of a PostgreSQL database it is a dump by pg_dump. How to restore: docs/backup.md.");
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
