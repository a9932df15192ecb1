#include "feeds/outages/query.h"

#include <boost/url.hpp>

namespace feeds::outages {

std::string query_value(std::string_view url, std::string_view name) {
  auto parsed = boost::urls::parse_uri_reference(url);
  if (!parsed) return "";
  for (const auto& parameter : parsed->params()) {
    if (parameter.key == name) return std::string(parameter.value);
  }
  return "";
}

}  // namespace feeds::outages
