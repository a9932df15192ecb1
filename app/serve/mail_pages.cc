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
using model::Result;
using model::Status;

constexpr std::size_t kForm = 8192;
constexpr std::int64_t kMostQuietMinutes = mail::kLongestQuiet.count() / 60;

Answered subscribe_page(Call& call) {
  auto main = fmt::format(
      "<h1>By mail</h1>\n<p>Once a day: what is new, which verdicts came out otherwise, what was "
      "corrected. Or at once: as soon as enough that is new answers a search. Your address is "
      "asked "
      "first, and one click ends it.</p>\n<form method=\"post\" action=\"/subscribe\" "
      "class=\"stack\">\n<label>Address <input type=\"email\" name=\"address\" required "
      "maxlength=\"254\" autocomplete=\"email\"></label>\n<label>About (empty: everything) <input "
      "name=\"query\" value=\"{}\" maxlength=\"1000\"></label>\n<label>Zone <input name=\"zone\" "
      "value=\"{}\"></label>\n<fieldset><legend><label><input type=\"radio\" name=\"kind\" "
      "value=\"digest\" checked> Once a day</label></legend>\n<label>Hour <input type=\"number\" "
      "name=\"hour\" min=\"0\" max=\"23\" value=\"7\"></label>\n<label><input type=\"checkbox\" "
      "name=\"when_empty\" value=\"yes\"> A mail too when nothing happened</label></fieldset>\n"
      "<fieldset><legend><label><input type=\"radio\" name=\"kind\" value=\"alert\"> At "
      "once</label>"
      "</legend>\n<label>From so many new things within a day <input type=\"number\" "
      "name=\"threshold\" min=\"1\" max=\"{}\" value=\"1\"></label>\n<label>Minutes of quiet after "
      "a mail <input type=\"number\" name=\"quiet\" min=\"0\" max=\"{}\" value=\"60\"></label>"
      "</fieldset>\n<button>Ask for it</button></form>\n",
      escaped(call.query["q"]), escaped(call.zone), mail::kMostThreshold, kMostQuietMinutes);
  return page(call, {.title = "By mail", .main = std::move(main)});
}

Result<mail::Wish> wish_of(const Fields& form) {
  mail::Wish out;
  out.address = form["address"];
  out.query = form["query"];
  if (form.has("zone")) out.zone = form["zone"];
  if (form["kind"] == "alert") {
    out.kind = model::Subscription::Kind::kAlert;
    auto threshold = number(form, "threshold", 1, mail::kMostThreshold, 1);
    if (!threshold) return threshold.error();
    out.threshold = static_cast<int>(*threshold);
    auto quiet = number(form, "quiet", 0, kMostQuietMinutes, 60);
    if (!quiet) return quiet.error();
    out.quiet = model::Seconds(60 * static_cast<std::int64_t>(*quiet));
    return out;
  }
  auto hour = number(form, "hour", 0, 23, 7);
  if (!hour) return hour.error();
  out.hour = static_cast<int>(*hour);
  out.when_empty = form.has("when_empty");
  return out;
}

// The same answer whether the address is known already or not, or was asked too often: nobody
// learns who reads.
Answered subscribe(Call& call) {
  auto form = Fields::parse(call.request.body);
  if (!form) return form.error();
  auto wish = wish_of(*form);
  if (!wish) return wish.error();
  auto done = call.record([&](store::Store& store) -> Status {
    auto made = mail::subscribe(store, *wish, new_secret(), call.now);
    bool asked = made || made.error().code == Errc::kConflict;
    return asked ? Status() : Status(made.error());
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
  return button_page(call, "By mail", "Do you want it?", "Yes, send it to me");
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
  bool alert = found && found->kind == model::Subscription::Kind::kAlert;
  return told(found, "It is on its way",
              alert ? "A mail comes when something new answers your search."
                    : "The first digest comes at the hour that you chose.");
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
