#include <charconv>

#include <fmt/format.h>

#include "app/mail/digest.h"
#include "app/mail/outbox.h"
#include "app/serve/page.h"
#include "app/serve/routes.h"
#include "app/serve/sessions.h"
#include "feeds/render/told.h"

// Pages of the digest: asking for it, saying yes, ending it, and the issues themselves.
namespace app::serve {
namespace {

using feeds::render::escaped;
using model::Errc;
using model::Error;
using model::Status;

constexpr std::size_t kForm = 8192;

Answered subscribe_page(Call& call) {
  auto main = fmt::format(
      "<h1>A mail a day</h1>\n<p>What is new, which verdicts came out otherwise, what was "
      "corrected. "
      "Your address is asked first, and one click ends it.</p>\n<form method=\"post\" "
      "action=\"/subscribe\" class=\"stack\">\n<label>Address <input type=\"email\" "
      "name=\"address\" "
      "required maxlength=\"254\" autocomplete=\"email\"></label>\n<label>About (empty: "
      "everything) "
      "<input name=\"query\" value=\"{}\" maxlength=\"1000\"></label>\n<label>Hour <input "
      "type=\"number\" "
      "name=\"hour\" min=\"0\" max=\"23\" value=\"7\"></label>\n<label>Zone <input name=\"zone\" "
      "value=\"{}\"></label>\n<label><input type=\"checkbox\" name=\"when_empty\" value=\"yes\"> A "
      "mail "
      "too when nothing happened</label>\n<button>Ask for it</button></form>\n",
      escaped(call.query["q"]), escaped(call.zone));
  return page(call, {.title = "A mail a day", .main = std::move(main)});
}

// The same answer whether the address is known already or not: nobody learns who reads.
Answered subscribe(Call& call) {
  auto form = Fields::parse(call.request.body);
  if (!form) return form.error();
  mail::Wish wish;
  wish.address = (*form)["address"];
  wish.query = (*form)["query"];
  auto hour = number(*form, "hour", 0, 23, 7);
  if (!hour) return hour.error();
  wish.hour = static_cast<int>(*hour);
  if (form->has("zone")) wish.zone = (*form)["zone"];
  wish.when_empty = form->has("when_empty");
  auto done = call.record([&](store::Store& store) -> Status {
    auto made = mail::subscribe(store, wish, new_secret(), call.now);
    return made ? Status() : Status(made.error());
  });
  if (!done) return done.error();
  return message_page(
      200, "Look into your mail",
      "If this address can get mail, a question is on its way to it. Nothing else is "
      "sent before you say yes.");
}

// What a link in a mail leads to: a page with a button, since programs that look into mails follow
// links. Only the button does it.
Answered button_page(const Call& call, std::string_view title, std::string_view words,
                     std::string_view button) {
  return page(
      call, {.title = std::string(title),
             .main = fmt::format("<h1>{}</h1>\n<p>{}</p>\n<form method=\"post\"><button>{}</button>"
                                 "</form>\n",
                                 title, words, button)});
}

Answered confirm_page(Call& call) {
  return button_page(call, "A mail a day", "Do you want it?", "Yes, send it to me");
}

Answered unsubscribe_page(Call& call) {
  return button_page(call, "No more mails", "Nothing more is sent after this.", "End it");
}

Answered told(const std::optional<model::Subscription>& one, std::string_view title,
              std::string_view words) {
  if (!one) return Error{Errc::kNotFound, "this link belongs to no subscription"};
  return message_page(200, title, words);
}

Answered confirm(Call& call) {
  std::optional<model::Subscription> found;
  auto done = call.record([&](store::Store& store) -> Status {
    auto one = mail::confirm(store, call.path[0], call.now);
    if (!one) return one.error();
    found = *std::move(one);
    return {};
  });
  if (!done) return done.error();
  return told(found, "It is on its way", "The first digest comes at the hour that you chose.");
}

// RFC 8058: a POST alone ends it, without a cookie, a question or a redirect.
Answered unsubscribe(Call& call) {
  std::optional<model::Subscription> found;
  auto done = call.record([&](store::Store& store) -> Status {
    auto one = mail::end(store, call.path[0]);
    if (!one) return one.error();
    found = *std::move(one);
    return {};
  });
  if (!done) return done.error();
  return told(found, "It has ended", "Nothing more is sent.");
}

Answered issue(Call& call) {
  auto found = call.store.issue(call.path[0]);
  if (!found) return found.error();
  if (!*found) return Error{Errc::kNotFound, "no such issue"};
  return page(call, {.title = mail::issue_title(**found), .main = mail::issue_html(**found, "/")});
}

}  // namespace

std::vector<Route> mail_routes() {
  constexpr auto kOpen = model::Role::kOutsider;
  constexpr auto kNever = Keep::kNever;
  return {{"GET", "/subscribe", kOpen, kNever, 0, subscribe_page},
          {"POST", "/subscribe", kOpen, kNever, kForm, subscribe},
          {"GET", "/confirm/{token}", kOpen, kNever, 0, confirm_page},
          {"POST", "/confirm/{token}", kOpen, kNever, kForm, confirm},
          {"GET", "/unsubscribe/{token}", kOpen, kNever, 0, unsubscribe_page},
          {"POST", "/unsubscribe/{token}", kOpen, kNever, kForm, unsubscribe},
          {"GET", "/issues/{id}", kOpen, Keep::kUntilChange, 0, issue}};
}

}  // namespace app::serve
