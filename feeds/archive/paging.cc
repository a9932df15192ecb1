#include "feeds/archive/paging.h"

#include <algorithm>
#include <charconv>

#include "feeds/news/urls.h"

namespace feeds::archive {
namespace {

constexpr std::size_t kMostDigits = 6;

// `url` with ?paged= one higher, or 2 where it had none; empty when its number makes no sense.
std::string next_paged(const std::string& url) {
  auto whole = url.substr(0, url.find('#'));
  auto query = whole.find('?');
  for (auto at = query; at != std::string::npos; at = whole.find('&', at + 1)) {
    if (whole.compare(at + 1, 6, "paged=") != 0) continue;
    auto begin = at + 7;
    auto end = std::min(whole.find('&', begin), whole.size());
    unsigned number = 0;
    auto [stop, failure] = std::from_chars(whole.data() + begin, whole.data() + end, number);
    bool odd = failure != std::errc() || stop != whole.data() + end || end - begin > kMostDigits;
    if (odd || number == 0) return "";
    return whole.substr(0, begin) + std::to_string(number + 1) + whole.substr(end);
  }
  return whole + (query == std::string::npos ? "?paged=2" : "&paged=2");
}

bool is_wordpress(const news::Document& document) {
  return document.generator.find("wordpress") != std::string::npos ||
         document.generator.find("WordPress") != std::string::npos;
}

}  // namespace

std::vector<std::string> next_pages(const news::Document& document, const std::string& url) {
  std::vector<std::string> out;
  for (const char* rel : {"prev-archive", "next", "sitemap"}) {
    for (const auto& link : document.links) {
      auto address = link.rel == rel ? news::resolve_safely(url, link.href) : "";
      if (!address.empty() && address != url) out.push_back(address);
    }
    if (!out.empty()) return out;
  }
  bool web = url.starts_with("http://") || url.starts_with("https://");
  if (web && is_wordpress(document) && !document.entries.empty()) {
    auto next = next_paged(url);
    if (!next.empty()) out.push_back(next);
  }
  return out;
}

}  // namespace feeds::archive
