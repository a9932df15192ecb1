#include "store/model/link_key.h"

#include <algorithm>
#include <array>

namespace model {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view first_label(std::string_view host) { return host.substr(0, host.find('.')); }

// Whether it can be a site: two labels at least, and not those that countries sell names below
// ("co.uk", "com.au").
bool is_site(std::string_view host) {
  auto dot = host.find('.');
  if (dot == host.npos || dot == 0 || dot + 1 == host.size()) return false;
  bool registry = dot <= 3 && host.size() - dot - 1 == 2;
  return !registry;
}

std::string site_of(std::string_view host) {
  constexpr std::array<std::string_view, 5> kForms{"www", "m", "mobile", "amp", "wap"};
  auto first = first_label(host);
  bool form = std::find(kForms.begin(), kForms.end(), first) != kForms.end();
  if (form && first.size() < host.size() && is_site(host.substr(first.size() + 1))) {
    return std::string(host.substr(first.size() + 1));
  }
  auto rest = first.size() < host.size() ? host.substr(first.size() + 1) : std::string_view();
  if (rest.starts_with("m.") && is_site(rest.substr(2))) {
    return std::string(first) + "." + std::string(rest.substr(2));
  }
  return std::string(host);
}

// "/2014/12/": a year and a month.
bool has_date(std::string_view path) {
  for (auto at = path.find('/'); at != path.npos; at = path.find('/', at + 1)) {
    auto part = path.substr(at + 1, 8);
    bool shape = part.size() == 8 && part[4] == '/' && part[7] == '/';
    if (shape && (part.starts_with("19") || part.starts_with("20")) && is_digit(part[2]) &&
        is_digit(part[3]) && is_digit(part[5]) && is_digit(part[6])) {
      return true;
    }
  }
  return false;
}

// Without the mark of an AMP page, where what stays is an article's.
std::string without_amp(std::string_view path) {
  constexpr std::string_view kFolder = "/amp";
  if (path.ends_with(kFolder) && is_article(path.substr(0, path.size() - kFolder.size()))) {
    path.remove_suffix(kFolder.size());
  }
  if (path.starts_with("/amp/") && is_article(path.substr(kFolder.size()))) {
    path.remove_prefix(kFolder.size());
  }
  for (std::string_view end : {".amp", ".amp.html"}) {
    auto bare = path.substr(0, path.size() - std::min(path.size(), end.size()));
    if (path.ends_with(end) && !bare.ends_with('/') && is_article(bare)) {
      return std::string(bare) + (end.ends_with(".html") ? ".html" : "");
    }
  }
  return std::string(path);
}

bool is_blogger_mobile(std::string_view path, std::string_view query) {
  return query == "m=1" && has_date(path) && path.ends_with(".html");
}

}  // namespace

bool is_article(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  auto last = path.substr(path.rfind('/') + 1);
  auto digits = std::count_if(last.begin(), last.end(), is_digit);
  auto joints =
      std::count_if(last.begin(), last.end(), [](char c) { return c == '-' || c == '_'; });
  return has_date(path) || joints >= 2 || digits >= 5 || last.ends_with(".html") ||
         last.ends_with(".htm") || last.ends_with(".php");
}

std::string link_key(std::string_view url) {
  auto colon = url.find("://");
  auto scheme = url.substr(0, colon);
  if (colon == url.npos || (scheme != "http" && scheme != "https")) return "";
  url.remove_prefix(colon + 3);
  auto authority = url.substr(0, url.find_first_of("/?"));
  auto rest = url.substr(authority.size());
  auto path = rest.substr(0, rest.find('?'));
  auto query = rest.substr(std::min(rest.size(), path.size() + 1));
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty() && query.empty()) return "";
  auto out = "https://" + site_of(authority) + without_amp(path);
  if (!query.empty() && !is_blogger_mobile(path, query)) out.append("?").append(query);
  return out;
}

std::string as_https(std::string_view text) {
  constexpr std::string_view kHttp = "http://";
  bool http = text.size() > kHttp.size() &&
              std::equal(kHttp.begin(), kHttp.end(), text.begin(),
                         [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
  return http ? "https://" + std::string(text.substr(kHttp.size())) : std::string(text);
}

}  // namespace model
