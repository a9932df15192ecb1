#include "store/sql/part_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace store::sql {
namespace {

using model::Errc;
using model::Error;
using model::Status;
namespace fs = std::filesystem;

Error failed(const std::string& name) {
  int code = errno;
  return {Errc::kIo, "The backup " + name + " could not be written (" + std::strerror(code) +
                         "); " +
                         (code == ENOSPC ? "make room." : "check the disk and the rights to it.")};
}

fs::path folder_of(const std::string& name) {
  auto folder = fs::path(name).parent_path();
  return folder.empty() ? "." : folder;
}

Status force_to_disk(const std::string& name, const std::string& path, int flags) {
  int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return failed(name);
  bool done = fsync(file) == 0;
  auto error = failed(name);
  ::close(file);
  if (!done) return error;
  return {};
}

}  // namespace

PartFile::PartFile(std::string name, bool force, int lock)
    : name_(std::move(name)), part_(name_ + ".part"), force_(force), lock_(lock) {}

PartFile::PartFile(PartFile&& other) noexcept
    : name_(std::move(other.name_)),
      part_(std::move(other.part_)),
      force_(other.force_),
      lock_(std::exchange(other.lock_, -1)) {}

PartFile::~PartFile() {
  if (lock_ < 0) return;
  unlink(part_.c_str());
  remove_beside();
  ::close(lock_);
}

void PartFile::remove_beside() const {
  for (const char* suffix : {"-wal", "-shm", "-journal"}) unlink((part_ + suffix).c_str());
}

model::Result<PartFile> PartFile::make(const std::string& name, bool force) {
  std::error_code ignored;
  if (fs::is_directory(name, ignored)) {
    return Error{Errc::kConflict, name +
                                      " is a folder; name a file in it, or say how many backups "
                                      "to keep in it (--keep)."};
  }
  if (!force && fs::exists(name, ignored)) {
    return Error{Errc::kConflict,
                 name + " is there already and was left as it is; name another file, or --force."};
  }
  // It would be read as the new file's own.
  if (fs::exists(name + "-wal", ignored)) {
    return Error{Errc::kConflict, "A database's log lies beside it (" + name + "-wal): " + name +
                                      " is in use or was; name another file."};
  }
  PartFile out(name, force, -1);
  int lock = ::open(out.part_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (lock < 0) return failed(name);
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return Error{Errc::kConflict,
                 "Another program is just writing " + out.part_ + "; wait for it to finish."};
  }
  out.lock_ = lock;
  out.remove_beside();
  if (ftruncate(lock, 0) != 0) return failed(name);
  return out;
}

Status PartFile::place() {
  if (auto done = force_to_disk(name_, part_, O_RDWR); !done) return done;
  unsigned flags = force_ ? 0 : RENAME_NOREPLACE;
  int done = renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, name_.c_str(), flags);
  // Not every file system knows how not to replace.
  if (done != 0 && errno == EINVAL) done = std::rename(part_.c_str(), name_.c_str());
  if (done != 0) return failed(name_);
  remove_beside();
  ::close(std::exchange(lock_, -1));
  return force_to_disk(name_, folder_of(name_).string(), O_RDONLY | O_DIRECTORY);
}

}  // namespace store::sql
