#include "app/serve/page.h"

#include <span>
#include <vector>

#include <fmt/format.h>
#include <xxhash.h>

#include "app/serve/assets.h"
#include "feeds/render/told.h"

namespace app::serve {
namespace {

using feeds::render::escaped;

std::string_view type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

const std::vector<StaticFile>& static_files() {
  static const std::vector<StaticFile> kFiles = [] {
    std::vector<StaticFile> out;
    for (const auto& file : assets()) {
      auto name = file.name.substr(file.name.rfind('/') + 1);
      out.push_back({name, type_of(name), file.bytes,
                     fmt::format("{:016x}", XXH3_64bits(file.bytes.data(), file.bytes.size()))});
    }
    return out;
  }();
  return kFiles;
}

std::string head_of(const Page& page) {
  std::string out = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} · "
      "Faultline</title>\n<link rel=\"icon\" type=\"image/svg+xml\" href=\"{}\">\n<link "
      "rel=\"stylesheet\" href=\"{}\">\n",
      escaped(page.title), static_url("icon.svg"), static_url("style.css"));
  if (page.scripts) {
    out += fmt::format("<script type=\"module\" src=\"{}\"></script>\n", static_url("page.js"));
  }
  return out + page.head + "</head>\n";
}

std::string navigation(const Call* call, const std::string& query) {
  std::string out = fmt::format(
      "<header class=\"site\"><a class=\"brand\" href=\"/\">Faultline</a>\n<form role=\"search\" "
      "action=\"/search\" method=\"get\"><label class=\"hidden\" for=\"q\">Search</label><input "
      "id=\"q\" type=\"search\" name=\"q\" value=\"{}\" maxlength=\"1000\" "
      "placeholder=\"sony country:KP -playstation\" autocomplete=\"off\"><button>Search</button>"
      "</form>\n<nav aria-label=\"Main\"><a href=\"/\">Incidents</a> <a "
      "href=\"/outages\">Outages</a> <a href=\"/sources\">Sources</a> <a "
      "href=\"/corrections\">Corrections</a> <a href=\"/subscribe\">By mail</a> <a "
      "href=\"/help\">Help</a>",
      escaped(query));
  if (call != nullptr && !call->caller.session.empty()) {
    out += fmt::format(
        " <form class=\"inline\" method=\"post\" action=\"/logout\">{}<button>Sign out {}</button>"
        "</form>",
        form_fields(*call, "/"), escaped(call->caller.name));
  } else {
    out += " <a href=\"/login\">Sign in</a>";
  }
  return out + "</nav></header>\n";
}

constexpr std::string_view kFooter =
    "<footer><p>Measured, reported and not measured are kept apart. Links between news and "
    "measurements are inferred, with a probability. Each line leads back to what it rests "
    "on.</p></footer>\n";

std::string framed(const Call* call, const Page& page) {
  return fmt::format(
      "{}<body{}>\n<a class=\"skip\" href=\"#main\">To the content</a>\n{}<main id=\"main\" "
      "tabindex=\"-1\">\n{}</main>\n{}</body>\n</html>\n",
      head_of(page), page.narrow ? "" : " class=\"wide-page\"", navigation(call, page.query),
      page.main, kFooter);
}

}  // namespace

const StaticFile* static_file(std::string_view name) {
  for (const auto& file : static_files()) {
    if (file.name == name) return &file;
  }
  return nullptr;
}

std::string static_url(std::string_view name) {
  const auto* file = static_file(name);
  return fmt::format("/static/{}/{}", file == nullptr ? "none" : file->hash, name);
}

HttpAnswer page(const Call& call, const Page& page, int status) {
  return html_answer(framed(&call, page), status);
}

HttpAnswer message_page(int status, std::string_view title, std::string_view text) {
  Page page;
  page.title = title;
  page.main = fmt::format("<h1>{}</h1>\n<p dir=\"auto\">{}</p>\n", escaped(title), escaped(text));
  return html_answer(framed(nullptr, page), status);
}

HttpAnswer embedded_page(const Page& page) {
  auto out =
      html_answer(fmt::format("{}<body class=\"embedded\">\n<main id=\"main\">\n{}</main>\n"
                              "</body>\n</html>\n",
                              head_of(page), page.main));
  out.fields.emplace_back("Content-Security-Policy", std::string(kEmbedPolicy));
  return out;
}

std::string form_fields(const Call& call, std::string_view to) {
  return fmt::format(
      "<input type=\"hidden\" name=\"proof\" value=\"{}\"><input type=\"hidden\" name=\"to\" "
      "value=\"{}\">",
      escaped(call.caller.session), escaped(to));
}

std::string link_to(std::string_view page, std::string_view id, std::string_view words) {
  return fmt::format("<a href=\"/{}/{}\">{}</a>", page, escaped(id), escaped(words));
}

std::string text_input(std::string_view name, std::string_view label, std::string_view value,
                       std::string_view more) {
  return fmt::format("<label>{} <input name=\"{}\" value=\"{}\" {}></label>\n", escaped(label),
                     escaped(name), escaped(value), more);
}

}  // namespace app::serve
