#pragma once

#include <string>

// What servers send, made by hand.
namespace support {

// An HTTP/1.1 answer with the length of its body. `fields` end in CRLF each.
std::string answer(const std::string& status, const std::string& fields, const std::string& body);

inline constexpr int kGzip = 15 + 16, kZlib = 15, kRaw = -15;  // windowBits of zlib
std::string zipped(const std::string& bytes, int window_bits = kGzip);
std::string zstd(const std::string& bytes);
std::string brotli(const std::string& bytes);

// A gzip file of so many zeros, without holding them: 1:1000.
std::string gzip_bomb(std::size_t zeros);
// A zstd frame that asks for a window of 2^`log` bytes and says 128 kB again and again.
std::string zstd_bomb(unsigned log, std::size_t blocks);

}  // namespace support
