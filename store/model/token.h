#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/model/instant.h"

namespace model {

// What somebody may do. Each may all that those before it may.
enum class Role : std::uint8_t {
  kOutsider,  // reads what is public
  kReader,    // … and what is not
  kEditor,    // … and decides
  kAdmin      // … and says who may what
};
std::string_view to_string(Role role);  // "reader"
std::optional<Role> role_named(std::string_view name);

// A bearer token (RFC 6750): who holds its secret may what its role may. Only the secret's hash is
// kept, so that nobody who reads the database can act with it.
struct Token {
  std::string id;    // make_id("tok", hash)
  std::string name;  // whose it is: the author of the edits made with it
  Role role = Role::kReader;
  std::string hash;  // SHA-256 of the secret
  Instant created_at{};
  std::optional<Instant> expires_at{};  // none: never

  friend bool operator==(const Token&, const Token&) = default;
};

}  // namespace model
