// A disk that fails, for a program that is started with this library in LD_PRELOAD: what it does
// to files under a folder is counted, and something befalls the Nth of these doings.
//
//   FAULTS_FOLDER  the folder, an absolute path
//   FAULTS_KIND    count: nothing; kill: the process is killed before it; enospc, eio: it fails,
//   and
//                  each that grows a file after it too (enospc), or it alone (eio); short: half of
//                  it is written; erofs: it and all behind it fail; record: each is told in the log
//   FAULTS_AT      N, from 1 on
//   FAULTS_LOG     count: how many there were; record: each of them, as e2e/crash.py reads it
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

enum class Kind { kNone, kCount, kKill, kEnospc, kEio, kShort, kErofs, kRecord };
enum class Doing : char {
  kWrite = 'w',
  kTruncate = 't',
  kSync = 's',
  kRename = 'r',
  kRemove = 'u'
};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

Kind kind_named(std::string_view name) {
  constexpr std::pair<std::string_view, Kind> kNames[] = {
      {"count", Kind::kCount},  {"kill", Kind::kKill},   {"enospc", Kind::kEnospc},
      {"eio", Kind::kEio},      {"short", Kind::kShort}, {"erofs", Kind::kErofs},
      {"record", Kind::kRecord}};
  for (const auto& [known, kind] : kNames) {
    if (known == name) return kind;
  }
  return Kind::kNone;
}

class Faults {
 public:
  Faults()
      : folder_(variable("FAULTS_FOLDER") + "/"),
        kind_(kind_named(variable("FAULTS_KIND"))),
        at_(std::atol(variable("FAULTS_AT").c_str())) {
    auto log = variable("FAULTS_LOG");
    if (!log.empty())
      log_ = static_cast<int>(syscall(SYS_openat, AT_FDCWD, log.c_str(),
                                      O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  }
  ~Faults() {
    if (kind_ == Kind::kCount && log_ >= 0) {
      auto text = std::to_string(done_.load()) + "\n";
      (void)syscall(SYS_write, log_, text.data(), text.size());
    }
  }

  Kind kind() const { return kind_; }
  bool is_ours(std::string_view path) const {
    return kind_ != Kind::kNone && path.starts_with(folder_);
  }
  // The file behind a descriptor, when it is under the folder; else empty.
  std::string path_of(int file) const {
    if (kind_ == Kind::kNone) return {};
    std::array<char, 4096> path{};
    auto link = "/proc/self/fd/" + std::to_string(file);
    auto size = readlink(link.c_str(), path.data(), path.size());
    std::string out(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return is_ours(out) ? out : std::string();
  }
  // What befalls the next doing: 0, or the errno with which it fails; -1: only half of it is done.
  int next(bool grows) {
    auto number = ++done_;
    switch (kind_) {
      case Kind::kKill:
        if (number == at_) kill(getpid(), SIGKILL);
        return 0;
      case Kind::kEnospc:
        return number >= at_ && grows ? ENOSPC : 0;
      case Kind::kEio:
        return number == at_ ? EIO : 0;
      case Kind::kErofs:
        return number >= at_ ? EROFS : 0;
      case Kind::kShort:
        return number == at_ ? -1 : 0;
      default:
        return 0;
    }
  }
  bool read_only() const { return kind_ == Kind::kErofs && done_ + 1 >= at_; }

  void record(Doing doing, std::string_view path, std::int64_t offset, std::string_view bytes) {
    if (kind_ != Kind::kRecord || log_ < 0) return;
    path.remove_prefix(folder_.size());
    auto head = std::string(1, static_cast<char>(doing)) + " " + std::to_string(offset) + " " +
                std::to_string(bytes.size()) + " " + std::string(path) + "\n";
    head.append(bytes);
    std::lock_guard lock(mutex_);
    (void)syscall(SYS_write, log_, head.data(), head.size());
  }

 private:
  std::string folder_;
  Kind kind_;
  long at_;
  int log_ = -1;
  std::atomic<long> done_ = 0;
  std::mutex mutex_;
};

Faults& faults() {
  static Faults all;
  return all;
}

template <typename Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

ssize_t written(int file, const void* bytes, std::size_t size, off_t offset, bool at_place) {
  auto path = faults().path_of(file);
  if (!path.empty()) {
    int fault = faults().next(true);
    if (fault > 0) {
      errno = fault;
      return -1;
    }
    if (fault < 0 && size > 1) size /= 2;
    auto place = at_place ? offset : lseek(file, 0, SEEK_CUR);
    faults().record(Doing::kWrite, path, place, {static_cast<const char*>(bytes), size});
  }
  return at_place ? syscall(SYS_pwrite64, file, bytes, size, offset)
                  : syscall(SYS_write, file, bytes, size);
}

int other(Doing doing, const std::string& path, std::int64_t offset, bool grows,
          int (*act)(const void*), const void* arguments) {
  if (!path.empty()) {
    int fault = faults().next(grows);
    if (fault > 0) {
      errno = fault;
      return -1;
    }
    faults().record(doing, path, offset, {});
  }
  return act(arguments);
}

int synced(int file, long number) {
  struct Call {
    int file;
    long number;
  } call{file, number};
  return other(
      Doing::kSync, faults().path_of(file), 0, false,
      [](const void* given) {
        const auto* asked = static_cast<const Call*>(given);
        return static_cast<int>(syscall(asked->number, asked->file));
      },
      &call);
}

int truncated(int file, off_t size) {
  struct Call {
    int file;
    off_t size;
  } call{file, size};
  return other(
      Doing::kTruncate, faults().path_of(file), size, true,
      [](const void* given) {
        const auto* asked = static_cast<const Call*>(given);
        return static_cast<int>(syscall(SYS_ftruncate, asked->file, asked->size));
      },
      &call);
}

int opened(const char* path, int flags, mode_t mode) {
  bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
  if (writes && faults().is_ours(path) && faults().read_only()) {
    errno = EROFS;
    return -1;
  }
  return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

mode_t mode_of(int flags, va_list& list) {
  return (flags & O_CREAT) != 0 ? va_arg(list, mode_t) : 0;
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, std::size_t size) {
  return written(file, bytes, size, 0, false);
}
ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t offset) {
  return written(file, bytes, size, offset, true);
}
ssize_t pwrite64(int file, const void* bytes, std::size_t size, off64_t offset) {
  return written(file, bytes, size, offset, true);
}
int ftruncate(int file, off_t size) noexcept { return truncated(file, size); }
int ftruncate64(int file, off64_t size) noexcept { return truncated(file, size); }
int fsync(int file) { return synced(file, SYS_fsync); }
int fdatasync(int file) { return synced(file, SYS_fdatasync); }

int unlink(const char* path) noexcept {
  return other(
      Doing::kRemove, faults().is_ours(path) ? path : "", 0, false,
      [](const void* given) {
        return real<int(const char*)>("unlink")(static_cast<const char*>(given));
      },
      path);
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to,
              unsigned flags) noexcept {
  struct Call {
    int from_folder;
    const char* from;
    int to_folder;
    const char* to;
    unsigned flags;
  } call{from_folder, from, to_folder, to, flags};
  return other(
      Doing::kRename, faults().is_ours(to) ? to : "", 0, false,
      [](const void* given) {
        const auto* asked = static_cast<const Call*>(given);
        return static_cast<int>(syscall(SYS_renameat2, asked->from_folder, asked->from,
                                        asked->to_folder, asked->to, asked->flags));
      },
      &call);
}

int open(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  int out = opened(path, flags, mode_of(flags, list));
  va_end(list);
  return out;
}
int open64(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  int out = opened(path, flags | O_LARGEFILE, mode_of(flags, list));
  va_end(list);
  return out;
}
}
