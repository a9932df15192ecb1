#include "store/model/hash.h"

#include <array>

#include <openssl/sha.h>

namespace model {

std::string sha256_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  std::string out;
  out.reserve(2 * digest.size());
  for (unsigned char byte : digest) {
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::string make_id(std::string_view prefix, std::string_view key) {
  return std::string(prefix) + "-" + sha256_hex(key).substr(0, 16);
}

}  // namespace model
