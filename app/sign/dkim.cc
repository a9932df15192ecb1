#include "app/sign/dkim.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "app/sign/base64.h"

namespace app::sign {
namespace {

using model::Errc;
using model::Error;
using model::Result;

constexpr int kFewestBits = 1024;  // RFC 8301 section 3.2

struct Signed {
  std::string_view name;
  bool closed;  // named once more, so that none can be added
};
constexpr std::array<Signed, 15> kSigned{{{"from", true},
                                          {"to", false},
                                          {"subject", true},
                                          {"date", true},
                                          {"message-id", false},
                                          {"in-reply-to", false},
                                          {"references", false},
                                          {"mime-version", false},
                                          {"content-type", false},
                                          {"content-transfer-encoding", false},
                                          {"list-id", false},
                                          {"list-unsubscribe", true},
                                          {"list-unsubscribe-post", true},
                                          {"list-archive", false},
                                          {"auto-submitted", false}}};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Runs of blanks become one; none at the end.
void append_squeezed(std::string& out, std::string_view text) {
  auto begin = out.size();
  for (char c : text) {
    if (!is_blank(c)) {
      out += c;
    } else if (out.size() == begin || out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.size() > begin && out.back() == ' ') out.pop_back();
}

// RFC 6376 section 3.4.4.
std::string relaxed_body(std::string_view body) {
  std::string out;
  std::size_t kept = 0;  // up to the last line that is not empty
  while (!body.empty()) {
    auto end = body.find("\r\n");
    append_squeezed(out, body.substr(0, end));
    bool empty = out.empty() || (out.size() >= 2 && out.ends_with("\r\n"));
    out += "\r\n";
    if (!empty) kept = out.size();
    body.remove_prefix(end == body.npos ? body.size() : end + 2);
  }
  out.resize(kept);
  return out;
}

struct Field {
  std::string name;  // lower case
  std::string_view value;
};

// RFC 6376 section 3.4.2, without the CRLF at its end.
std::string relaxed_field(std::string_view name, std::string_view value) {
  std::string unfolded;
  for (char c : value) {
    if (c != '\r' && c != '\n') unfolded += c;
  }
  std::string_view text = unfolded;
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  std::string out = std::string(name) + ":";
  append_squeezed(out, text);
  return out;
}

std::vector<Field> fields_of(std::string_view head) {
  std::vector<Field> out;
  while (!head.empty()) {
    auto end = head.find("\r\n");
    while (end != head.npos && end + 2 < head.size() && is_blank(head[end + 2])) {
      end = head.find("\r\n", end + 2);
    }
    auto line = head.substr(0, end);
    if (auto colon = line.find(':'); colon != line.npos) {
      std::string name;
      append_squeezed(name, line.substr(0, colon));
      std::transform(name.begin(), name.end(), name.begin(), lower);
      out.push_back({name, line.substr(colon + 1)});
    }
    head.remove_prefix(end == head.npos ? head.size() : end + 2);
  }
  return out;
}

// A bare CR or LF means different lines to different readers.
bool has_bare_line_end(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') return true;
    if (text[i] != '\r') continue;
    if (i + 1 == text.size() || text[i + 1] != '\n') return true;
    ++i;
  }
  return false;
}

bool is_name(std::string_view text) {
  auto fine = [](char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '.';
  };
  return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), fine) &&
         text.front() != '.' && text.back() != '.' && text.find("..") == text.npos;
}

using KeyHeld = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Result<KeyHeld> key_of(const DkimKey& key) {
  std::unique_ptr<BIO, decltype(&BIO_free)> bytes(
      BIO_new_mem_buf(key.pem.data(),
                      static_cast<int>(std::min<std::size_t>(key.pem.size(), 65536))),
      &BIO_free);
  // Without a terminal to ask at: a key with a password cannot be used.
  auto no_password = [](char*, int, int, void*) { return -1; };
  KeyHeld out(bytes ? PEM_read_bio_PrivateKey(bytes.get(), nullptr, no_password, nullptr) : nullptr,
              &EVP_PKEY_free);
  if (!out || EVP_PKEY_base_id(out.get()) != EVP_PKEY_RSA) {
    return Error{Errc::kInvalid, "DKIM: the key is no RSA private key in PEM without a password"};
  }
  if (EVP_PKEY_bits(out.get()) < kFewestBits) {
    return Error{Errc::kInvalid, fmt::format("DKIM: the key has {} bits, receivers want {} or more",
                                             EVP_PKEY_bits(out.get()), kFewestBits)};
  }
  return out;
}

std::optional<std::string> signature(EVP_PKEY* key, std::string_view text) {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                  &EVP_MD_CTX_free);
  std::size_t size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1) {
    return std::nullopt;
  }
  std::string out(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, bytes,
                     text.size()) != 1) {
    return std::nullopt;
  }
  out.resize(size);
  return out;
}

// The names for h=, and what is signed for them: of a field that is there several times, the last
// one first (RFC 6376 section 5.4.2).
std::pair<std::string, std::string> signed_fields(const std::vector<Field>& fields) {
  std::string names, text;
  for (const auto& [name, closed] : kSigned) {
    std::size_t count = 0;
    for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
      if (field->name != name) continue;
      text += relaxed_field(name, field->value) + "\r\n";
      ++count;
    }
    for (std::size_t i = 0; i < count + (closed ? 1 : 0); ++i) {
      names += (names.empty() ? "" : ":\r\n ") + std::string(name);
    }
  }
  return {names, text};
}

// Lines stay short: a signature of 4,096 bits has 684 characters.
std::string folded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 70) {
    out += "\r\n ";
    out += text.substr(i, 70);
  }
  return out;
}

}  // namespace

Result<std::string> dkim_signed(std::string_view message, const DkimKey& key, model::Instant now) {
  if (!is_name(key.domain) || !is_name(key.selector)) {
    return Error{Errc::kInvalid, "DKIM: domain and selector must be names as DNS has them"};
  }
  if (has_bare_line_end(message)) {
    return Error{Errc::kInvalid, "DKIM: a line of the message does not end with CRLF"};
  }
  auto end = message.find("\r\n\r\n");
  auto head = message.substr(0, end == message.npos ? end : end + 2);
  auto body = end == message.npos ? std::string_view() : message.substr(end + 4);
  auto fields = fields_of(head);
  if (std::none_of(fields.begin(), fields.end(), [](auto& one) { return one.name == "from"; })) {
    return Error{Errc::kInvalid, "DKIM: the message has no From"};
  }
  auto private_key = key_of(key);
  if (!private_key) return private_key.error();
  auto canonical = relaxed_body(body);
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned size = 0;
  if (EVP_Digest(canonical.data(), canonical.size(), sum.data(), &size, EVP_sha256(), nullptr) !=
      1) {
    return Error{Errc::kInvalid, "DKIM: SHA-256 is not to be had from OpenSSL"};
  }
  auto [names, text] = signed_fields(fields);
  auto value = fmt::format(
      " v=1; a=rsa-sha256; c=relaxed/relaxed; d={}; s={};\r\n t={}; h={};\r\n bh={};\r\n b=",
      key.domain, key.selector, now.time_since_epoch().count(), names,
      base64({reinterpret_cast<const char*>(sum.data()), size}));
  auto made = signature(private_key->get(), text + relaxed_field("dkim-signature", value));
  if (!made) return Error{Errc::kInvalid, "DKIM: OpenSSL could not sign with the key"};
  return fmt::format("DKIM-Signature:{}{}\r\n{}", value, folded(base64(*made)), message);
}

}  // namespace app::sign
