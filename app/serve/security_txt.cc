#include "app/serve/security_txt.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include <fmt/format.h>

#include "store/model/instant.h"

namespace app::serve {
namespace {

using model::Errc;
using model::Error;

// One of these schemes, and nothing that could end the line.
bool is_address(std::string_view text, std::initializer_list<std::string_view> schemes) {
  bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
  return plain && std::any_of(schemes.begin(), schemes.end(), [&](auto scheme) {
           return text.size() > scheme.size() && text.starts_with(scheme);
         });
}

}  // namespace

model::Result<std::string> security_txt(const SecurityContact& given, const std::string& base) {
  bool more = !given.expires.empty() || !given.policy.empty() || !given.key.empty();
  if (given.contact.empty() && !more) return std::string();
  if (!is_address(given.contact, {"mailto:", "https://", "tel:"})) {
    return Error{Errc::kInvalid,
                 "--security-contact: write it as mailto:security@news.example or https://…"};
  }
  auto expires = model::parse_iso(given.expires);
  if (!expires) {
    return Error{Errc::kInvalid,
                 "--security-expires: say until when the contact holds, as 2027-06-30T00:00Z"};
  }
  if (!given.policy.empty() && !is_address(given.policy, {"https://"})) {
    return Error{Errc::kInvalid, "--security-policy: write it as https://…"};
  }
  if (!given.key.empty() && !is_address(given.key, {"https://", "openpgp4fpr:", "dns:"})) {
    return Error{Errc::kInvalid, "--security-key: write it as https://… or openpgp4fpr:…"};
  }
  auto out = fmt::format("Contact: {}\nExpires: {}\n", given.contact, model::to_iso(expires->at));
  if (!given.key.empty()) out += fmt::format("Encryption: {}\n", given.key);
  if (!given.policy.empty()) out += fmt::format("Policy: {}\n", given.policy);
  if (base.starts_with("https://")) {
    out += fmt::format("Canonical: {}.well-known/security.txt\n", base);
  }
  return out + "Preferred-Languages: en\n";
}

}  // namespace app::serve
