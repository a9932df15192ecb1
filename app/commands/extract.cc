#include "correlate/extract.h"

#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "correlate/extract_json.h"
#include "store/model/text.h"

namespace app {
namespace {

int run(const std::string& file) {
  auto bytes = read_file(file);
  if (!bytes) return fail(bytes.error());
  int code = kDone;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < bytes->size();) {
    auto end = std::min(bytes->find('\n', begin), bytes->size());
    auto line = model::trim(std::string_view(*bytes).substr(begin, end - begin));
    begin = end + 1;
    ++number;
    if (line.empty()) continue;
    auto article = correlate::article_from_json(line);
    if (!article) {
      warn(file, {fmt::format("line {}", number), article.error().message});
      code = kFailed;
      continue;
    }
    fmt::print("{}\n",
               correlate::extraction_json(article->id, *article, correlate::extract(*article)));
  }
  return code;
}

}  // namespace

std::function<int()> extract(CLI::App& options, const Context& /*context*/) {
  auto file = std::make_shared<std::string>("-");
  options.add_option("file", *file, "JSONL of {\"id\",\"text\",\"anchor\",\"lang\"?}; - is stdin")
      ->capture_default_str();
  return [file] { return run(*file); };
}

}  // namespace app
