#include "app/labelled.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/items.h"
#include "correlate/decisions.h"
#include "correlate/extract.h"

namespace app {
namespace {

using correlate::OutageIndex;
using correlate::train::Data;
using correlate::train::Example;
using correlate::train::Gold;
using model::Edit;
using model::EditKind;
using model::Errc;
using model::Error;
using model::Result;
using model::Status;

// What people decided on the links of an entry, as an example; nothing where the entry is gone.
Result<std::optional<Example>> example_of(store::Store& store, const std::string& entry,
                                          const std::map<std::string, Edit>& judged) {
  auto revisions = store.revisions(entry);
  if (!revisions) return revisions.error();
  if (revisions->empty()) return std::optional<Example>();
  Example out;
  out.article = correlate::article_of(revisions->back());
  out.partial = true;
  for (const auto& [outage, edit] : judged) {
    (edit.kind == EditKind::kPin ? out.outages : out.rejected).insert(outage);
  }
  return std::optional(std::move(out));
}

Status add_edits(const Context& context, std::vector<Example>& examples,
                 std::vector<model::Outage>& outages) {
  auto store = context.open(true);
  if (!store) return store.error();
  auto edits = (*store)->edits(0);
  if (!edits) return edits.error();
  std::size_t found = 0;
  for (const auto& [entry, judged] : correlate::decisions(*edits).links) {
    auto example = example_of(**store, entry, judged);
    if (!example) return example.error();
    if (!*example) continue;
    ++found;
    examples.push_back(**std::move(example));
  }
  fmt::print(stderr, "{} entries whose links people judged\n", found);
  auto measured = (*store)->fused({});
  if (!measured) return measured.error();
  outages.insert(outages.end(), measured->begin(), measured->end());
  return {};
}

}  // namespace

void add_labelled_options(CLI::App& options, LabelledFiles& files) {
  options
      .add_option("--items", files.items,
                  "JSONL of {\"id\",\"published\",\"title\",\"text\",\"lang\"?}; - is stdin")
      ->required();
  options.add_option("--outages", files.outages, "Any measurement file")->required();
  options
      .add_option("--links", files.links,
                  "JSONL of {\"item\",\"outage\"}, null where the item speaks of none of them")
      ->required();
  options.add_flag("--edits", files.edits,
                   "Also the links that people pinned and rejected in the store (--db)");
}

Result<std::unique_ptr<Data>> read_labelled(const LabelledFiles& files, const Context& context) {
  auto labels = read_file(files.links);
  if (!labels) return labels.error();
  auto gold = correlate::train::parse_gold(*labels);
  if (!gold) return Error{gold.error().code, files.links + ": " + gold.error().message};
  auto items = read_file(files.items);
  if (!items) return items.error();
  auto measured = read_outages(files.outages, "", nullptr);
  if (!measured) return measured.error();
  std::vector<model::Warning> warnings;
  std::vector<Example> examples;
  std::set<std::string> names;
  for (auto& article : parse_items(*items, warnings)) {
    auto labelled = gold->find(article.id);
    if (labelled == gold->end() || !names.insert(article.id).second) continue;
    examples.push_back({std::move(article), {}, labelled->second, {}, false});
  }
  for (const auto& warning : warnings) warn(files.items, warning);
  if (examples.empty()) {
    return Error{Errc::kInvalid,
                 fmt::format("{}: no item of {} is labelled in it", files.links, files.items)};
  }
  if (files.edits) {
    if (auto done = add_edits(context, examples, measured->outages); !done) return done.error();
  }
  for (auto& one : examples) one.extraction = correlate::extract(one.article);
  auto data =
      std::make_unique<Data>(std::move(examples), OutageIndex(std::move(measured->outages)));
  for (const auto& sentence : correlate::train::unknown_names(*gold, names, data->outages())) {
    warn(files.links, {"", sentence});
  }
  return data;
}

Result<correlate::evidence::Weights> read_weights(const std::string& path) {
  if (path.empty()) return correlate::evidence::shipped_weights();
  auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  auto parsed = correlate::evidence::parse_weights(*bytes);
  if (!parsed) return Error{parsed.error().code, path + ": " + parsed.error().message};
  return parsed;
}

Status write_file(const std::string& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes;
  out.close();
  if (out) return {};
  return Error{Errc::kIo, fmt::format("{}: cannot be written", path)};
}

}  // namespace app
