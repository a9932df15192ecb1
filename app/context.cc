#include "app/context.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cli.h"
#include "app/log.h"

namespace app {

using model::Errc;
using model::Error;
using model::Result;

Result<model::Instant> Context::now() const {
  if (!now_text.empty()) return parse_moment("--now", now_text);
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Result<std::unique_ptr<store::Store>> Context::open(bool read_only) const {
  return store::open_store(db, read_only);
}

Result<ingest::FetcherOptions> Context::network() const {
  auto agent = "Faultline/" FAULTLINE_VERSION + (contact.empty() ? "" : " (+" + contact + ")");
  bool plain = std::all_of(agent.begin(), agent.end(), [](unsigned char c) {
    return c >= ' ' && c < 0x7F;  // it becomes a line of a header
  });
  if (!plain) return Error{Errc::kInvalid, "--contact: only plain ASCII can be sent as an address"};
  return ingest::fetcher_options(std::move(agent), allow_hosts);
}

std::map<std::string, std::string> Context::keys() const {
  std::map<std::string, std::string> out;
  if (!radar_token.empty()) out["radar"] = radar_token;
  return out;
}

Result<const feeds::outages::Mapping*> Context::mapping(const std::string& name) const {
  if (auto found = mappings.find(name); found != mappings.end()) return &found->second;
  std::string known;
  for (const auto& [one, ignored] : mappings) known += (known.empty() ? "" : ", ") + one;
  return Error{
      Errc::kInvalid,
      known.empty()
          ? fmt::format("--mapping: “{}” is not there; write it as [mapping.{}] into the "
                        "configuration (--config)",
                        name, name)
          : fmt::format("--mapping: no “{}” in the configuration; there are {}", name, known)};
}

namespace {

// The last words of a command: a sentence, or a line of the log where programs read that.
void say(std::string_view sentence) {
  if (log_is_json()) {
    set_up_log();
    log_line(spdlog::level::err, sentence, {});
  } else {
    fmt::print(stderr, "faultline: {}\n", without_secrets(sentence));
  }
}

}  // namespace

int fail(const Error& error) {
  say(error.message);
  return kFailed;
}

int bad_usage(std::string_view sentence) {
  say(sentence);
  return kBadUsage;
}

void warn(std::string_view source, const model::Warning& warning) {
  fmt::print(stderr, "{}{}{}: {}\n", source, warning.place.empty() ? "" : ", ", warning.place,
             warning.message);
}

Result<model::Instant> parse_moment(std::string_view option, std::string_view text) {
  auto time = model::parse_iso(text);
  if (!time) {
    return Error{
        Errc::kInvalid,
        fmt::format("{}: “{}” is not a time; write it as 2014-12-23T00:00Z", option, text)};
  }
  return time->at;
}

Result<std::string> read_file(const std::string& path) {
  bool standard = path == "-";
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      standard ? stdin : std::fopen(path.c_str(), "rb"),
      [](std::FILE* open) { return open == stdin ? 0 : std::fclose(open); });
  auto failed = [&](Errc code) {
    return Error{code, fmt::format("{}: {}", path, std::strerror(errno))};
  };
  if (file == nullptr) return failed(errno == ENOENT ? Errc::kNotFound : Errc::kIo);
  struct stat about {};
  if (fstat(fileno(file.get()), &about) == 0 && S_ISDIR(about.st_mode)) {
    return Error{Errc::kIo, path + ": is a folder, not a file"};
  }
  std::string out;
  constexpr std::size_t kChunk = 1UL << 16U;
  for (;;) {
    auto used = out.size();
    out.resize(used + kChunk);
    auto got = std::fread(out.data() + used, 1, kChunk, file.get());
    out.resize(used + got);
    if (out.size() > kMostBytes) {
      return Error{Errc::kInvalid, fmt::format("{}: larger than {} MB, the most that is read", path,
                                               kMostBytes >> 20U)};
    }
    if (got < kChunk) break;
  }
  if (std::ferror(file.get()) != 0) return failed(Errc::kIo);
  return out;
}

bool stdout_is_terminal() { return isatty(STDOUT_FILENO) == 1; }
bool stderr_is_terminal() { return isatty(STDERR_FILENO) == 1; }

std::size_t terminal_width() {
  constexpr std::size_t kDefault = 100;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kDefault;
}

}  // namespace app
