#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/serve/call.h"
#include "store/model/token.h"

namespace app::serve {

// A secret that nobody can guess: 256 bits of the system's randomness in hexadecimal.
std::string new_secret();
// A token for this secret.
model::Token token_for(std::string name, model::Role role, const std::string& secret,
                       model::Instant now, std::optional<model::Instant> expires_at);

// The token whose secret this is, if it holds at `now`; compared in constant time.
const model::Token* token_of(const std::vector<model::Token>& tokens, std::string_view secret,
                             model::Instant now);

// Who has signed in on a page. A session is a cookie whose value only we know; it lasts twelve
// hours, and no longer than this process or its token. For several threads.
class Sessions {
 public:
  // The cookie's value.
  std::string begin(const model::Token& token, model::Instant now);
  void end(std::string_view cookie);
  // Who it is, while the token is there.
  std::optional<Caller> caller(std::string_view cookie, const std::vector<model::Token>& tokens,
                               model::Instant now);

 private:
  struct Session {
    std::string token_id;
    std::string proof;
    model::Instant until{};
  };
  static constexpr std::size_t kMost = 10'000;
  std::mutex mutex_;
  std::map<std::string, Session> sessions_;  // by the hash of the cookie's value
};

// The value of our cookie in a request; empty when there is none.
std::string_view session_cookie(const HttpRequest& request);
inline constexpr std::string_view kCookie = "faultline-session";

}  // namespace app::serve
