#include "app/commands/why_incident.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "correlate/story_names.h"
#include "feeds/render/shared.h"

namespace app {
namespace {

namespace json = boost::json;
using feeds::render::printable;
using model::Errc;
using model::Error;
using model::Incident;
using model::Result;
using model::Story;

struct All {
  std::map<std::string, Story> stories;
  std::vector<Incident> incidents;
};

Result<All> load(store::Store& store) {
  All out;
  auto stories = store.stories();
  if (!stories) return stories.error();
  for (auto& story : *stories) out.stories[story.id] = std::move(story);
  auto incidents = store.incidents();
  if (!incidents) return incidents.error();
  out.incidents = *std::move(incidents);
  return out;
}

json::array strings(const std::vector<std::string>& list) {
  return json::array(list.begin(), list.end());
}

json::object tie_json(const model::Tie& tie) {
  return {{"from", tie.from},
          {"to", tie.to},
          {"kind", tie.kind},
          {"bits", tie.bits},
          {"text", tie.text}};
}

json::object incident_json(const Incident& incident) {
  json::array strands, ties, summary;
  for (const auto& strand : incident.strands) {
    strands.push_back(json::object{{"kind", strand.kind},
                                   {"title", strand.title},
                                   {"stories", strings(strand.story_ids)},
                                   {"outages", strings(strand.outage_ids)}});
  }
  for (const auto& tie : incident.ties) ties.push_back(tie_json(tie));
  for (const auto& line : incident.summary) {
    summary.push_back(json::object{{"text", line.text}, {"entry", line.entry_id}});
  }
  return {{"id", incident.id},
          {"title", incident.title},
          {"from", model::to_iso(incident.span.from)},
          {"to", model::to_iso(incident.span.to)},
          {"summary", std::move(summary)},
          {"strands", std::move(strands)},
          {"ties", std::move(ties)}};
}

// A story by its title, an outage by its id.
std::string title_of(const All& all, const std::string& id) {
  auto found = all.stories.find(id);
  return found == all.stories.end() ? id : "“" + printable(found->second.title) + "”";
}

void print_tie(const All& all, const model::Tie& tie) {
  std::string how = tie.kind;
  if (tie.bits > 0) how += fmt::format(", {:.1f} bits", tie.bits);
  fmt::print("           to {} {}\n           {}: {}\n", tie.to, title_of(all, tie.to), how,
             printable(tie.text));
}

std::vector<const model::Tie*> ties_from(const Incident& incident, const std::string& story) {
  std::vector<const model::Tie*> out;
  for (const auto& tie : incident.ties) {
    if (tie.from == story) out.push_back(&tie);
  }
  return out;
}

void print(const All& all, const Incident& incident) {
  fmt::print("incident {}, inferred\n         “{}”\n         {} to {}\n", incident.id,
             printable(incident.title), model::to_iso(incident.span.from),
             model::to_iso(incident.span.to));
  for (const auto& line : incident.summary) {
    fmt::print("         “{}” [{}]\n", printable(line.text), line.entry_id);
  }
  for (const auto& strand : incident.strands) {
    fmt::print("\n{}: {}\n", strand.kind, printable(strand.title));
    for (const auto& outage : strand.outage_ids) fmt::print("  outage {}\n", outage);
    for (const auto& id : strand.story_ids) {
      const auto& story = all.stories.at(id);
      fmt::print("  {} {}, {} entries of {} origins\n", id, title_of(all, id),
                 story.entry_ids.size(), story.origins);
      for (const auto* tie : ties_from(incident, id)) print_tie(all, *tie);
    }
  }
}

// Who and what several of the story's entries name.
Result<std::vector<correlate::StoryName>> names_of(store::Store& store, const Story& story) {
  std::vector<model::Extraction> extractions;
  for (const auto& id : story.entry_ids) {
    auto revisions = store.revisions(id);
    if (!revisions) return revisions.error();
    if (revisions->empty()) continue;
    auto extraction = store.extraction(id, revisions->back().number);
    if (!extraction) return extraction.error();
    if (*extraction) extractions.push_back(**std::move(extraction));
  }
  return correlate::story_names(extractions);
}

json::array names_json(const std::vector<correlate::StoryName>& names) {
  json::array out;
  for (const auto& one : names) {
    json::object name{{"kind", to_string(one.kind)},
                      {"name", one.name},
                      {"entries", one.entries},
                      {"forms", json::array(one.forms.begin(), one.forms.end())}};
    if (!one.ref.empty()) name["ref"] = one.ref;
    out.push_back(std::move(name));
  }
  return out;
}

void print_names(const std::vector<correlate::StoryName>& names) {
  constexpr std::size_t kMost = 12;
  for (std::size_t i = 0; i < std::min(kMost, names.size()); ++i) {
    const auto& one = names[i];
    std::string forms;
    for (const auto& form : one.forms) forms += (forms.empty() ? "" : ", ") + printable(form);
    fmt::print("         named by {}: {} {}{}\n", one.entries, to_string(one.kind),
               printable(one.name),
               one.forms.size() > 1 || forms != one.name ? " (" + forms + ")" : "");
  }
}

int not_found(const std::string& id) {
  return fail({Errc::kNotFound, fmt::format("no incident or story “{}”; faultline timeline "
                                            "--format json shows their ids",
                                            id)});
}

}  // namespace

int why_incident(store::Store& store, const std::string& id, const Context& context) {
  auto all = load(store);
  if (!all) return fail(all.error());
  for (const auto& incident : all->incidents) {
    if (incident.id != id) continue;
    if (context.json) {
      fmt::print("{}\n", json::serialize(incident_json(incident)));
    } else {
      print(*all, incident);
    }
    return kDone;
  }
  return not_found(id);
}

int why_story(store::Store& store, const std::string& id, const Context& context) {
  auto all = load(store);
  if (!all) return fail(all.error());
  auto story = all->stories.find(id);
  if (story == all->stories.end()) return not_found(id);
  const Incident* of = nullptr;
  for (const auto& incident : all->incidents) {
    const auto& ids = incident.story_ids;
    if (std::binary_search(ids.begin(), ids.end(), id)) of = &incident;
  }
  std::vector<const model::Tie*> ties;
  if (of != nullptr) ties = ties_from(*of, id);
  auto names = names_of(store, story->second);
  if (!names) return fail(names.error());
  if (context.json) {
    json::array list;
    for (const auto* tie : ties) list.push_back(tie_json(*tie));
    fmt::print("{}\n", json::serialize(json::object{{"id", id},
                                                    {"title", story->second.title},
                                                    {"entries", strings(story->second.entry_ids)},
                                                    {"origins", story->second.origins},
                                                    {"names", names_json(*names)},
                                                    {"incident", of == nullptr ? "" : of->id},
                                                    {"ties", std::move(list)}}));
    return kDone;
  }
  fmt::print("story    {}, inferred\n         “{}”\n         {} entries of {} origins\n", id,
             printable(story->second.title), story->second.entry_ids.size(), story->second.origins);
  for (const auto& entry : story->second.entry_ids) fmt::print("         {}\n", entry);
  print_names(*names);
  if (of != nullptr) fmt::print("\nin incident {} “{}”\n", of->id, printable(of->title));
  for (const auto* tie : ties) print_tie(*all, *tie);
  return kDone;
}

}  // namespace app
