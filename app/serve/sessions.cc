#include "app/serve/sessions.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "store/model/hash.h"

namespace app::serve {
namespace {

constexpr model::Seconds kLasts{12 * 3600};

bool same(const std::string& a, const std::string& b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool holds(const model::Token& token, model::Instant now) {
  return !token.expires_at || now < *token.expires_at;
}

}  // namespace

std::string new_secret() {
  unsigned char bytes[32];
  // It fails only where the system has no randomness at all; then nothing may be secret.
  if (RAND_bytes(bytes, sizeof bytes) != 1) std::abort();
  std::string out;
  for (unsigned char one : bytes) out += fmt::format("{:02x}", one);
  return out;
}

model::Token token_for(std::string name, model::Role role, const std::string& secret,
                       model::Instant now, std::optional<model::Instant> expires_at) {
  model::Token out;
  out.hash = model::sha256_hex(secret);
  out.id = model::make_id("tok", out.hash);
  out.name = std::move(name);
  out.role = role;
  out.created_at = now;
  out.expires_at = expires_at;
  return out;
}

const model::Token* token_of(const std::vector<model::Token>& tokens, std::string_view secret,
                             model::Instant now) {
  auto hash = model::sha256_hex(secret);
  const model::Token* out = nullptr;
  for (const auto& token : tokens) {
    if (same(token.hash, hash) && holds(token, now)) out = &token;
  }
  return out;
}

std::string Sessions::begin(const model::Token& token, model::Instant now) {
  auto cookie = new_secret();
  std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const auto& one) { return one.second.until <= now; });
  if (sessions_.size() >= kMost) sessions_.erase(sessions_.begin());
  sessions_[model::sha256_hex(cookie)] = {token.id, new_secret(), now + kLasts};
  return cookie;
}

void Sessions::end(std::string_view cookie) {
  std::lock_guard lock(mutex_);
  sessions_.erase(model::sha256_hex(cookie));
}

std::optional<Caller> Sessions::caller(std::string_view cookie,
                                       const std::vector<model::Token>& tokens,
                                       model::Instant now) {
  std::lock_guard lock(mutex_);
  auto found = sessions_.find(model::sha256_hex(cookie));
  if (found == sessions_.end() || found->second.until <= now) return std::nullopt;
  for (const auto& token : tokens) {
    if (token.id == found->second.token_id && holds(token, now)) {
      return Caller{token.role, token.name, found->second.proof};
    }
  }
  return std::nullopt;
}

std::string_view session_cookie(const HttpRequest& request) {
  auto cookies = request.field("Cookie");
  while (!cookies.empty()) {
    auto end = std::min(cookies.find(';'), cookies.size());
    auto one = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.size() > kCookie.size() && one.starts_with(kCookie) && one[kCookie.size()] == '=') {
      return one.substr(kCookie.size() + 1);
    }
  }
  return {};
}

}  // namespace app::serve
