#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/context.h"
#include "app/mail/outbox.h"
#include "app/mail/post.h"
#include "app/sign/dkim.h"
#include "store/store.h"

namespace app {

// What the outbox sends by: the mail server and the signature of the configuration, and posts to
// webhooks. For one thread.
class Sending {
 public:
  // `stopped` is asked while something is on its way: true gives it up, to be tried again. Errors:
  // kNotFound and kIo for the file of the DKIM key, kInvalid for the allow-list.
  static model::Result<std::unique_ptr<Sending>> make(const Context& context,
                                                      const std::function<bool()>& stopped);

  // Whether mails can go out; without, only webhooks are told.
  bool has_mail() const;
  model::Result<mail::Sent> send(store::Store& store, model::Instant now);

 private:
  Sending(mail::Settings settings, sign::DkimKey key, mail::Poster poster,
          const std::function<bool()>& stopped);
  mail::Handed hand_over(const mail::Delivery& delivery, model::Instant now);

  mail::Settings settings_;
  std::function<bool()> stopped_;
  sign::DkimKey key_;
  mail::Smtp smtp_;
  mail::Poster poster_;
};

}  // namespace app
