#include "ingest/websub.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <boost/url/encode.hpp>
#include <boost/url/params_encoded_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/parse_query.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "store/model/text.h"

namespace ingest {
namespace {

using model::Instant;
using model::Push;
using model::Seconds;

constexpr auto kShortestLease = Seconds(3600);
constexpr auto kLongestLease = Seconds(30 * 86400);

std::string hex(const unsigned char* bytes, std::size_t size) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    out += kDigits[bytes[i] >> 4U];
    out += kDigits[bytes[i] & 15U];
  }
  return out;
}

std::string escaped(std::string_view text) {
  return boost::urls::encode(text, boost::urls::unreserved_chars);
}

std::optional<Seconds> seconds_of(std::string_view text) {
  std::int64_t number = 0;
  auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool whole = !text.empty() && failure == std::errc() && stop == text.data() + text.size();
  return whole && number >= 0 ? std::optional(Seconds(number)) : std::nullopt;
}

const EVP_MD* method_named(std::string_view name) {
  if (name == "sha1") return EVP_sha1();
  if (name == "sha256") return EVP_sha256();
  if (name == "sha384") return EVP_sha384();
  if (name == "sha512") return EVP_sha512();
  return nullptr;
}

}  // namespace

std::string new_secret() {
  std::array<unsigned char, 32> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return "";
  return hex(bytes.data(), bytes.size());
}

bool wants_subscription(const Push& push, Instant now) {
  if (push.hub.empty() || push.topic.empty()) return false;
  if (push.until && *push.until - now >= kRenewBefore) return false;
  return !push.asked_at || now - *push.asked_at >= kAskAgain;
}

std::string subscription_form(const Push& push, std::string_view mode, std::string_view callback) {
  auto form = "hub.mode=" + escaped(mode) + "&hub.topic=" + escaped(push.topic) +
              "&hub.callback=" + escaped(callback);
  if (mode == "subscribe") {
    form += "&hub.lease_seconds=" + std::to_string(kLease.count()) +
            "&hub.secret=" + escaped(push.secret);
  }
  return form;
}

HubQuestion hub_question(std::string_view query) {
  HubQuestion question;
  auto parsed = boost::urls::parse_query(query);
  if (!parsed) return question;
  boost::urls::encoding_opts plus_is_blank;
  plus_is_blank.space_as_plus = true;
  for (auto parameter : *parsed) {
    auto value = parameter.value.decode(plus_is_blank);
    auto key = parameter.key.decode(plus_is_blank);
    if (key == "hub.mode") question.mode = value;
    if (key == "hub.topic") question.topic = value;
    if (key == "hub.challenge") question.challenge = value;
    if (key == "hub.reason") question.reason = model::squeeze(model::repair_utf8(value));
    if (key == "hub.lease_seconds") question.lease = seconds_of(value);
  }
  return question;
}

std::optional<Push> confirmed(Push push, const HubQuestion& question, Instant now) {
  if (!push.asked_at || question.topic != push.topic) return std::nullopt;
  if (question.mode == "denied") {
    push.until.reset();
    return push;
  }
  // Unsubscribing is asked for when the callback is no longer known: see given_up().
  if (question.mode != "subscribe" || question.challenge.empty()) return std::nullopt;
  push.until = now + std::clamp(question.lease.value_or(kLease), kShortestLease, kLongestLease);
  return push;
}

std::optional<std::string> given_up(const HubQuestion& question) {
  if (question.mode != "unsubscribe" || question.challenge.empty()) return std::nullopt;
  return question.challenge;
}

bool is_signed(std::string_view signature, std::string_view body, std::string_view secret) {
  auto equals = signature.find('=');
  if (equals == signature.npos || secret.empty()) return false;
  const auto* method = method_named(model::fold(signature.substr(0, equals)));
  if (method == nullptr) return false;
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  HMAC(method, secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), mac.data(), &size);
  auto want = hex(mac.data(), size);
  auto got = model::fold(signature.substr(equals + 1));
  return got.size() == want.size() && CRYPTO_memcmp(got.data(), want.data(), want.size()) == 0;
}

}  // namespace ingest
