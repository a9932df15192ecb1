#include "app/examination.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/check_configuration.h"
#include "app/health.h"
#include "app/mail/reach.h"
#include "ingest/schedule.h"
#include "store/examine.h"
#include "store/model/text.h"

namespace app {
namespace {

using model::Instant;

// Less is free: SQLite's log alone may need that before it is folded in.
constexpr std::uintmax_t kLeastFree = std::uintmax_t{512} << 20U;
// A thousand fetches with their connections, and pages that are watched.
constexpr rlim_t kLeastFiles = 4096;
// No machine that runs this program is in a year before it was written.
constexpr int kWrittenIn = 2026;
// Clocks of two machines may differ by so much.
constexpr auto kApart = model::Seconds(300);

// A sentence as a part of a line.
std::string told(std::string_view text) {
  auto out = model::squeeze(text);
  while (out.ends_with('.')) out.pop_back();
  return out;
}

Finding configuration(const std::string& file) {
  auto checked = check_configuration(file);
  if (!checked) return {"configuration", false, checked.error().message, "check --config"};
  auto name = file.empty() ? std::string("no file") : file;
  if (checked->troubles.empty()) {
    return {"configuration", true,
            fmt::format("{}, {} from the environment", name, checked->variables), ""};
  }
  return {"configuration", false,
          fmt::format("{}: {} wrong, the first: {}: {}", name, checked->troubles.size(),
                      checked->troubles.front().key, checked->troubles.front().message),
          "faultline config check tells all of it"};
}

// Whether it is there, of the right version and sound; false when nothing more can be asked of it.
bool database(const Context& context, std::vector<Finding>& out) {
  auto about = store::examine(context.db);
  if (!about) {
    out.push_back(
        {"database", false, told(about.error().message), "--db or FAULTLINE_DB says where it is"});
    return false;
  }
  out.push_back({"database", true, about->name, ""});
  if (about->newest == 0) return true;  // nothing is kept
  bool newest = about->version == about->newest;
  out.push_back(
      {"version", newest,
       fmt::format("tables of version {}, this program's is {}", about->version, about->newest),
       newest                           ? ""
       : about->version > about->newest ? "use the newer program that wrote it"
                                        : "back it up, then open it for writing once: "
                                          "faultline correlate"});
  if (!about->damage) return newest;
  bool sound = about->damage->empty();
  out.push_back({"integrity", sound, sound ? "nothing is damaged" : told(*about->damage),
                 sound ? "" : "stop all writers and bring back the last backup"});
  return newest && sound;
}

Finding writable(const Context& context) {
  auto store = context.open(false);
  if (!store) return {"writable", false, told(store.error().message), "run as its owner"};
  auto writer = (*store)->begin();
  if (!writer) {
    return {"writable", false, told(writer.error().message), "end the program that is writing"};
  }
  return {"writable", true, "can be written", ""};
}

Finding disk(const Context& context) {
  std::filesystem::path path(context.db.substr(context.db.find(':') + 1));
  auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::error_code failure;
  auto space = std::filesystem::space(folder, failure);
  if (failure) return {"disk", false, folder.string() + ": " + failure.message(), "see --db"};
  bool good = space.available >= kLeastFree;
  return {"disk", good, fmt::format("{} MB free in {}", space.available >> 20U, folder.string()),
          good ? "" : fmt::format("{} MB are needed; make room", kLeastFree >> 20U)};
}

Finding clock(Instant now, const std::vector<model::Poll>& polls) {
  constexpr auto kAdvice = "set the clock; let timedatectl set-ntp true keep it";
  auto found = model::to_iso(now);
  if (model::civil_of(now).year < kWrittenIn) {
    return {"clock", false, found + " is before this program was written", kAdvice};
  }
  for (const auto& poll : polls) {
    if (!poll.last_poll || *poll.last_poll <= now + kApart) continue;
    return {"clock", false,
            fmt::format("{} is before {}, when {} was polled", found,
                        model::to_iso(*poll.last_poll), poll.url),
            kAdvice};
  }
  return {"clock", true, found, ""};
}

Finding zones() {
  // Half an hour back, and two years later forth again: old data do not know it.
  auto offset = [](std::string_view at) {
    return model::utc_offset("Asia/Pyongyang", model::parse_iso(at)->at)
        .value_or(model::Seconds(0));
  };
  bool good = offset("2014-12-23T00:00Z") == model::Seconds(9 * 3600) &&
              offset("2016-01-01T00:00Z") == model::Seconds(8 * 3600 + 1800) &&
              offset("2019-01-01T00:00Z") == model::Seconds(9 * 3600);
  return {"zones", good, good ? "time zone data know Pyongyang's clock" : "too old, or not there",
          good ? "" : "install ICU's data anew: apt-get install --reinstall libicu72"};
}

Finding files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return {"files", false, "no limit is told", ""};
  bool good = limit.rlim_max >= kLeastFiles;
  auto most = limit.rlim_max == RLIM_INFINITY ? std::string("any number of")
                                              : fmt::format("{}", limit.rlim_max);
  return {"files", good, most + " files and connections may be open",
          good ? "" : fmt::format("raise it to {}: LimitNOFILE= or ulimit -Hn", kLeastFiles)};
}

void sources(const std::vector<model::Poll>& polls, Instant now, std::vector<Finding>& out) {
  constexpr std::size_t kTold = 10;
  std::vector<const model::Poll*> bad;
  for (const auto& poll : polls) {
    auto health = ingest::health_of(poll, now);
    bool ill = health == ingest::Health::kFailing || health == ingest::Health::kDead ||
               health == ingest::Health::kGone;
    if (ill) bad.push_back(&poll);
  }
  out.push_back({"sources", bad.empty(), polls.empty() ? "none is polled" : health_sum(polls, now),
                 bad.empty() ? "" : "faultline sources tells all of each"});
  for (std::size_t i = 0; i < std::min(bad.size(), kTold); ++i) {
    const auto& poll = *bad[i];
    out.push_back({"source", false,
                   poll.last_error.starts_with(poll.url) ? told(poll.last_error)
                   : poll.last_error.empty()             ? poll.url + ": failing"
                                                         : poll.url + ": " + told(poll.last_error),
                   poll.suggestion.empty() ? "look at it, or faultline sources remove it"
                                           : told(poll.suggestion)});
  }
}

Finding mail_server(const mail::Settings& settings) {
  if (settings.smtp.empty()) return {"mail", true, "not set up; digests can only be previewed", ""};
  if (auto why = mail::unreachable(settings.smtp); !why.empty()) {
    return {"mail", false, fmt::format("{}: {}", settings.smtp, why),
            "see FAULTLINE_SMTP and the way there"};
  }
  bool whole = !settings.from.empty() && !settings.base.empty();
  return {"mail", whole, settings.smtp + " can be reached",
          whole ? "" : "set FAULTLINE_MAIL_FROM and FAULTLINE_MAIL_BASE too"};
}

}  // namespace

std::vector<Finding> examine_all(const Context& context, Instant now, const std::string& file) {
  std::vector<Finding> out;
  out.push_back(configuration(file));
  std::vector<model::Poll> polls;
  bool sound = database(context, out);
  if (sound) {
    out.push_back(writable(context));
    if (auto store = context.open(true); store) {
      if (auto read = (*store)->polls(); read) polls = *std::move(read);
    }
  }
  if (context.db.starts_with("sqlite:")) out.push_back(disk(context));
  out.push_back(clock(now, polls));
  out.push_back(zones());
  out.push_back(files());
  if (sound) sources(polls, now, out);
  out.push_back(mail_server(context.mail));
  return out;
}

}  // namespace app
