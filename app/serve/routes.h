#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/serve/call.h"

namespace app::serve {

// How an answer may be kept.
enum class Keep : std::uint8_t {
  kUntilChange,  // the same for all who ask, until the database changes
  kNever
};

// What answers which requests. {…} in a pattern stands for one segment of the path.
struct Route {
  std::string_view method;  // GET answers HEAD too
  std::string_view pattern;
  model::Role needs;
  Keep keep;
  std::size_t body;  // largest body in bytes
  Answered (*answer)(Call&);
};

// All of them: pages, API, exports.
const std::vector<Route>& routes();

// The route of a request with what stands for its {…}, decoded; null when none has this path;
// `allowed` then lists the methods that the path has.
struct Match {
  const Route* route = nullptr;
  std::vector<std::string> path{};
  std::string allowed{};
};
Match match(const std::vector<Route>& routes, std::string_view method, std::string_view path);

// Parts of the table, each with what answers it.
std::vector<Route> api_routes();
std::vector<Route> record_routes();
std::vector<Route> edit_routes();
std::vector<Route> page_routes();
std::vector<Route> record_page_routes();
std::vector<Route> why_routes();
std::vector<Route> mail_routes();
std::vector<Route> alert_routes();
std::vector<Route> site_routes();

}  // namespace app::serve
