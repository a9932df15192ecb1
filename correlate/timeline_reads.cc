#include "correlate/timeline_reads.h"

#include <utility>

namespace correlate {

using model::Outage;
using model::Result;
using model::Status;

Status TimelineReads::read(const std::vector<model::Incident>& incidents,
                           const std::map<std::string, model::Edit>& deleted,
                           std::optional<double> outages) {
  stories_.clear();
  views_.clear();
  std::vector<std::string> ids;
  for (const auto& incident : incidents) {
    ids.insert(ids.end(), incident.story_ids.begin(), incident.story_ids.end());
  }
  auto stories = store_.stories_among(ids);
  if (!stories) return stories.error();
  // What was deleted is out at once, before the stories are made anew.
  std::vector<std::string> entries;
  for (auto& story : *stories) {
    for (const auto& id : story.entry_ids) {
      if (!deleted.contains(id)) entries.push_back(id);
    }
    auto id = story.id;
    stories_.emplace(std::move(id), std::move(story));
  }
  auto views = store_.entry_views(entries);
  if (!views) return views.error();
  for (auto& view : *views) {
    auto id = view.entry.id;
    views_.emplace_hint(views_.end(), std::move(id), std::move(view));
  }
  return outages ? read_outages(incidents, *outages) : Status();
}

Status TimelineReads::read_outages(const std::vector<model::Incident>& incidents, double from) {
  std::vector<std::string> unread;
  auto want = [&](const std::string& id) {
    if (outages_.try_emplace(id).second) unread.push_back(id);
  };
  for (const auto& incident : incidents) {
    for (const auto& id : incident.outage_ids) want(id);
  }
  for (const auto& [id, view] : views_) {
    for (const auto& link : view.links) {
      if (link.probability >= from) want(link.outage_id);
    }
  }
  auto read = store_.fused_among(unread);
  if (!read) return read.error();
  for (auto& outage : *read) outages_[outage.id] = std::move(outage);
  return {};
}

const model::Story* TimelineReads::story(const std::string& id) const {
  auto found = stories_.find(id);
  return found == stories_.end() ? nullptr : &found->second;
}

store::EntryView* TimelineReads::view(const std::string& id) {
  auto found = views_.find(id);
  return found == views_.end() ? nullptr : &found->second;
}

Result<const Outage*> TimelineReads::outage(const std::string& id) {
  auto [found, fresh] = outages_.try_emplace(id);
  if (fresh) {
    auto read = store_.fused_outage(id);
    if (!read) return read.error();
    found->second = *std::move(read);
  }
  return found->second ? &*found->second : nullptr;
}

}  // namespace correlate
