#include "feeds/page/page.h"

#include "feeds/page/tame.h"
#include "feeds/page/tree.h"
#include "store/model/text.h"
#include "tests/fuzz/input.h"

// A web page → its tree, article and metadata.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto html = fuzz::text_of(data, size);
  auto document = feeds::page::parse(html, {});
  fuzz::require(model::is_utf8(feeds::news::to_feedparser_json(document)), "the JSON is UTF-8");
  feeds::page::Tree tree(model::repair_utf8(html));
  std::vector<std::size_t> depth(tree.size());
  for (std::size_t i = 1; i < tree.size(); ++i) {
    fuzz::require(tree[i].parent < i && tree[i].end <= tree[tree[i].parent].end, "nodes nest");
    depth[i] = depth[tree[i].parent] + 1;
    fuzz::require(depth[i] < 5 * feeds::page::kDeepest, "the depth is bounded");
  }
  return 0;
}
