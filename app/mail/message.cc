#include "app/mail/message.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <gmime/gmime.h>

#include "app/mail/digest.h"
#include "feeds/render/told.h"
#include "store/model/hash.h"

namespace app::mail {
namespace {

struct Unref {
  template <typename T>
  void operator()(T* object) const {
    g_object_unref(object);
  }
};
template <typename T>
using Held = std::unique_ptr<T, Unref>;

std::string host_of(const std::string& address) {
  auto at = address.rfind('@');
  return at == address.npos ? "localhost" : address.substr(at + 1);
}

GMimeObject* text_part(const char* subtype, const std::string& text) {
  auto* part = g_mime_text_part_new_with_subtype(subtype);
  g_mime_text_part_set_charset(part, "utf-8");
  g_mime_text_part_set_text(part, text.c_str());
  g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return GMIME_OBJECT(part);
}

// One message, field by field.
class Message {
 public:
  explicit Message(const std::string& id) {
    static const bool kReady = [] {
      g_mime_init();
      return true;
    }();
    static_cast<void>(kReady);
    message_.reset(g_mime_message_new(TRUE));
    g_mime_message_set_message_id(message_.get(), id.c_str());
    boundary_ = "faultline-" + model::sha256_hex(id).substr(0, 32);
  }

  void from(const std::string& address) {
    g_mime_message_add_mailbox(message_.get(), GMIME_ADDRESS_TYPE_FROM, "Faultline",
                               address.c_str());
  }
  void to(const std::string& address) {
    g_mime_message_add_mailbox(message_.get(), GMIME_ADDRESS_TYPE_TO, nullptr, address.c_str());
  }
  void subject(const std::string& text) {
    g_mime_message_set_subject(message_.get(), text.c_str(), "utf-8");
  }
  void date(model::Instant at) {
    auto* time = g_date_time_new_from_unix_utc(at.time_since_epoch().count());
    g_mime_message_set_date(message_.get(), time);
    g_date_time_unref(time);
  }
  void field(const char* name, const std::string& value) {
    g_mime_object_append_header(GMIME_OBJECT(message_.get()), name, value.c_str(), "utf-8");
  }

  void body(const std::string& plain, const std::string& html) {
    Held<GMimeMultipart> both(g_mime_multipart_new_with_subtype("alternative"));
    g_mime_multipart_set_boundary(both.get(), boundary_.c_str());
    Held<GMimeObject> first(text_part("plain", plain));
    Held<GMimeObject> second(text_part("html", html));
    g_mime_multipart_add(both.get(), first.get());
    g_mime_multipart_add(both.get(), second.get());
    g_mime_message_set_mime_part(message_.get(), GMIME_OBJECT(both.get()));
  }

  std::string text() {
    auto* options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    char* bytes = g_mime_object_to_string(GMIME_OBJECT(message_.get()), options);
    g_mime_format_options_free(options);
    std::string out(bytes);
    g_free(bytes);
    return out;
  }

 private:
  Held<GMimeMessage> message_;
  std::string boundary_;
};

// What mail programs show: no style sheet, no grid, no picture.
std::string mail_html(const std::string& main, const std::string& foot) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta "
      "charset=\"utf-8\"><title>Faultline</title></head>"
      "<body style=\"font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: "
      "600px\">\n"
      "{}<hr>\n{}</body></html>\n",
      main, foot);
}

}  // namespace

bool is_address(std::string_view text) {
  auto at = text.find('@');
  if (text.size() > 254 || at == text.npos || at == 0 || at > 64) return false;
  auto local = text.substr(0, at), host = text.substr(at + 1);
  auto alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  auto in_local = [&](char c) {
    return alphanumeric(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
  };
  auto in_host = [&](char c) { return alphanumeric(c) || c == '-' || c == '.'; };
  bool dots = local.front() == '.' || local.back() == '.' || local.find("..") != local.npos ||
              host.find("..") != host.npos;
  return !dots && std::all_of(local.begin(), local.end(), in_local) && !host.empty() &&
         std::all_of(host.begin(), host.end(), in_host) && alphanumeric(host.front()) &&
         alphanumeric(host.back());
}

std::string message_id(const Settings& settings, const model::Subscription& to,
                       std::string_view what) {
  return fmt::format("{}@{}", model::make_id("digest", fmt::format("{}|{}", to.id, what)),
                     host_of(settings.from));
}

std::string digest_message(const Settings& settings, const model::Subscription& to,
                           const model::Issue& issue) {
  Message out(message_id(settings, to, issue.id));
  auto root = message_id(settings, to, "root|" + issue.query);
  auto end = settings.base + "unsubscribe/" + to.token;
  out.from(settings.from);
  out.to(to.address);
  bool alert = to.kind == model::Subscription::Kind::kAlert;
  auto what = to.query.empty() ? std::string("everything") : "“" + to.query + "”";
  out.subject(alert ? fmt::format("{} ({})", issue_title(issue), what) : issue_title(issue));
  out.date(issue.made_at);
  out.field("In-Reply-To", "<" + root + ">");
  out.field("References", "<" + root + ">");
  out.field("List-Id", fmt::format("Faultline {} <", to_string(to.kind)) + settings.list_id + ">");
  out.field("List-Unsubscribe", fmt::format("<{}>, <mailto:{}?subject=unsubscribe%20{}>", end,
                                            settings.from, to.token));
  out.field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  out.field("List-Archive", "<" + settings.base + "issues/" + issue.id + ">");
  out.field("Auto-Submitted", "auto-generated");
  auto page = settings.base + "issues/" + issue.id;
  auto plain = issue_text(issue, settings.base) +
               fmt::format("-- \nThe same as a page: {}\nNo more of these: {}\n", page, end);
  using feeds::render::escaped;
  auto foot = fmt::format(
      "<p>You asked for this. <a href=\"{}\">The same as a page</a> · <a href=\"{}\">No more of "
      "these</a></p>\n",
      escaped(page), escaped(end));
  out.body(plain, mail_html(issue_html(issue, settings.base), foot));
  return out.text();
}

std::string question_message(const Settings& settings, const model::Subscription& to) {
  Message out(message_id(settings, to, "question"));
  auto url = settings.base + "confirm/" + to.token;
  out.from(settings.from);
  out.to(to.address);
  bool alert = to.kind == model::Subscription::Kind::kAlert;
  out.subject(alert ? "Do you want Faultline's alerts?" : "Do you want Faultline's digest?");
  out.date(to.created_at);
  out.field("Auto-Submitted", "auto-generated");
  auto what =
      fmt::format("{} of {}", alert ? "alerts as soon as something comes" : "a daily digest",
                  to.query.empty() ? std::string("everything") : "“" + to.query + "”");
  constexpr std::string_view kAsked = "Somebody, you we hope, asked for {} at this address.";
  constexpr std::string_view kElse = "If it was not you, do nothing: nothing more is sent.";
  auto asked = fmt::format(fmt::runtime(kAsked), what);
  auto plain = fmt::format("{}\n\nYes, I want it: {}\n\n{}\n", asked, url, kElse);
  using feeds::render::escaped;
  auto html = fmt::format("<p>{}</p><p><a href=\"{}\">Yes, I want it</a></p><p>{}</p>\n",
                          escaped(asked), escaped(url), kElse);
  out.body(plain, mail_html(html, {}));
  return out.text();
}

}  // namespace app::mail
