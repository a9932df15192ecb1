// Every .sample of news/: a feed or a list of feeds, and what must be read from it. news/README.md
// tells the format.
#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "feeds/news/feed.h"
#include "feeds/opml/opml.h"
#include "tests/support/sample_file.h"

namespace feeds {
namespace {

namespace json = boost::json;

// "entries[0].title "…"" for every value; details only where they are no plain text.
void flatten(const std::string& path, const json::value& value, std::vector<std::string>& out) {
  if (const auto* object = value.if_object()) {
    const auto* type = object->if_contains("type");
    bool plain = path.ends_with("_detail") && type != nullptr && *type == "text/plain";
    if (plain || path.ends_with("author_detail") || path == "problems") return;
    for (const auto& [key, one] : *object) {
      flatten(path.empty() ? std::string(key) : path + "." + std::string(key), one, out);
    }
  } else if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size() && path != "problems"; ++i) {
      flatten(fmt::format("{}[{}]", path, i), (*array)[i], out);
    }
  } else {
    out.push_back(path + " " + json::serialize(value));
  }
}

std::vector<std::string> read_document(const std::string& bytes) {
  bool list = opml::is_list(bytes);
  auto text =
      list ? opml::to_json(opml::parse(bytes)) : news::to_feedparser_json(news::parse(bytes, {}));
  auto document = json::parse(text);
  std::vector<std::string> out;
  flatten("", document, out);
  for (const auto& problem : document.at("problems").as_array()) {
    out.push_back("warning " + std::string(problem.at("place").as_string()) + ": " +
                  std::string(problem.at("message").as_string()));
  }
  return out;
}

class NewsSample : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(NewsSample, IsReadAsItSays) {
  tests::expect_sample(GetParam(), read_document(tests::read_sample(GetParam()).document));
}

// Cut anywhere, a document gives what was there and a warning, never a crash.
TEST_P(NewsSample, SurvivesBeingCut) {
  auto document = tests::read_sample(GetParam()).document;
  for (std::size_t size = 0; size < document.size(); size += 7) {
    EXPECT_FALSE(read_document(document.substr(0, size)).empty()) << size;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, NewsSample,
                         testing::ValuesIn(tests::sample_files("tests/feeds/news")),
                         [](const auto& row) { return tests::sample_name(row.param); });

}  // namespace
}  // namespace feeds
