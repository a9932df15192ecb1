#include "feeds/outages/routes.h"

#include <cmath>
#include <string>
#include <vector>

#include "feeds/outages/record.h"

namespace feeds::outages {
namespace {

namespace json = boost::json;

constexpr model::Micros kSecond = 1'000'000;
constexpr std::size_t kLongestPath = 10'000;

// The members of one element of a path: one AS, or a set of them. Empty: neither.
std::vector<std::uint32_t> members_of(const json::value& element) {
  std::vector<std::uint32_t> out;
  if (auto asn = asn_in(element)) return {*asn};
  if (const auto* set = element.if_array()) {
    for (const json::value& value : *set) {
      auto asn = asn_in(value);
      if (!asn) return {};
      out.push_back(*asn);
    }
    return out;
  }
  if (!element.is_string()) return {};
  std::string_view text = element.get_string();
  if (!text.starts_with('{') || !text.ends_with('}')) return {};
  text = text.substr(1, text.size() - 2);
  while (!text.empty()) {
    auto end = std::min(text.find_first_of(", "), text.size());
    if (end > 0) {
      auto asn = asn_of(text.substr(0, end));
      if (!asn) return {};
      out.push_back(*asn);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::optional<model::Micros> micros_of(std::string_view text) {
  auto stamp = moment_of(text);
  if (!stamp) return std::nullopt;
  model::Micros at = stamp->at.time_since_epoch().count() * kSecond;
  auto dot = text.find('.');
  model::Micros unit = kSecond / 10;
  for (auto i = dot; dot != std::string_view::npos && ++i < text.size() && unit > 0; unit /= 10) {
    if (text[i] < '0' || text[i] > '9') break;
    at += (text[i] - '0') * unit;
  }
  return at;
}

std::optional<model::Micros> micros_of(double seconds) {
  constexpr double kEarliest = 315'532'800;
  constexpr double kLatest = 4'102'444'800;
  if (!(seconds >= kEarliest && seconds <= kLatest)) return std::nullopt;
  return static_cast<model::Micros>(std::llround(seconds * 1e6));
}

bool set_path(model::RouteChange& change, const json::array* path) {
  if (path == nullptr || path->size() > kLongestPath) return false;
  std::vector<std::uint32_t> last;
  std::uint32_t first = 0;
  for (const json::value& element : *path) {
    last = members_of(element);
    if (last.empty()) return false;
    if (first == 0 && &element == path->data()) first = last.front();
  }
  if (change.peer_as == 0) change.peer_as = first;
  change.origins = std::move(last);
  change.path_length = static_cast<std::uint16_t>(path->size());
  return true;
}

}  // namespace feeds::outages
