#include "feeds/parse.h"

#include <cstdio>
#include <memory>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"

namespace app {
namespace {

struct Options {
  std::string file;
  feeds::news::Hints hints;
};

int run(const Options& options) {
  auto bytes = read_file(options.file);
  if (!bytes) return fail(bytes.error());
  auto document = feeds::news::parse(*bytes, options.hints);
  std::string out = feeds::news::to_feedparser_json(document) + "\n";
  std::fwrite(out.data(), 1, out.size(), stdout);
  // A person learns on stderr what a program reads in "problems".
  for (const auto& problem : document.problems) warn(options.file, problem);
  return document.version.empty() && document.entries.empty() ? kFailed : kDone;
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
