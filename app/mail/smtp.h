#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/mail/message.h"

namespace app::mail {

// What a mail server said.
struct Handed {
  bool taken = false;     // it answers for the mail now
  bool for_good = false;  // not taken, and never will be (5xx to the address or the mail)
  bool gone = false;      // … nor will anything else that is sent there
  std::string answer{};
};

// Hands mails to the server of the settings, by libcurl: STARTTLS where the address begins with
// smtp:// (unless settings say no), TLS with smtps://, authentication where there is a user. The
// connection is kept for the next mail. Each ends within a minute.
class Smtp {
 public:
  // `stopped` is asked while a mail is on its way: true gives it up.
  explicit Smtp(Settings settings, std::function<bool()> stopped = nullptr);
  ~Smtp();
  Smtp(const Smtp&) = delete;
  Smtp& operator=(const Smtp&) = delete;

  Handed hand_over(const std::string& to, const std::string& message);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace app::mail
