#pragma once

#include <string>
#include <string_view>

#include "store/model/instant.h"
#include "store/model/result.h"

namespace app::sign {

// Whose signature it is: the public half of the key stands in DNS at SELECTOR._domainkey.DOMAIN.
struct DkimKey {
  std::string domain;    // "news.example"
  std::string selector;  // "d2026"
  std::string pem;       // the private key, RSA of 1024 bits or more (RFC 8301); never shown
};

// The message with a DKIM-Signature before its fields: rsa-sha256, relaxed/relaxed (RFC 6376). It
// covers those of kSigned that are there, List-Unsubscribe and List-Unsubscribe-Post among them
// (RFC 8058 section 4); From, Subject, Date and both of these once more than they are there, so
// that nobody can add another. `message` has CRLF at every line's end. kInvalid: no From, a line
// that does not end with CRLF, a domain or selector that is no name, a key that cannot be used.
model::Result<std::string> dkim_signed(std::string_view message, const DkimKey& key,
                                       model::Instant now);

}  // namespace app::sign
