#include "ingest/unpack/decoder.h"

#include <algorithm>
#include <climits>
#include <limits>

#include <bzlib.h>
#include <zlib.h>
#include <zstd.h>

namespace ingest::unpack {
namespace {

constexpr unsigned kMost = std::numeric_limits<unsigned>::max();

unsigned clipped(std::size_t size) {
  return static_cast<unsigned>(std::min<std::size_t>(size, kMost));
}

class Gzip : public Decoder {
 public:
  Gzip() { ready_ = inflateInit2(&stream_, kGzipOnly) == Z_OK; }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;
  ~Gzip() override { inflateEnd(&stream_); }

  Step step(const char* in, std::size_t size, char* out, std::size_t room) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in));
    stream_.avail_in = clipped(size);
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = clipped(room);
    int code = ready_ ? inflate(&stream_, Z_NO_FLUSH) : Z_MEM_ERROR;
    Step done;
    done.taken = clipped(size) - stream_.avail_in;
    done.given = clipped(room) - stream_.avail_out;
    done.ended = code == Z_STREAM_END;
    done.broken = code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR;
    return done;
  }
  bool restart() override { return inflateReset(&stream_) == Z_OK; }

 private:
  static constexpr int kGzipOnly = 15 + 16;
  z_stream stream_{};
  bool ready_ = false;
};

class Bzip2 : public Decoder {
 public:
  Bzip2() { ready_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK; }
  Bzip2(const Bzip2&) = delete;
  Bzip2& operator=(const Bzip2&) = delete;
  ~Bzip2() override { BZ2_bzDecompressEnd(&stream_); }

  Step step(const char* in, std::size_t size, char* out, std::size_t room) override {
    stream_.next_in = const_cast<char*>(in);
    stream_.avail_in = clipped(size);
    stream_.next_out = out;
    stream_.avail_out = clipped(room);
    int code = ready_ ? BZ2_bzDecompress(&stream_) : BZ_MEM_ERROR;
    Step done;
    done.taken = clipped(size) - stream_.avail_in;
    done.given = clipped(room) - stream_.avail_out;
    done.ended = code == BZ_STREAM_END;
    done.broken = code != BZ_OK && code != BZ_STREAM_END;
    return done;
  }
  bool restart() override {
    BZ2_bzDecompressEnd(&stream_);
    stream_ = bz_stream();
    ready_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
    return ready_;
  }

 private:
  bz_stream stream_{};
  bool ready_ = false;
};

class Zstd : public Decoder {
 public:
  Zstd() : state_(ZSTD_createDCtx(), ZSTD_freeDCtx) {}

  Step step(const char* in, std::size_t size, char* out, std::size_t room) override {
    ZSTD_inBuffer input{in, size, 0};
    ZSTD_outBuffer output{out, room, 0};
    auto wants = ZSTD_decompressStream(state_.get(), &output, &input);
    Step done;
    done.taken = input.pos;
    done.given = output.pos;
    done.broken = ZSTD_isError(wants) != 0;
    done.ended = !done.broken && wants == 0;
    return done;
  }
  bool restart() override {
    return ZSTD_isError(ZSTD_DCtx_reset(state_.get(), ZSTD_reset_session_only)) == 0;
  }

 private:
  std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> state_;
};

}  // namespace

std::unique_ptr<Decoder> decoder_for(std::string_view begin) {
  if (begin.starts_with("\x1f\x8b")) return std::make_unique<Gzip>();
  bool level = begin.size() >= kMagic && begin[3] >= '1' && begin[3] <= '9';
  if (begin.starts_with("BZh") && level) return std::make_unique<Bzip2>();
  bool frame = begin.starts_with("\x28\xb5\x2f\xfd");
  // RFC 8878 section 3.1.2: frames to be skipped, as pzstd writes them in front.
  bool skipped = begin.size() >= kMagic && begin.substr(1, 3) == "\x2a\x4d\x18" &&
                 (static_cast<unsigned char>(begin[0]) & 0xF0U) == 0x50U;
  if (frame || skipped) return std::make_unique<Zstd>();
  return nullptr;
}

}  // namespace ingest::unpack
