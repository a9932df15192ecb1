#include "feeds/archive/stream.h"

#include <algorithm>
#include <utility>

#include <zlib.h>

namespace feeds::archive {
namespace {

constexpr std::size_t kChunk = 64U << 10U;
constexpr int kGzip = 15 + 16;

}  // namespace

struct Stream::Inflater {
  Inflater() { ready = inflateInit2(&zlib, kGzip) == Z_OK; }
  ~Inflater() { inflateEnd(&zlib); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  z_stream zlib{};
  std::string packed;
  bool ready = false;
  bool between = false;  // one member has ended
};

Stream::Stream(Source source) : source_(std::move(source)) {}
Stream::~Stream() = default;

bool Stream::line(std::string& out, std::size_t limit) {
  out.clear();
  bool any = false;
  for (;;) {
    if (pos_ >= buffer_.size() && !fill()) break;
    any = true;
    auto end = buffer_.find('\n', pos_);
    auto stop = std::min(end, buffer_.size());
    out.append(buffer_, pos_, std::min(stop - pos_, limit - out.size()));
    pos_ = std::min(stop + 1, buffer_.size());
    if (end != std::string::npos) break;
  }
  if (out.ends_with('\r')) out.pop_back();
  return any;
}

bool Stream::bytes(std::string& out, std::size_t size, std::size_t limit) {
  out.clear();
  while (size > 0) {
    if (pos_ >= buffer_.size() && !fill()) return false;
    auto some = std::min(size, buffer_.size() - pos_);
    out.append(buffer_, pos_, std::min(some, limit - out.size()));
    pos_ += some;
    size -= some;
  }
  return true;
}

// More bytes into an empty buffer; false at the end.
bool Stream::fill() {
  buffer_.clear();
  pos_ = 0;
  if (inflater_ != nullptr) return inflate_some();
  buffer_.resize(kChunk);
  buffer_.resize(source_(buffer_.data(), kChunk));
  taken_ += buffer_.size();
  bool packed = !std::exchange(started_, true) && buffer_.starts_with("\x1f\x8b");
  if (!packed) return !buffer_.empty();
  inflater_ = std::make_unique<Inflater>();
  inflater_->packed = std::move(buffer_);
  inflater_->zlib.next_in = reinterpret_cast<Bytef*>(inflater_->packed.data());
  inflater_->zlib.avail_in = static_cast<uInt>(inflater_->packed.size());
  buffer_.clear();
  return inflate_some();
}

bool Stream::inflate_some() {
  auto& in = *inflater_;
  while (in.ready && !broken_) {
    if (in.zlib.avail_in == 0) {
      in.packed.resize(kChunk);
      in.packed.resize(source_(in.packed.data(), kChunk));
      taken_ += in.packed.size();
      if (in.packed.empty()) {
        broken_ = !in.between;
        return false;
      }
      in.zlib.next_in = reinterpret_cast<Bytef*>(in.packed.data());
      in.zlib.avail_in = static_cast<uInt>(in.packed.size());
    }
    if (std::exchange(in.between, false)) inflateReset(&in.zlib);
    buffer_.resize(kChunk);
    in.zlib.next_out = reinterpret_cast<Bytef*>(buffer_.data());
    in.zlib.avail_out = kChunk;
    int code = inflate(&in.zlib, Z_NO_FLUSH);
    buffer_.resize(kChunk - in.zlib.avail_out);
    in.between = code == Z_STREAM_END;
    broken_ = code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR;
    if (!buffer_.empty()) return true;
  }
  return false;
}

}  // namespace feeds::archive
