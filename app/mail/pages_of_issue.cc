#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/mail/digest.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"
#include "store/model/text.h"

// An issue as people read it. Only what is frozen in it is told.
namespace app::mail {
namespace {

namespace json = boost::json;
using feeds::render::escaped;
using feeds::render::printable;

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  // A mail is no place for a title of a megabyte.
  constexpr std::size_t kMost = 400;
  return model::truncate(std::string(value->get_string()), kMost);
}

// The objects of a list; none where there is no list.
std::vector<json::object> objects(const json::object& object, std::string_view name) {
  std::vector<json::object> out;
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) return out;
  for (const auto& one : value->get_array()) {
    if (one.is_object()) out.push_back(one.get_object());
  }
  return out;
}

std::string window_of(const model::Issue& issue) {
  return fmt::format("{} to {}, {}", feeds::render::local(issue.window.from, issue.zone),
                     feeds::render::local(issue.window.to, issue.zone), issue.zone);
}

std::string what_of(const model::Issue& issue) {
  return issue.query.empty() ? "everything" : "“" + printable(issue.query) + "”";
}

std::string link(const std::string& url, const std::string& words) {
  return url.empty() ? words : fmt::format("<a href=\"{}\">{}</a>", escaped(url), words);
}

std::size_t number_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_number() ? value->to_number<std::size_t>() : 0;
}

// "and 3 older ones, read for the first time"; empty for none.
std::string older_of(const json::object& incident) {
  auto older = number_of(incident, "older");
  return older == 0 ? ""
                    : fmt::format("{} older {} {} read for the first time.", older,
                                  older == 1 ? "entry" : "entries", older == 1 ? "was" : "were");
}

// "In 12 more incidents something is new."; empty for none.
std::string more_of(const json::object& content) {
  auto more = number_of(content, "more");
  return more == 0
             ? ""
             : fmt::format("In {} more incident{} something is new.", more, more == 1 ? "" : "s");
}

constexpr std::string_view kNothing =
    "Nothing new was learned, nothing has changed, nothing was corrected.";

std::string item_html(const json::object& item, const std::string& base) {
  auto out = fmt::format("<li dir=\"auto\">{}, {} {}",
                         link(std::string(feeds::render::web_address(text_of(item, "url"))),
                              escaped(text_of(item, "title"))),
                         escaped(text_of(item, "by")), escaped(text_of(item, "published")));
  if (!base.empty()) {
    out +=
        fmt::format(" ({})", link(base + "entries/" + text_of(item, "entry"), "what it rests on"));
  }
  for (const auto& verdict : objects(item, "verdicts")) {
    out += fmt::format("<br>{} {}", escaped(text_of(verdict, "sign")),
                       escaped(text_of(verdict, "text")));
  }
  return out + "</li>\n";
}

}  // namespace

std::string issue_title(const model::Issue& issue) {
  auto content = content_of(issue);
  auto incidents = objects(content, "incidents");
  auto day = feeds::render::local(issue.window.to - model::Seconds{1}, issue.zone).substr(0, 10);
  if (incidents.empty()) return fmt::format("Faultline, {}: nothing new", day);
  auto more = incidents.size() > 1 ? fmt::format(" and {} more", incidents.size() - 1) : "";
  return fmt::format("Faultline, {}: {}{}", day, printable(text_of(incidents.front(), "title")),
                     more);
}

std::string issue_text(const model::Issue& issue, const std::string& base) {
  auto content = content_of(issue);
  auto out = fmt::format("What was learned of {}\n{}\n\n", what_of(issue), window_of(issue));
  if (items_in(content) == 0) out += std::string(kNothing) + "\n\n";
  for (const auto& incident : objects(content, "incidents")) {
    out += fmt::format("== {}\n", printable(text_of(incident, "title")));
    if (!base.empty()) out += fmt::format("   {}incidents/{}/\n", base, text_of(incident, "id"));
    for (const auto& part : objects(incident, "changed")) {
      out += fmt::format(" * {}: {}\n", text_of(part, "kind"), printable(text_of(part, "text")));
    }
    for (const auto& item : objects(incident, "new")) {
      out += fmt::format(" - {}, {} {}\n", printable(text_of(item, "title")),
                         printable(text_of(item, "by")), text_of(item, "published"));
      if (auto url = std::string(feeds::render::web_address(text_of(item, "url"))); !url.empty())
        out += "   " + printable(url) + "\n";
      for (const auto& verdict : objects(item, "verdicts")) {
        out += fmt::format("   {} {}\n", text_of(verdict, "sign"),
                           printable(text_of(verdict, "text")));
      }
    }
    if (auto older = older_of(incident); !older.empty()) out += "   " + older + "\n";
    out += "\n";
  }
  if (auto more = more_of(content); !more.empty()) out += more + "\n\n";
  for (const auto& source : objects(content, "dead")) {
    out += fmt::format("Not heard since {}: {} ({})\n", text_of(source, "since"),
                       printable(text_of(source, "source")), printable(text_of(source, "why")));
  }
  return out;
}

std::string issue_html(const model::Issue& issue, const std::string& base) {
  auto content = content_of(issue);
  auto out =
      fmt::format("<h1>{}</h1>\n<p>What was learned of {}, {}.</p>\n", escaped(issue_title(issue)),
                  escaped(what_of(issue)), escaped(window_of(issue)));
  if (items_in(content) == 0) out += fmt::format("<p>{}</p>\n", kNothing);
  for (const auto& incident : objects(content, "incidents")) {
    auto url = base.empty() ? "" : base + "incidents/" + text_of(incident, "id") + "/";
    out +=
        fmt::format("<h2 dir=\"auto\">{}</h2>\n", link(url, escaped(text_of(incident, "title"))));
    auto changed = objects(incident, "changed");
    if (!changed.empty()) out += "<h3>What has changed</h3>\n<ul>\n";
    for (const auto& part : changed) {
      out += fmt::format("<li dir=\"auto\"><b>{}</b>: {}</li>\n", escaped(text_of(part, "kind")),
                         escaped(text_of(part, "text")));
    }
    if (!changed.empty()) out += "</ul>\n";
    auto fresh = objects(incident, "new");
    if (!fresh.empty()) out += "<h3>What is new</h3>\n<ul>\n";
    for (const auto& item : fresh) out += item_html(item, base);
    if (!fresh.empty()) out += "</ul>\n";
    if (auto older = older_of(incident); !older.empty()) out += "<p>" + older + "</p>\n";
  }
  if (auto more = more_of(content); !more.empty()) out += "<p>" + more + "</p>\n";
  auto dead = objects(content, "dead");
  if (!dead.empty()) out += "<h2>Sources that are not heard</h2>\n<ul>\n";
  for (const auto& source : dead) {
    out +=
        fmt::format("<li dir=\"auto\">{}, since {}: {}</li>\n", escaped(text_of(source, "source")),
                    escaped(text_of(source, "since")), escaped(text_of(source, "why")));
  }
  if (!dead.empty()) out += "</ul>\n";
  return out;
}

}  // namespace app::mail
