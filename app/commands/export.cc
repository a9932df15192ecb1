#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/serve/page.h"
#include "app/show.h"
#include "correlate/timeline.h"
#include "feeds/render/render.h"

namespace app {
namespace {

namespace fs = std::filesystem;
namespace render = feeds::render;

using model::Errc;
using model::Error;
using model::Status;
using model::Timeline;

struct Options {
  std::string folder;
  TimelineOptions shown;
};

// Files of one folder. Each is written beside its place and moved there: whoever reads meanwhile
// sees the old one or the new one, whole.
class Folder {
 public:
  explicit Folder(fs::path path) : path_(std::move(path)) {}

  Status write(const fs::path& name, std::string_view bytes) {
    auto target = path_ / name;
    std::error_code failure;
    fs::create_directories(target.parent_path(), failure);
    auto beside = target;
    beside += ".new";
    std::ofstream file(beside, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!failure && file) fs::rename(beside, target, failure);
    if (failure || !file) {
      return Error{Errc::kIo, fmt::format("{} cannot be written{}{}", target.string(),
                                          failure ? ": " : "; is the disk full?",
                                          failure ? failure.message() : "")};
    }
    ++written_;
    return {};
  }
  std::size_t written() const { return written_; }

 private:
  fs::path path_;
  std::size_t written_ = 0;
};

class Site {
 public:
  Site(Folder& folder, std::string base) : folder_(folder), base_(std::move(base)) {}

  Status add(const Timeline& timeline) {
    const auto& incident = timeline.incidents.front();
    auto home = fs::path("incidents") / incident.id;
    render::Site site;
    site.base = base_;
    if (!base_.empty()) site.self = base_ + (home / "atom.xml").string();
    for (const auto& format : render::formats()) {
      auto done = folder_.write(home / format.file, format.write(timeline, site));
      if (!done) return done;
    }
    auto page = render::to_html(timeline, incident, site);
    if (auto done = folder_.write(home / "index.html", page); !done) return done;
    for (auto& file : render::to_misp_feed(timeline)) {
      if (file.name == "manifest.json") {
        manifest_.push_back(std::move(file.bytes));
      } else if (file.name == "hashes.csv") {
        hashes_ += file.bytes;
      } else if (auto done = folder_.write(fs::path("misp") / file.name, file.bytes); !done) {
        return done;
      }
    }
    rows_.push_back(row_of(incident));
    return {};
  }

  Status finish() {
    std::stable_sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) {
      return a.span.to != b.span.to ? a.span.to > b.span.to : a.id < b.id;
    });
    if (auto done = folder_.write("index.html", render::to_index(rows_)); !done) return done;
    const auto* style = serve::static_file("style.css");
    if (auto done = folder_.write(style->name, style->bytes); !done) return done;
    if (auto done = folder_.write("misp/hashes.csv", hashes_); !done) return done;
    return folder_.write("misp/manifest.json", render::joined_manifests(manifest_));
  }

 private:
  static render::IndexRow row_of(const model::TimelineIncident& incident) {
    render::IndexRow row;
    row.id = incident.id;
    row.title = incident.title;
    row.span = {incident.lines.front().order, incident.lines.back().order};
    row.outages = incident.outages.size();
    for (const auto& line : incident.lines) row.entries += line.entries.size();
    return row;
  }

  Folder& folder_;
  std::string base_;
  std::vector<render::IndexRow> rows_;
  std::vector<std::string> manifest_;
  std::string hashes_;
};

int run(const Options& options, const Context& context) {
  auto request = request_of("", options.shown, context);
  if (!request) return bad_usage(request.error().message);
  auto store = context.open(true);
  if (!store) return fail(store.error());
  Folder folder(options.folder);
  auto base = options.shown.base_url;
  if (!base.empty() && !base.ends_with('/')) base += '/';
  Site site(folder, base);
  std::size_t incidents = 0;
  auto done = correlate::each_timeline(**store, *request, [&](const Timeline& timeline) {
    ++incidents;
    return site.add(timeline);
  });
  if (done) done = site.finish();
  if (!done) return fail(done.error());
  fmt::print("{}: {} incidents, {} files; open index.html\n", options.folder, incidents,
             folder.written());
  return kDone;
}

}  // namespace

std::function<int()> export_command(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  options.add_option("folder", given->folder, "Where to; made where it is not there")->required();
  add_cut_options(options, given->shown);
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
