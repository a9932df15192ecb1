#include "ingest/unpack/unpack.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "ingest/unpack/decoder.h"

namespace ingest::unpack {
namespace {

constexpr std::size_t kChunk = 1U << 17U;

// As it is.
class Plain : public Decoder {
 public:
  Step step(const char* in, std::size_t size, char* out, std::size_t room) override {
    Step done;
    done.taken = done.given = std::min(size, room);
    if (done.taken > 0) std::memcpy(out, in, done.taken);
    return done;
  }
  bool restart() override { return true; }
};

}  // namespace

Unpacker::Unpacker(Pull packed) : packed_(std::move(packed)), in_(new char[kChunk]) {}
Unpacker::~Unpacker() = default;

void Unpacker::refill() {
  if (left_ > 0) std::memmove(in_.get(), next_, left_);
  next_ = in_.get();
  while (left_ < kMagic && !drained_) {
    auto got = packed_(in_.get() + left_, kChunk - left_);
    drained_ = got == 0;
    left_ += got;
  }
}

void Unpacker::fail(const char* what) {
  error_ = model::Error{model::Errc::kCorrupt, what};
  ended_ = true;
}

void Unpacker::start() {
  refill();
  decoder_ = decoder_for({next_, left_});
  if (decoder_ == nullptr) decoder_ = std::make_unique<Plain>();
}

std::size_t Unpacker::read(char* to, std::size_t size) {
  std::size_t done = 0;
  if (decoder_ == nullptr) start();
  bool plain = dynamic_cast<Plain*>(decoder_.get()) != nullptr;
  while (done < size && !ended_) {
    if (left_ < kMagic) refill();
    auto step = decoder_->step(next_, left_, to + done, size - done);
    next_ += step.taken;
    left_ -= step.taken;
    done += step.given;
    if (step.broken) {
      fail("the compressed data are damaged; what stands before the damage was read");
    } else if (step.ended) {
      if (left_ < kMagic) refill();
      bool another = decoder_for({next_, left_}) != nullptr;
      ended_ = !another || !decoder_->restart();
    } else if (step.given == 0 && step.taken == 0 && drained_) {
      if (plain) {
        ended_ = true;
      } else {
        fail("the compressed data end before their end; the file was cut off");
      }
    }
  }
  return done;
}

}  // namespace ingest::unpack
