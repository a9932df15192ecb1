#pragma once

#include <string>

#include "app/mail/message.h"

namespace app::mail {

// What a mail server said.
struct Handed {
  bool taken = false;     // it answers for the mail now
  bool for_good = false;  // not taken, and never will be (5xx to the address or the mail)
  std::string answer;
};

// Hands one mail to the server of the settings, by libcurl: STARTTLS where the address begins with
// smtp:// (unless settings say no), TLS with smtps://, authentication where there is a user. Ends
// within a minute.
Handed hand_over(const Settings& settings, const std::string& to, const std::string& message);

}  // namespace app::mail
