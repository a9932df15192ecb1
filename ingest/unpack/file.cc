#include "ingest/unpack/file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ingest::unpack {
namespace {

using model::Errc;
using model::Error;

// Owns the descriptor, but not that of standard input.
class Handle {
 public:
  explicit Handle(int descriptor) : descriptor_(descriptor) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (descriptor_ != STDIN_FILENO) close(descriptor_);
  }
  std::size_t read(char* to, std::size_t size) const {
    std::size_t done = 0;
    while (done < size) {
      auto got = ::read(descriptor_, to + done, size - done);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;  // a failing disk looks like a file that was cut off
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

 private:
  int descriptor_;
};

}  // namespace

model::Result<std::unique_ptr<Unpacker>> open(const std::string& path) {
  int descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno == ENOENT) {
      return Error{Errc::kNotFound, "There is no file " + path + "; check the name."};
    }
    return Error{Errc::kIo, path + " cannot be read (" + std::strerror(errno) + ")."};
  }
  auto handle = std::make_shared<Handle>(descriptor);
  struct stat status {};
  if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    return Error{Errc::kInvalid, path + " is a folder; name the files in it."};
  }
  return std::make_unique<Unpacker>(
      [handle](char* to, std::size_t size) { return handle->read(to, size); });
}

}  // namespace ingest::unpack
