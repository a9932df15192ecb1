#include "store/rules/facet.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "store/query/words.h"

namespace store::rules {
namespace {

// "news.example" of "https://news.example/feed".
std::string_view host_of(std::string_view url) {
  auto begin = url.find("://");
  if (begin == url.npos) return {};
  url.remove_prefix(begin + 3);
  return url.substr(0, url.find_first_of("/:?#"));
}

}  // namespace

void FacetCounts::add(std::string_view field, std::string_view value, std::int64_t count) {
  counts_[std::string(field)][std::string(value)] += count;
}

std::vector<Facet> FacetCounts::facets(std::size_t most) const {
  constexpr std::array kOrder = {"kind",  "country", "type", "verdict",
                                 "actor", "source",  "lang", "month"};
  std::vector<Facet> out;
  for (const char* field : kOrder) {
    auto found = counts_.find(field);
    if (found == counts_.end()) continue;
    Facet facet{field, {found->second.begin(), found->second.end()}};
    std::stable_sort(facet.values.begin(), facet.values.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    facet.values.resize(std::min(most, facet.values.size()));
    out.push_back(std::move(facet));
  }
  return out;
}

std::optional<std::string_view> facet_of(query::Field field) {
  switch (field) {
    case query::Field::kCountry:
    case query::Field::kType:
    case query::Field::kActor:
    case query::Field::kLang:
      return to_string(field);
    default:
      return std::nullopt;
  }
}

std::string month_of(model::Instant at) { return model::to_iso(at, model::Precision::kMonth); }

std::vector<std::string> source_names(const model::Source& source) {
  return {query::folded_words(source.title), query::folded_words(host_of(source.url)),
          query::folded_words(host_of(source.home)), query::folded_words(source.id)};
}

std::string publisher_name(const model::Revision& revision) {
  return query::folded_words(revision.publisher);
}

std::string source_label(const model::Source& source) {
  return source.title.empty() ? source.id : source.title;
}

}  // namespace store::rules
