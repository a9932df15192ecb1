#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "correlate/article.h"
#include "correlate/link.h"
#include "feeds/outages/mapping.h"
#include "feeds/outages/outages.h"
#include "store/model/claim.h"
#include "store/model/result.h"

namespace app {

// A member of a line as text; empty where there is none.
std::string text_of(const boost::json::object& object, std::string_view name);

// News as the stateless commands take it, one object a line:
// {"id","published","title","text","lang"?,"url"?}. A line that cannot be read becomes a warning
// with its number; the rest is kept.
std::vector<correlate::Article> parse_items(std::string_view jsonl,
                                            std::vector<model::Warning>& warnings);

// An article with what the passes found in it.
struct Joined {
  correlate::Article article;
  model::Extraction extraction;
  std::vector<model::Link> links;
};

// What --items and --outages name, read, extracted and linked.
struct Join {
  correlate::OutageIndex outages{{}};
  std::vector<model::Signal> signals;
  std::vector<Joined> items;
};
// Links by the weights of a file; empty: by the shipped ones.
model::Result<Join> join_files(const std::string& items, const std::string& outages,
                               const std::string& weights);

// Any measurement file; one of a kind of its own with its mapping. Warnings go to stderr.
model::Result<feeds::outages::Parsed> read_outages(
    const std::string& path, const std::string& kind,
    const feeds::outages::Mapping* mapping = nullptr);

}  // namespace app
