#include "app/sign/webhook.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "app/sign/base64.h"

namespace app::sign {
namespace {

using model::Errc;
using model::Error;

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kShortest = 24, kLongest = 64;  // bytes of a secret
constexpr std::size_t kLongestId = 256;

bool is_id(std::string_view text) {
  auto fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  return !text.empty() && text.size() <= kLongestId && std::all_of(text.begin(), text.end(), fine);
}

}  // namespace

model::Result<std::vector<HeaderField>> webhook_headers(std::string_view id, std::string_view body,
                                                        std::string_view secret,
                                                        model::Instant now) {
  if (!is_id(id)) {
    return Error{Errc::kInvalid, "webhook: an id has letters, digits, “_” and “-”, at most 256"};
  }
  auto key = secret.starts_with(kPrefix) ? from_base64(secret.substr(kPrefix.size()))
                                         : std::optional<std::string>();
  if (!key || key->size() < kShortest || key->size() > kLongest) {
    return Error{Errc::kInvalid,
                 "webhook: the secret must be “whsec_” and base64 of 24 to 64 bytes"};
  }
  auto time = std::to_string(now.time_since_epoch().count());
  auto text = fmt::format("{}.{}.{}", id, time, body);
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned size = 0;
  if (HMAC(EVP_sha256(), key->data(), static_cast<int>(key->size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), sum.data(),
           &size) == nullptr) {
    return Error{Errc::kInvalid, "webhook: HMAC-SHA256 is not to be had from OpenSSL"};
  }
  return std::vector<HeaderField>{
      {"webhook-id", std::string(id)},
      {"webhook-timestamp", time},
      {"webhook-signature", "v1," + base64({reinterpret_cast<const char*>(sum.data()), size})}};
}

std::string new_webhook_secret() {
  std::array<unsigned char, 32> bytes{};
  // It fails only where the system has no randomness at all; then nothing may be secret.
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::abort();
  return std::string(kPrefix) + base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace app::sign
