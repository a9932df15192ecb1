#include <cstdio>
#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "correlate/deleted.h"
#include "feeds/render/shared.h"
#include "ingest/raw.h"

namespace app {
namespace {

using feeds::render::printable;
using model::Status;

// Shorter beginnings of an id would name many documents.
constexpr std::size_t kShortestId = 6;

struct Options {
  std::string id;
  bool facts = false;
};

void print_facts(const model::Document& document, const Context& context) {
  if (context.json) {
    fmt::print("{}\n", boost::json::serialize(boost::json::object{
                           {"id", document.id},
                           {"source", document.source_id},
                           {"url", document.url},
                           {"format", document.format},
                           {"size", document.size},
                           {"fetched_at", model::to_iso(document.fetched_at)}}));
    return;
  }
  fmt::print("document  {}\nread from {}\n          {}, {} bytes, {}\n", document.id,
             printable(document.url), document.format, document.size,
             model::to_iso(document.fetched_at));
}

// What of this document a person deleted: its bytes are still what all else leads back to.
Status tell_deleted(store::Store& store, const std::string& document) {
  auto edits = store.edits(0);
  if (!edits) return edits.error();
  for (const auto& [id, edit] : correlate::deletions(*edits)) {
    auto revisions = store.revisions(id);
    if (!revisions) return revisions.error();
    for (const auto& revision : *revisions) {
      if (revision.document_id != document) continue;
      fmt::print(stderr, "faultline: {} of it was deleted by {} at {} (edit {}){}\n",
                 revision.place, printable(edit.who), model::to_iso(edit.at), edit.seq,
                 edit.reason.empty() ? "" : ": " + printable(edit.reason));
      break;
    }
  }
  return {};
}

int run(const Options& options, const Context& context) {
  if (options.id.size() < kShortestId) {
    return bad_usage(fmt::format("“{}” is too short; give at least {} digits of a document's id",
                                 options.id, kShortestId));
  }
  auto store = context.open(true);
  if (!store) return fail(store.error());
  auto found = (*store)->documents(options.id);
  if (!found) return fail(found.error());
  if (found->empty()) {
    return fail({model::Errc::kNotFound,
                 fmt::format("no document “{}”; a timeline's sources name theirs", options.id)});
  }
  const auto& document = found->front();
  for (const auto& other : *found) {
    if (other.id == document.id) continue;
    return fail({model::Errc::kInvalid,
                 fmt::format("“{}” begins several ids; give more of it", options.id)});
  }
  if (auto told = tell_deleted(**store, document.id); !told) return fail(told.error());
  if (options.facts || context.json) {
    for (const auto& one : *found) print_facts(one, context);
    return kDone;
  }
  auto raw = (*store)->raw(document.id);
  if (!raw) return fail(raw.error());
  if (!*raw) {
    return fail({model::Errc::kNotFound,
                 fmt::format("the bytes of document {} were not kept", document.id)});
  }
  auto bytes = ::ingest::bytes_of(**raw);
  if (!bytes) return fail(bytes.error());
  std::fwrite(bytes->data(), 1, bytes->size(), stdout);
  return kDone;
}

}  // namespace

std::function<int()> document(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  options.add_option("id", given->id, "A document's id, or its first digits")->required();
  options.add_flag("--facts", given->facts, "Tell where and when it was read, not its bytes");
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
