#include "feeds/parse.h"

#include <cstdio>
#include <memory>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "feeds/opml/opml.h"

namespace app {
namespace {

struct Options {
  std::string file;
  feeds::news::Hints hints;
};

// What is no news by its looks is read as a feed all the same: the reader tells what is wrong.
feeds::news::Document read_news(const std::string& bytes, const Options& options) {
  auto kind = feeds::detect(bytes, options.file);
  auto parsed = feeds::parse(bytes, kind ? *kind : feeds::Kind::kNews, options.hints);
  auto* news = std::get_if<feeds::news::Document>(&parsed);
  return news != nullptr ? std::move(*news) : feeds::news::parse(bytes, options.hints);
}

// A list of feeds.
int print_list(const std::string& bytes, const Options& options) {
  auto list = feeds::opml::parse(bytes);
  fmt::print("{}\n", feeds::opml::to_json(list));
  for (const auto& warning : list.warnings) warn(options.file, warning);
  return list.version.empty() ? kFailed : kDone;
}

int run(const Options& options) {
  auto bytes = read_file(options.file);
  if (!bytes) return fail(bytes.error());
  if (feeds::opml::is_list(*bytes)) return print_list(*bytes, options);
  auto document = read_news(*bytes, options);
  std::string out = feeds::news::to_feedparser_json(document) + "\n";
  std::fwrite(out.data(), 1, out.size(), stdout);
  // A person learns on stderr what a program reads in "problems".
  for (const auto& problem : document.problems) warn(options.file, problem);
  return (document.version.empty() || document.version == "html") && document.entries.empty()
             ? kFailed
             : kDone;
}

}  // namespace

std::function<int()> parse(CLI::App& options, const Context& /*context*/) {
  auto given = std::make_shared<Options>();
  options.add_option("file", given->file, "A feed document; - is stdin")->required();
  options.add_option("--content-type", given->hints.content_type, "As HTTP gave it");
  options.add_option("--content-location", given->hints.content_location, "As HTTP gave it");
  options.add_option("--content-language", given->hints.content_language, "As HTTP gave it");
  options.add_option("--url", given->hints.url, "Where it came from: the base of relative links");
  return [given] { return run(*given); };
}

}  // namespace app
