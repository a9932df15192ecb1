#include "app/sending.h"

#include <utility>

namespace app {

Sending::Sending(mail::Settings settings, sign::DkimKey key, mail::Poster poster,
                 const std::function<bool()>& stopped)
    : settings_(std::move(settings)),
      stopped_(stopped),
      key_(std::move(key)),
      smtp_(settings_, stopped),
      poster_(std::move(poster)) {}

model::Result<std::unique_ptr<Sending>> Sending::make(const Context& context,
                                                      const std::function<bool()>& stopped) {
  const auto& settings = context.mail;
  sign::DkimKey key{settings.dkim_domain, settings.dkim_selector, {}};
  if (!settings.dkim_key_file.empty()) {
    auto pem = read_file(settings.dkim_key_file);
    if (!pem) return pem.error();
    key.pem = *std::move(pem);
  }
  auto network = context.network();
  if (!network) return network.error();
  mail::Poster poster(network->allowed, network->user_agent, stopped);
  return std::unique_ptr<Sending>(
      new Sending(settings, std::move(key), std::move(poster), stopped));
}

bool Sending::has_mail() const {
  return !settings_.smtp.empty() && !settings_.from.empty() && !settings_.base.empty();
}

mail::Handed Sending::hand_over(const mail::Delivery& delivery, model::Instant now) {
  if (key_.pem.empty()) return smtp_.hand_over(delivery.to.address, delivery.body);
  auto signed_one = sign::dkim_signed(delivery.body, key_, now);
  if (!signed_one) return {false, false, false, "DKIM: " + signed_one.error().message};
  return smtp_.hand_over(delivery.to.address, *signed_one);
}

model::Result<mail::Sent> Sending::send(store::Store& store, model::Instant now) {
  mail::Ways ways;
  ways.stopped = stopped_;
  if (has_mail()) {
    ways.mail = [this, now](const mail::Delivery& delivery) { return hand_over(delivery, now); };
  }
  ways.webhook = [this, now](const mail::Delivery& delivery) {
    return poster_.post(delivery, now);
  };
  return mail::send(store, settings_, ways, now);
}

}  // namespace app
