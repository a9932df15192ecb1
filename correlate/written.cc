#include "correlate/written.h"

#include <functional>
#include <string_view>

#include <fmt/format.h>

namespace correlate {
namespace {

using model::Status;

std::uint64_t hash_of(const std::string& text) { return std::hash<std::string>{}(text); }

// The fields of a record, one after the other with their lengths: two that differ have two texts.
class Text {
 public:
  void add(std::string_view field) { text_ += fmt::format("{}:{};", field.size(), field); }
  void add(const std::vector<std::string>& fields) {
    text_ += fmt::format("{}[", fields.size());
    for (const auto& field : fields) add(field);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::uint64_t hash_of(const model::Story& story) {
  Text out;
  out.add(story.title);
  out.add(fmt::format("{}", story.origins));
  out.add(story.entry_ids);
  return hash_of(out.text());
}

std::uint64_t hash_of(const model::Incident& one) {
  Text out;
  out.add(one.title);
  out.add(fmt::format("{} {}", one.span.from.time_since_epoch().count(),
                      one.span.to.time_since_epoch().count()));
  out.add(one.story_ids);
  out.add(one.outage_ids);
  for (const auto& strand : one.strands) {
    out.add("strand");
    out.add(strand.kind);
    out.add(strand.title);
    out.add(strand.story_ids);
    out.add(strand.outage_ids);
  }
  for (const auto& tie : one.ties) {
    out.add({"tie", tie.from, tie.to, tie.kind, fmt::format("{}", tie.bits), tie.text});
  }
  for (const auto& line : one.summary) out.add({"line", line.text, line.entry_id});
  return hash_of(out.text());
}

template <typename Kind, typename Record, typename Set>
Status put(Kind& kind, const std::vector<Record>& records, const Written::GoOn& go_on, Set set) {
  for (const auto& record : records) {
    if (kind.from_before) kind.from_before->erase(record.id);
    auto hash = hash_of(record);
    auto [found, fresh] = kind.hashes.try_emplace(record.id, hash);
    if (!fresh && found->second == hash) continue;
    found->second = hash;
    if (auto wanted = go_on(); !wanted) return wanted;
    if (auto done = set(record); !done) return done;
  }
  return {};
}

// Those that are gone, and what was there from before and is none of the `records`.
template <typename Kind, typename Record, typename Remove>
Status take_away(Kind& kind, const std::vector<Record>& records, std::vector<std::string> gone,
                 Remove remove) {
  if (kind.from_before) {
    for (const auto& record : records) kind.from_before->erase(record.id);
    gone.assign(kind.from_before->begin(), kind.from_before->end());
    kind.from_before.reset();
  }
  for (const auto& id : gone) {
    if (kind.hashes.erase(id) == 0) continue;
    if (auto done = remove(id); !done) return done;
  }
  return {};
}

}  // namespace

Status Written::read(store::Store& store) {
  auto stories = store.stories();
  if (!stories) return stories.error();
  stories_.from_before.emplace();
  for (const auto& one : *stories) {
    stories_.hashes[one.id] = hash_of(one);
    stories_.from_before->insert(one.id);
  }
  auto incidents = store.incidents();
  if (!incidents) return incidents.error();
  incidents_.from_before.emplace();
  for (const auto& one : *incidents) {
    incidents_.hashes[one.id] = hash_of(one);
    incidents_.from_before->insert(one.id);
  }
  return {};
}

Status Written::put_ahead(LateWriter& writer, const std::vector<model::Story>& stories,
                          const GoOn& go_on) {
  return put(stories_, stories, go_on,
             [&](const model::Story& one) { return writer.set_story(one); });
}

Status Written::put_stories(LateWriter& writer, const Joining::Changes& changes,
                            const GoOn& go_on) {
  auto done = take_away(stories_, changes.stories, changes.gone_stories,
                        [&](const std::string& id) { return writer.remove_story(id); });
  return done ? put_ahead(writer, changes.stories, go_on) : done;
}

Status Written::put_incidents(LateWriter& writer, const Joining::Changes& changes,
                              const GoOn& go_on) {
  auto done = take_away(incidents_, changes.incidents, changes.gone_incidents,
                        [&](const std::string& id) { return writer.remove_incident(id); });
  if (!done) return done;
  return put(incidents_, changes.incidents, go_on,
             [&](const model::Incident& one) { return writer.set_incident(one); });
}

}  // namespace correlate
