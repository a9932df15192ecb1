#include "store/model/poll.h"

#include <openssl/crypto.h>

#include "store/model/hash.h"

namespace model {

std::string callback_token(std::string_view secret) {
  return sha256_hex("callback\n" + std::string(secret)).substr(0, 32);
}

bool is_callback_token(std::string_view token, std::string_view secret) {
  auto want = callback_token(secret);
  return !secret.empty() && token.size() == want.size() &&
         CRYPTO_memcmp(token.data(), want.data(), want.size()) == 0;
}

}  // namespace model
