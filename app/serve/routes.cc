#include "app/serve/routes.h"

#include <algorithm>

namespace app::serve {
namespace {

// The next segment of a path, without its slash.
std::string_view next(std::string_view& path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  auto end = std::min(path.find('/'), path.size());
  auto out = path.substr(0, end);
  path.remove_prefix(end);
  return out;
}

std::optional<std::vector<std::string>> fit(std::string_view pattern, std::string_view path) {
  std::vector<std::string> out;
  while (!pattern.empty() || !path.empty()) {
    // "/a" is not "/a/": relative addresses in a page would lead elsewhere.
    if (pattern.empty() || path.empty()) return std::nullopt;
    auto wanted = next(pattern), got = next(path);
    if (!wanted.starts_with('{')) {
      if (wanted != got) return std::nullopt;
      continue;
    }
    auto value = percent_decoded(got);
    if (!value || value->empty()) return std::nullopt;
    out.push_back(*std::move(value));
  }
  return out;
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> kRoutes = [] {
    std::vector<Route> out;
    for (auto part : {api_routes, record_routes, edit_routes, page_routes, record_page_routes,
                      why_routes, mail_routes, alert_routes, site_routes}) {
      for (auto& route : part()) out.push_back(route);
    }
    return out;
  }();
  return kRoutes;
}

Match match(const std::vector<Route>& routes, std::string_view method, std::string_view path) {
  Match out;
  if (method == "HEAD") method = "GET";
  for (const auto& route : routes) {
    auto values = fit(route.pattern, path);
    if (!values) continue;
    if (route.method == method) return {&route, *std::move(values), {}};
    if (!out.allowed.empty()) out.allowed += ", ";
    out.allowed += route.method;
    if (route.method == "GET") out.allowed += ", HEAD";
  }
  return out;
}

}  // namespace app::serve
