#include "app/process.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "store/examine.h"
#include "store/model/memory.h"

namespace app {
namespace {

std::string contents(const char* path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The fields of /proc/self/stat behind the name of the program, which may hold anything; the first
// of them is the third one of proc(5).
std::vector<std::string> stat_fields() {
  auto text = contents("/proc/self/stat");
  auto end = text.rfind(')');
  if (end == std::string::npos) return {};
  std::istringstream in(text.substr(end + 1));
  return {std::istream_iterator<std::string>(in), {}};
}

// When the system was started, in seconds since 1970.
std::optional<std::uint64_t> boot_time() {
  std::ifstream in("/proc/stat");
  std::string word;
  std::uint64_t at = 0;
  while (in >> word) {
    if (word == "btime" && in >> at) return at;
  }
  return std::nullopt;
}

std::optional<std::size_t> open_files() {
  std::error_code failure;
  std::filesystem::directory_iterator files("/proc/self/fd", failure);
  if (failure) return std::nullopt;
  auto many = std::distance(begin(files), end(files));
  return static_cast<std::size_t>(many) - 1;  // without the folder itself
}

class Lines {
 public:
  template <typename Value>
  void add(std::string_view name, std::string_view type, std::string_view help, Value value) {
    text_ += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help, type, value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void add_from_stat(Lines& out) {
  constexpr std::size_t kUser = 11, kSystem = 12, kStart = 19, kVirtual = 20, kResident = 21;
  auto fields = stat_fields();
  if (fields.size() <= kResident) return;
  auto number = [&](std::size_t i) { return std::stoull(fields[i]); };
  auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  out.add("process_cpu_seconds_total", "counter", "Processor time, of the user and the system.",
          static_cast<double>(number(kUser) + number(kSystem)) / ticks);
  out.add("process_virtual_memory_bytes", "gauge", "Virtual memory.", number(kVirtual));
  out.add("process_resident_memory_bytes", "gauge", "Resident memory.",
          number(kResident) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)));
  if (auto boot = boot_time()) {
    out.add("process_start_time_seconds", "gauge", "When it began, since 1970.",
            static_cast<double>(*boot) + static_cast<double>(number(kStart)) / ticks);
  }
}

}  // namespace

std::string process_metrics() {
  Lines out;
  add_from_stat(out);
  if (auto many = open_files()) {
    out.add("process_open_fds", "gauge", "Open files and sockets.", *many);
  }
  struct rlimit limit {};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    out.add("process_max_fds", "gauge", "How many may be open.", limit.rlim_cur);
  }
  out.add("faultline_heap_bytes", "gauge", "Memory that the program has asked for and not freed.",
          model::heap_in_use());
  out.add("faultline_sqlite_memory_bytes", "gauge",
          "Memory of SQLite: pages and statements of all connections.", store::memory_of_sqlite());
  return out.take();
}

}  // namespace app
