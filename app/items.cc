#include "app/items.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/context.h"
#include "app/labelled.h"
#include "correlate/extract.h"
#include "feeds/parse.h"
#include "store/model/text.h"

namespace app {
namespace {

using correlate::Article;
using model::Errc;
using model::Error;
using model::Result;

namespace json = boost::json;

Result<Article> parse_item(std::string_view line) {
  boost::system::error_code failure;
  auto value = json::parse(line, failure);
  if (failure) return Error{Errc::kInvalid, "not JSON: " + failure.message()};
  if (!value.is_object()) return Error{Errc::kInvalid, "not a JSON object"};
  const auto& object = value.get_object();
  Article out;
  out.id = text_of(object, "id");
  if (out.id.empty()) return Error{Errc::kInvalid, "has no \"id\""};
  auto published = text_of(object, "published");
  auto anchor = model::parse_iso(published);
  if (!anchor) {
    return Error{Errc::kInvalid, fmt::format("\"published\": “{}” is not a time", published)};
  }
  out.anchor = *anchor;
  out.revision = 1;
  auto title = model::repair_utf8(text_of(object, "title"));
  auto body = model::repair_utf8(text_of(object, "text"));
  out.title_length = model::code_points(title);
  out.text = body.empty() ? title : title + "\n\n" + body;
  out.language = text_of(object, "lang");
  out.home = correlate::home_country(out.language, text_of(object, "url"));
  return out;
}

}  // namespace

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

std::vector<Article> parse_items(std::string_view jsonl, std::vector<model::Warning>& warnings) {
  std::vector<Article> out;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < jsonl.size();) {
    auto end = std::min(jsonl.find('\n', begin), jsonl.size());
    auto line = model::trim(jsonl.substr(begin, end - begin));
    begin = end + 1;
    ++number;
    if (line.empty()) continue;
    if (auto item = parse_item(line)) {
      out.push_back(*std::move(item));
    } else {
      warnings.push_back({fmt::format("line {}", number), item.error().message});
    }
  }
  return out;
}

Result<feeds::outages::Parsed> read_outages(const std::string& path, const std::string& kind,
                                            const feeds::outages::Mapping* mapping) {
  auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  auto chosen = mapping != nullptr ? Result<feeds::Kind>(feeds::Kind::kOutagesCsv)
                : kind.empty()     ? feeds::detect(*bytes, path)
                                   : [&]() -> Result<feeds::Kind> {
    if (auto named = feeds::kind_named(kind)) return *named;
    return Error{Errc::kInvalid, fmt::format("no kind “{}”", kind)};
  }();
  if (!chosen) return Error{chosen.error().code, path + ": " + chosen.error().message};
  feeds::Document document = mapping != nullptr ? feeds::outages::parse_mapped(*bytes, *mapping)
                                                : feeds::parse(*bytes, *chosen, {});
  auto* parsed = std::get_if<feeds::outages::Parsed>(&document);
  if (parsed == nullptr) {
    auto what = *chosen == feeds::Kind::kPage ? "a web page" : "news";
    return Error{Errc::kInvalid, fmt::format("{}: this is {}, not a measurement file", path, what)};
  }
  for (const auto& warning : parsed->warnings) warn(path, warning);
  return std::move(*parsed);
}

Result<Join> join_files(const std::string& items, const std::string& outages,
                        const std::string& weights) {
  auto weighed = read_weights(weights);
  if (!weighed) return weighed.error();
  auto bytes = read_file(items);
  if (!bytes) return bytes.error();
  auto measured = read_outages(outages, "", nullptr);
  if (!measured) return measured.error();
  Join out;
  out.outages = correlate::OutageIndex(std::move(measured->outages));
  out.signals = std::move(measured->signals);
  std::vector<model::Warning> warnings;
  for (auto& article : parse_items(*bytes, warnings)) {
    Joined joined;
    joined.extraction = correlate::extract(article);
    joined.links = correlate::link(article, joined.extraction, out.outages, *weighed);
    joined.article = std::move(article);
    out.items.push_back(std::move(joined));
  }
  for (const auto& warning : warnings) warn(items, warning);
  return out;
}

}  // namespace app
