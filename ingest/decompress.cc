#include "ingest/decompress.h"

#include <array>
#include <memory>
#include <utility>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "store/model/text.h"

namespace ingest {
namespace {

using model::Errc;
using model::Error;
using model::Result;

constexpr std::size_t kChunk = 1U << 16U;
// Codings on top of each other: one is usual, two happens, more is an attack.
constexpr int kMostCodings = 3;

Error broken() { return {Errc::kInvalid, "the compressed body is damaged; fetch it again later."}; }
Error too_large() { return {Errc::kInvalid, "the body is larger than is read of one document."}; }

constexpr int kGzipOrZlib = 15 + 32;
constexpr int kRawDeflate = -15;

Result<std::string> inflate_with(std::string_view in, int window_bits, std::size_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return broken();
  std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  stream.avail_in = static_cast<uInt>(in.size());
  std::string out;
  std::array<char, kChunk> chunk{};
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    int code = inflate(&stream, Z_NO_FLUSH);
    out.append(chunk.data(), chunk.size() - stream.avail_out);
    if (out.size() > limit) return too_large();
    if (code == Z_STREAM_END) {
      // RFC 1952 section 2.2: members may follow each other; other bytes after them are ignored.
      bool another = window_bits == kGzipOrZlib && stream.avail_in > 1 && stream.next_in[0] == 0x1F;
      if (!another) return out;
      if (inflateReset(&stream) != Z_OK) return broken();
    } else if (code != Z_OK) {
      return broken();
    }
  }
}

Result<std::string> unbrotli(std::string_view in, std::size_t limit) {
  std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  const auto* next_in = reinterpret_cast<const std::uint8_t*>(in.data());
  std::size_t avail_in = in.size();
  std::string out;
  std::array<std::uint8_t, kChunk> chunk{};
  for (;;) {
    std::uint8_t* next_out = chunk.data();
    std::size_t avail_out = chunk.size();
    auto code = BrotliDecoderDecompressStream(state.get(), &avail_in, &next_in, &avail_out,
                                              &next_out, nullptr);
    out.append(reinterpret_cast<const char*>(chunk.data()), chunk.size() - avail_out);
    if (out.size() > limit) return too_large();
    if (code == BROTLI_DECODER_RESULT_SUCCESS) return out;
    if (code != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) return broken();
  }
}

// RFC 9659: a window of 8 MB is the most that a sender may ask for.
constexpr int kZstdWindowLog = 23;

Result<std::string> unzstd(std::string_view in, std::size_t limit) {
  std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> state(ZSTD_createDCtx(), ZSTD_freeDCtx);
  ZSTD_DCtx_setParameter(state.get(), ZSTD_d_windowLogMax, kZstdWindowLog);
  ZSTD_inBuffer input{in.data(), in.size(), 0};
  std::string out;
  std::array<char, kChunk> chunk{};
  for (;;) {
    ZSTD_outBuffer output{chunk.data(), chunk.size(), 0};
    auto wants = ZSTD_decompressStream(state.get(), &output, &input);
    if (ZSTD_isError(wants) != 0) return broken();
    out.append(chunk.data(), output.pos);
    if (out.size() > limit) return too_large();
    bool flushed = output.pos < output.size;
    if (wants == 0 && input.pos == input.size) return out;  // a frame's end; others may follow
    if (input.pos == input.size && flushed) return broken();
  }
}

Result<std::string> undo(std::string bytes, const std::string& coding, std::size_t limit) {
  if (coding.empty() || coding == "identity") return bytes;
  if (coding == "br") return unbrotli(bytes, limit);
  if (coding == "zstd") return unzstd(bytes, limit);
  if (coding == "gzip" || coding == "x-gzip") return inflate_with(bytes, kGzipOrZlib, limit);
  if (coding == "deflate") {
    // RFC 9110 section 8.4.1.2 means zlib; some servers send it bare.
    auto out = inflate_with(bytes, kGzipOrZlib, limit);
    return out ? out : inflate_with(bytes, kRawDeflate, limit);
  }
  return Error{Errc::kInvalid, "the body is compressed as \"" + coding +
                                   "\", which was not asked "
                                   "for."};
}

}  // namespace

Result<std::string> decompress(std::string bytes, std::string_view codings, std::size_t limit) {
  for (int n = 0; !codings.empty(); ++n) {
    if (n == kMostCodings) return broken();
    auto comma = codings.rfind(',');
    auto last = comma == codings.npos ? codings : codings.substr(comma + 1);
    auto done = undo(std::move(bytes), model::fold(model::trim(last)), limit);
    if (!done) return done;
    bytes = std::move(*done);
    codings = comma == codings.npos ? "" : codings.substr(0, comma);
  }
  if (bytes.size() > limit) return too_large();
  return bytes;
}

}  // namespace ingest
