#include "store/model/mail.h"

#include <array>

namespace model {

std::string_view to_string(Subscription::State state) {
  constexpr std::array<std::string_view, 3> kNames = {"pending", "active", "ended"};
  return kNames.at(static_cast<std::size_t>(state));
}

std::string_view to_string(Subscription::Kind kind) {
  constexpr std::array<std::string_view, 2> kNames = {"digest", "alert"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view to_string(Subscription::Channel channel) {
  constexpr std::array<std::string_view, 3> kNames = {"mail", "webhook", "feed"};
  return kNames.at(static_cast<std::size_t>(channel));
}

std::string_view to_string(Outgoing::State state) {
  constexpr std::array<std::string_view, 4> kNames = {"queued", "sending", "sent", "failed"};
  return kNames.at(static_cast<std::size_t>(state));
}

}  // namespace model
