#include "feeds/outages/stop_words.h"

#include <algorithm>
#include <array>

#include "store/model/text.h"

namespace feeds::outages {
namespace {

namespace json = boost::json;

// Headers of the year sheets → those of the combined one.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kOtherNames = {{
    {"news_link", "info_source_link"},
    {"news_links", "info_source_link"},
    {"source_link", "info_source_link"},
    {"area", "area_name"},
    {"location", "area_name"},
    {"cause", "actual_cause"},
    {"status", "shutdown_status"},
    {"geographic_scope", "geo_scope"},
    {"full_or_service_based", "shutdown_extent"},
}};

}  // namespace

std::string stop_column(std::string_view header) {
  std::string name = model::squeeze(model::fold(header));
  std::replace(name.begin(), name.end(), ' ', '_');
  for (const auto& [other, ours] : kOtherNames) {
    if (name == other) return std::string(ours);
  }
  return name;
}

json::array stop_links(std::string_view text) {
  json::array links;
  for (auto begin = text.find("http"); begin != std::string_view::npos;) {
    auto rest = text.substr(begin);
    if (!rest.starts_with("http://") && !rest.starts_with("https://")) {
      begin = text.find("http", begin + 4);
      continue;
    }
    auto next = std::min(text.find("http", begin + 4), text.size());
    while (next < text.size()) {
      bool separated = std::string_view(",; \t\r\n").find(text[next - 1]) != std::string_view::npos;
      if (separated) break;
      next = std::min(text.find("http", next + 4), text.size());
    }
    auto link = text.substr(begin, next - begin);
    link = link.substr(0, std::min(link.find_first_of(" \t\r\n"), link.size()));
    while (!link.empty() && (link.back() == ',' || link.back() == ';')) link.remove_suffix(1);
    links.emplace_back(json::string(link));
    begin = next < text.size() ? next : std::string_view::npos;
  }
  return links;
}

bool is_everywhere(std::string_view area) {
  constexpr std::array kWords = {
      "nationwide",     "national",      "nation-wide", "country-wide",       "countrywide",
      "entire country", "whole country", "all country", "the entire country", "the whole country"};
  auto text = model::squeeze(model::fold(area));
  return std::find(kWords.begin(), kWords.end(), text) != kWords.end();
}

}  // namespace feeds::outages
