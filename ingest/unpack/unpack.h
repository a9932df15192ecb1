#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "store/model/result.h"

namespace ingest::unpack {

// Gives up to `size` bytes; fewer only at the end, 0 behind it.
using Pull = std::function<std::size_t(char* to, std::size_t size)>;

class Decoder;

// Undoes gzip, bzip2 or zstd while it is read, whatever the size: what a stream is shows in its
// first bytes, and one that is none of them is given on as it is. Several members or frames behind
// each other are one stream (RFC 1952 section 2.2); what follows them and is none is left out.
// Memory: some hundred KB, of zstd up to the window of 128 MB that its --long=27 makes.
class Unpacker {
 public:
  explicit Unpacker(Pull packed);
  ~Unpacker();

  // Fewer than `size` only at the end: of the stream, or of what could be read of a damaged one.
  std::size_t read(char* to, std::size_t size);
  // Set once read() has come to damage, or to the end of a file that was cut off.
  const std::optional<model::Error>& error() const { return error_; }

 private:
  void refill();
  void start();  // chooses the decoder by the first bytes
  void fail(const char* what);

  Pull packed_;
  std::unique_ptr<char[]> in_;
  const char* next_ = nullptr;
  std::size_t left_ = 0;
  bool drained_ = false;  // `packed_` has no more
  bool ended_ = false;
  std::unique_ptr<Decoder> decoder_;
  std::optional<model::Error> error_;
};

}  // namespace ingest::unpack
