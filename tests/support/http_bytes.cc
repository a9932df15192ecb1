#include "tests/support/http_bytes.h"

#include <algorithm>
#include <stdexcept>

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

namespace support {
namespace {

void expect(bool done) {
  if (!done) throw std::runtime_error("the compressor failed");
}

}  // namespace

std::string answer(const std::string& status, const std::string& fields, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\n" + fields + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

std::string zipped(const std::string& bytes, int window_bits) {
  z_stream stream{};
  expect(deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  expect(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(const std::string& bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 1));
  return out;
}

std::string brotli(const std::string& bytes) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  expect(BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, bytes.size(),
                               reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                               reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_TRUE);
  out.resize(size);
  return out;
}

std::string gzip_bomb(std::size_t zeros) {
  z_stream stream{};
  expect(deflateInit2(&stream, 9, Z_DEFLATED, kGzip, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string in(1U << 16U, '\0'), out, part(1U << 16U, '\0');
  while (zeros > 0 || stream.avail_in > 0) {
    if (stream.avail_in == 0) {
      stream.next_in = reinterpret_cast<Bytef*>(in.data());
      stream.avail_in = static_cast<uInt>(std::min(zeros, in.size()));
      zeros -= stream.avail_in;
    }
    int flush = zeros == 0 ? Z_FINISH : Z_NO_FLUSH;
    int code = Z_OK;
    do {
      stream.next_out = reinterpret_cast<Bytef*>(part.data());
      stream.avail_out = static_cast<uInt>(part.size());
      code = deflate(&stream, flush);
      out.append(part, 0, part.size() - stream.avail_out);
    } while (stream.avail_out == 0);
    if (code == Z_STREAM_END) break;
  }
  deflateEnd(&stream);
  return out;
}

std::string zstd_bomb(unsigned log, std::size_t blocks) {
  // RFC 8878 section 3.1.1: magic, a header without size, window descriptor.
  std::string out("\x28\xB5\x2F\xFD\0", 5);
  out += static_cast<char>((log - 10) << 3U);
  for (std::size_t n = 1; n <= blocks; ++n) {
    // Three bytes, little endian: last block, type 1 (one byte repeated), 128 kB.
    auto block = (n == blocks ? 1U : 0U) | 1U << 1U | (128U << 10U) << 3U;
    for (unsigned at = 0; at < 3; ++at) out += static_cast<char>(block >> (8 * at));
    out += 'z';
  }
  return out;
}

}  // namespace support
