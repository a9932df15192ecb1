#pragma once

#include <functional>
#include <string>
#include <utility>

#include "app/mail/outbox.h"
#include "ingest/guard.h"

namespace app::mail {

// Posts deliveries to webhooks, signed (app/sign/webhook.h), by libcurl. Only over TLS and only to
// public addresses, looked at when it connects; hosts on the allow-list may be neither. Redirects
// are not followed, proxies not used. 2xx is taken; 410 (Gone) is for good; anything else may pass.
// Ends within 20 seconds.
class Poster {
 public:
  // `stopped` is asked while one is on its way: true gives it up.
  Poster(ingest::AllowList allowed, std::string user_agent, std::function<bool()> stopped)
      : allowed_(std::move(allowed)),
        user_agent_(std::move(user_agent)),
        stopped_(std::move(stopped)) {}

  Handed post(const Delivery& delivery, model::Instant now) const;

 private:
  ingest::AllowList allowed_;
  std::string user_agent_;
  std::function<bool()> stopped_;
};

}  // namespace app::mail
