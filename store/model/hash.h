#pragma once

#include <string>
#include <string_view>

namespace model {

// SHA-256 as 64 lower-case hex digits: content may come from an attacker, who must not be able to
// make two texts look the same.
std::string sha256_hex(std::string_view bytes);

// A short stable name for a record: `prefix` and the first 16 hex digits of the SHA-256 of `key`.
// 64 bits: among ten million records the chance of one collision is about 3 in a million.
std::string make_id(std::string_view prefix, std::string_view key);

}  // namespace model
