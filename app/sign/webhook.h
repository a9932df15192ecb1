#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"
#include "store/model/result.h"

namespace app::sign {

struct HeaderField {
  std::string name;
  std::string value;

  friend bool operator==(const HeaderField&, const HeaderField&) = default;
};

// The headers of a webhook's delivery, by Standard Webhooks 1.0: webhook-id, webhook-timestamp and
// webhook-signature "v1,BASE64", HMAC-SHA256 over "ID.TIMESTAMP.BODY". `id` is the same for every
// try of one delivery, the signature is made anew with its `now`. `secret` is "whsec_" and base64
// of 24 to 64 bytes. kInvalid for another secret, or an id that is empty, over 256 bytes or has
// other characters than letters, digits, "_" and "-" (a "." would let two texts be signed alike).
model::Result<std::vector<HeaderField>> webhook_headers(std::string_view id, std::string_view body,
                                                        std::string_view secret,
                                                        model::Instant now);

// A new secret of 32 random bytes.
std::string new_webhook_secret();

}  // namespace app::sign
