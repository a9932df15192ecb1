#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/result.h"

// What mail servers report about mails that did not arrive.
namespace app::bounces {

// Reports quote the mail, so they may be somewhat longer than the longest that we send.
inline constexpr std::size_t kLargestReport = 4 << 20;
inline constexpr std::size_t kMostRecipients = 1000;
inline constexpr std::size_t kDeepestReport = 100;

// One address of a delivery status notification (RFC 3464).
struct Bounce {
  std::string address;     // Original-Recipient where there is one, else Final-Recipient
  bool for_good = false;   // Action "failed" with a Status of class 5
  std::string status;      // "5.1.1"
  std::string diagnostic;  // what the server said, at most 500 bytes
  std::string message_id;  // of the mail that it is about, without <>; empty: not said

  friend bool operator==(const Bounce&, const Bounce&) = default;
};

// The bounces in a mail; none where it is no report (an answer of a person, an "out of office") or
// reports nothing but delivery. Anybody can send a report about anybody: whoever acts on it looks
// whether a mail of this message_id went to this address. kInvalid: over kLargestReport, nested too
// deep, or a report that says nothing of any address.
model::Result<std::vector<Bounce>> bounces_in(std::string_view mail);

}  // namespace app::bounces
