#include "correlate/extract.h"

#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/names.h"
#include "correlate/extract_json.h"
#include "store/model/text.h"

namespace app {
namespace {

int run(const std::string& file, const std::vector<std::string>& lists) {
  std::vector<model::NameList> read;
  for (const auto& list : lists) {
    auto names = read_names(list, "", "", "");
    if (!names) return fail(names.error());
    read.push_back(*std::move(names));
  }
  correlate::extraction::KnownNames names(std::move(read));
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
    fmt::print("{}\n", correlate::extraction_json(article->id, *article,
                                                  correlate::extract(*article, names)));
  }
  return code;
}

}  // namespace

std::function<int()> extract(CLI::App& options, const Context& /*context*/) {
  auto file = std::make_shared<std::string>("-");
  options.add_option("file", *file, "JSONL of {\"id\",\"text\",\"anchor\",\"lang\"?}; - is stdin")
      ->capture_default_str();
  auto lists = std::make_shared<std::vector<std::string>>();
  options
      .add_option("--names", *lists,
                  "A list of names to look for too, as faultline gazetteer import takes it; again")
      ->allow_extra_args(false);
  return [file, lists] { return run(*file, *lists); };
}

}  // namespace app
