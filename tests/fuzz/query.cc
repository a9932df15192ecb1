#include "store/query/query.h"

#include "store/rules/facts.h"
#include "tests/fuzz/input.h"

namespace {

using store::query::Field;
using store::query::Node;
using store::query::Op;

// Of any tree that is read: the shape that both stores rely on.
std::size_t check(const Node& node, std::size_t depth) {
  fuzz::require(depth <= 3 * store::query::kMostDepth + 8, "a tree of a bounded depth");
  bool leaf = node.op == Op::kWords || node.op == Op::kField;
  fuzz::require(!leaf || node.parts.empty(), "no parts below words and fields");
  fuzz::require(node.op != Op::kNot || node.parts.size() == 1, "one part below a not");
  fuzz::require(node.op != Op::kOr || !node.parts.empty(), "something to choose from");
  fuzz::require(node.op != Op::kWords || !node.text.empty(), "words where words are asked for");
  if (node.op == Op::kField) {
    bool timed = node.field == Field::kHappened || node.field == Field::kLearned ||
                 node.field == Field::kPublished;
    fuzz::require(!timed || node.during.from < node.during.to, "time that runs forward");
    fuzz::require(node.least >= 0 && node.most <= 1 + 1e-6, "a probability");
    fuzz::require(timed || node.field == Field::kConfidence || !node.text.empty(), "a value");
  }
  std::size_t leaves = leaf ? 1 : 0;
  for (const auto& part : node.parts) leaves += check(part, depth + 1);
  return leaves;
}

}  // namespace

// A query: read the same each time, of bounded size, an error that names a place, and nothing that
// holding it against a record stumbles over.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const model::Instant now{model::Seconds{1'419'400'000}};
  auto text = fuzz::text_of(data, size);
  auto query = store::query::parse(text, now);
  if (!query) {
    fuzz::require(query.error().code == model::Errc::kInvalid, "an error that says what is wrong");
    fuzz::require(query.error().message.find("query") != std::string::npos, "… and of what");
    return 0;
  }
  fuzz::require(size <= store::query::kMostBytes, "a query of a bounded length");
  fuzz::require(!query->empty(), "something that is asked for");
  fuzz::require(check(query->root, 0) <= store::query::kMostParts, "so many parts at most");
  auto again = store::query::parse(text, now);
  fuzz::require(again && *again == *query, "the same the second time");
  model::Edit edit;
  edit.value = "Sony 북한 outage";
  edit.at = now;
  auto answers = store::rules::matches(*query, store::rules::facts_of(edit));
  if (!answers) return 0;
  // What is not so is so the other way about.
  auto opposite = *query;
  opposite.root = Node{.op = Op::kNot, .parts = {query->root}};
  auto denied = store::rules::matches(opposite, store::rules::facts_of(edit));
  fuzz::require(denied && *denied != *answers, "a query or its opposite");
  return 0;
}
