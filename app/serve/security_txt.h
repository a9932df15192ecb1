#pragma once

#include <string>

#include "store/model/result.h"

namespace app::serve {

// Whom to tell of a weakness, as the configuration says it.
struct SecurityContact {
  std::string contact;  // "mailto:security@news.example" or an https page; empty: nobody
  std::string expires;  // ISO 8601: until when this holds; RFC 9116 wants less than a year
  std::string policy;   // https page; empty: none
  std::string key;      // where the key for secret mails is, https or openpgp4fpr:; empty: none
};

// The text of /.well-known/security.txt (RFC 9116); empty when there is no contact. `base`: how we
// are reached from outside, with a slash at its end; empty: not known. kInvalid for what cannot be.
model::Result<std::string> security_txt(const SecurityContact& given, const std::string& base);

}  // namespace app::serve
