#include "store/sql/url.h"

namespace store::sql {

std::string without_password(std::string_view url) {
  std::string out(url);
  auto authority = out.find("//");
  if (authority == std::string::npos) return out;
  auto end = out.find_first_of("/?", authority + 2);
  // A password that is written as it is may hold the marks that end the authority.
  auto at = out.rfind('@');
  auto secret = out.find(':', authority);
  if (at != std::string::npos && secret < at && (end == std::string::npos || secret < end)) {
    out.erase(secret, at - secret);
  }
  constexpr std::string_view kOption = "password=";
  for (auto option = out.find(kOption); option != std::string::npos;
       option = out.find(kOption, option + kOption.size())) {
    auto value = option + kOption.size();
    out.erase(value, out.find('&', value) - value);
  }
  return out;
}

}  // namespace store::sql
