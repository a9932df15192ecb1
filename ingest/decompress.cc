#include "ingest/decompress.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "ingest/printable.h"
#include "store/model/text.h"

namespace ingest {
namespace {

using model::Errc;
using model::Error;
using model::Result;

constexpr std::size_t kChunk = 1U << 16U;
// Codings on top of each other: one is usual, two happens, more is an attack.
constexpr int kMostCodings = 3;
// What grows larger is counted before it is kept: a bomb costs no memory, and what is no bomb is
// held once, not twice while its string grows.
constexpr std::size_t kAtOnce = 1U << 20U;

Error broken() { return {Errc::kCorrupt, "the compressed body is damaged; fetch it again later."}; }
Error too_large() { return {Errc::kInvalid, "the body is larger than is read of one document."}; }

enum class End { kWhole, kBroken, kTooLarge };

// Where the bytes go.
struct Sink {
  std::size_t limit;
  std::string* kept;  // null: they are only counted
  std::size_t size = 0;

  bool put(const char* bytes, std::size_t count) {
    size += count;
    if (size > limit) return false;
    if (kept != nullptr) kept->append(bytes, count);
    return true;
  }
};

constexpr int kGzipOrZlib = 15 + 32;
constexpr int kRawDeflate = -15;

End inflate_with(std::string_view in, int window_bits, Sink& out) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return End::kBroken;
  std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  stream.avail_in = static_cast<uInt>(in.size());
  std::array<char, kChunk> chunk{};
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    int code = inflate(&stream, Z_NO_FLUSH);
    if (!out.put(chunk.data(), chunk.size() - stream.avail_out)) return End::kTooLarge;
    if (code == Z_STREAM_END) {
      // RFC 1952 section 2.2: members may follow each other; other bytes after them are ignored.
      bool another = window_bits == kGzipOrZlib && stream.avail_in > 1 && stream.next_in[0] == 0x1F;
      if (!another) return End::kWhole;
      if (inflateReset(&stream) != Z_OK) return End::kBroken;
    } else if (code != Z_OK) {
      return End::kBroken;
    }
  }
}

End gunzip(std::string_view in, Sink& out) { return inflate_with(in, kGzipOrZlib, out); }
End inflate_bare(std::string_view in, Sink& out) { return inflate_with(in, kRawDeflate, out); }

End unbrotli(std::string_view in, Sink& out) {
  std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  const auto* next_in = reinterpret_cast<const std::uint8_t*>(in.data());
  std::size_t avail_in = in.size();
  std::array<std::uint8_t, kChunk> chunk{};
  for (;;) {
    std::uint8_t* next_out = chunk.data();
    std::size_t avail_out = chunk.size();
    auto code = BrotliDecoderDecompressStream(state.get(), &avail_in, &next_in, &avail_out,
                                              &next_out, nullptr);
    bool fits = out.put(reinterpret_cast<const char*>(chunk.data()), chunk.size() - avail_out);
    if (!fits) return End::kTooLarge;
    if (code == BROTLI_DECODER_RESULT_SUCCESS) return End::kWhole;
    if (code != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) return End::kBroken;
  }
}

// RFC 9659: a window of 8 MB is the most that a sender may ask for.
constexpr int kZstdWindowLog = 23;

End unzstd(std::string_view in, Sink& out) {
  std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> state(ZSTD_createDCtx(), ZSTD_freeDCtx);
  ZSTD_DCtx_setParameter(state.get(), ZSTD_d_windowLogMax, kZstdWindowLog);
  ZSTD_inBuffer input{in.data(), in.size(), 0};
  std::array<char, kChunk> chunk{};
  for (;;) {
    ZSTD_outBuffer output{chunk.data(), chunk.size(), 0};
    auto wants = ZSTD_decompressStream(state.get(), &output, &input);
    if (ZSTD_isError(wants) != 0) return End::kBroken;
    if (!out.put(chunk.data(), output.pos)) return End::kTooLarge;
    bool flushed = output.pos < output.size;
    if (wants == 0 && input.pos == input.size) return End::kWhole;  // others may follow a frame
    if (input.pos == input.size && flushed) return End::kBroken;
  }
}

using Decode = End (*)(std::string_view in, Sink& out);

End decoded(std::string_view in, Decode decode, std::size_t limit, std::string& out) {
  Sink first{std::min(limit, kAtOnce), &out};
  auto end = decode(in, first);
  if (end != End::kTooLarge || limit <= kAtOnce) return end;
  out = std::string();
  Sink counted{limit, nullptr};
  end = decode(in, counted);
  if (end != End::kWhole) return end;
  out.reserve(counted.size);
  Sink kept{limit, &out};
  return decode(in, kept);
}

Result<std::string> undo(std::string_view bytes, const std::string& coding, std::size_t limit) {
  std::string out;
  auto end = End::kBroken;
  if (coding == "br") {
    end = decoded(bytes, unbrotli, limit, out);
  } else if (coding == "zstd") {
    end = decoded(bytes, unzstd, limit, out);
  } else if (coding == "gzip" || coding == "x-gzip" || coding == "deflate") {
    end = decoded(bytes, gunzip, limit, out);
    // RFC 9110 section 8.4.1.2 means zlib; some servers send it bare.
    if (coding == "deflate" && end == End::kBroken) {
      out.clear();
      end = decoded(bytes, inflate_bare, limit, out);
    }
  } else {
    return Error{Errc::kInvalid, "the body is compressed as \"" + printable(coding) +
                                     "\", which was not asked for."};
  }
  if (end == End::kTooLarge) return too_large();
  if (end == End::kBroken) return broken();
  return out;
}

}  // namespace

Result<std::string> decompress(std::string_view bytes, std::string_view codings,
                               std::size_t limit) {
  std::string kept;  // what the last coding left
  int undone = 0;
  while (!codings.empty()) {
    auto comma = codings.rfind(',');
    auto last = comma == codings.npos ? codings : codings.substr(comma + 1);
    auto coding = model::fold(model::trim(last));
    codings = comma == codings.npos ? "" : codings.substr(0, comma);
    if (coding.empty() || coding == "identity") continue;
    if (undone++ == kMostCodings) {
      return Error{Errc::kInvalid, "the body is compressed more than 3 times; it is not read."};
    }
    auto done = undo(bytes, coding, limit);
    if (!done) return done;
    kept = std::move(*done);
    bytes = kept;
  }
  if (bytes.size() > limit) return too_large();
  if (undone == 0) return std::string(bytes);
  return kept;
}

}  // namespace ingest
