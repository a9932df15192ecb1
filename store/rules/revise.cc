#include "store/rules/revise.h"

#include <utility>

namespace store::rules {
namespace {

// `updated` of both is stated and the arriving one's is the later.
bool changed_back_later(const History& history, const model::Revision& arriving) {
  return arriving.updated && history.newest_updated &&
         arriving.updated->at > history.newest_updated->at;
}

bool same_series(const model::Signal& a, const model::Signal& b) {
  return a.scope == b.scope && a.source == b.source && a.kind == b.kind && a.unit == b.unit &&
         a.from == b.from && a.step == b.step;
}

}  // namespace

model::Revision completed(model::Revision revision, const std::string& entry_id) {
  revision.entry_id = entry_id;
  if (revision.content_hash.empty()) revision.content_hash = model::revision_hash(revision);
  return revision;
}

std::optional<model::Revision> next_revision(const History& history, model::Revision arriving) {
  if (history.newest > 0) {
    if (arriving.content_hash == history.newest_hash) return std::nullopt;
    if (history.seen_before && !changed_back_later(history, arriving)) return std::nullopt;
  }
  arriving.number = history.newest + 1;
  arriving.known_at = model::known_at(arriving);
  return arriving;
}

bool differs(const model::Source& kept, const model::Source& fresh) {
  model::Source same_age = fresh;
  same_age.added_at = kept.added_at;
  return !(kept == same_age);
}

bool replaces(const model::Signal& kept, const model::Signal& fresh) {
  if (!same_series(kept, fresh)) return true;
  for (std::size_t i = 0; i < fresh.values.size(); ++i) {
    if (!fresh.values[i]) continue;
    if (i >= kept.values.size() || kept.values[i] != fresh.values[i]) return true;
  }
  return false;
}

bool matches(const OutageFilter& filter, const model::Outage& outage) {
  if (!filter.country.empty() && outage.scope.country != filter.country) return false;
  if (!filter.during) return true;
  return outage.start < filter.during->to && (!outage.end || filter.during->from < *outage.end);
}

Page page_of(std::vector<std::string> ids, std::size_t limit) {
  Page page;
  bool more = ids.size() > limit;
  if (more) ids.resize(limit);
  page.ids = std::move(ids);
  if (more && !page.ids.empty()) page.next = page.ids.back();
  return page;
}

}  // namespace store::rules
