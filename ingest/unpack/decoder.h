#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace ingest::unpack {

// What one step read and wrote.
struct Step {
  std::size_t taken = 0;
  std::size_t given = 0;
  bool ended = false;   // a member or frame is over
  bool broken = false;  // what stands here is not of the format
};

// One compression format, one step at a time.
class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual Step step(const char* in, std::size_t size, char* out, std::size_t room) = 0;
  // Makes ready for another member; false when it cannot.
  virtual bool restart() = 0;
};

// By the first bytes of a stream or member; null when they are of no format that is known.
std::unique_ptr<Decoder> decoder_for(std::string_view begin);
// How many bytes that takes.
inline constexpr std::size_t kMagic = 4;

}  // namespace ingest::unpack
