#include "app/serve/tools.h"

#include <map>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "app/decide.h"
#include "app/serve/incidents.h"
#include "app/serve/page.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"

namespace app::serve {
namespace {

using feeds::render::escaped;

// One thing that can be decided: words that are fixed, and what is still to be filled in.
struct Tool {
  std::string_view kind;
  std::vector<std::string> words;
  std::string_view button;
  std::string_view asks{};  // the label of one more word; empty: none
};

std::string form_of(const Call& call, const std::string& to, const Tool& tool) {
  auto out = fmt::format(
      "<form method=\"post\" action=\"/edit\">{}<input type=\"hidden\" "
      "name=\"kind\" value=\"{}\">",
      form_fields(call, to), tool.kind);
  for (const auto& word : tool.words) {
    out += fmt::format("<input type=\"hidden\" name=\"word\" value=\"{}\">", escaped(word));
  }
  if (!tool.asks.empty()) out += text_input("word", tool.asks, {}, "required maxlength=\"2000\"");
  out += text_input("reason", "Why", {}, "maxlength=\"2000\"");
  return out + fmt::format("<button>{}</button></form>\n", escaped(tool.button));
}

std::vector<Tool> tools_for(std::string_view kind, const std::string& id,
                            const std::string& story) {
  if (kind == "link") {
    return {{"pin", {id}, "It speaks of this outage"}, {"reject", {id}, "It does not"}};
  }
  if (kind == "verdict") return {{"pin", {id}, "Confirm"}, {"reject", {id}, "It is wrong"}};
  if (kind == "outage") return {{"note", {id}, "Add the note", "Note"}};
  if (kind == "entry") {
    std::vector<Tool> out;
    if (!story.empty()) out.push_back({"split", {story, id}, "It is no part of this story"});
    out.push_back({"delete", {id}, "Show it no more"});
    return out;
  }
  std::vector<Tool> out{{"note", {id}, "Add the note", "Note"},
                        {"correct", {id, "title"}, "Correct the title", "Title"}};
  if (kind == "line") {
    out.push_back({"correct", {id, "happened"}, "Correct when", "When it happened"});
    out.push_back({"correct", {id, "type"}, "Correct what kind", "Kind of happening"});
  }
  out.push_back({"merge", {id}, "They are one", "Merge with (id)"});
  return out;
}

}  // namespace

std::function<std::string(std::string_view, std::string_view)> editor_tools(
    const Call& call, const model::TimelineIncident& incident) {
  auto story_of = std::make_shared<std::map<std::string, std::string, std::less<>>>();
  for (const auto& line : incident.lines) {
    for (const auto& entry : line.entries) (*story_of)[entry.entry_id] = line.story_id;
  }
  auto to = incident_path(incident.id);
  return [&call, story_of, to](std::string_view kind, std::string_view id) {
    auto story = story_of->find(id);
    auto tools = tools_for(kind, std::string(id), story == story_of->end() ? "" : story->second);
    std::string out = fmt::format(
        "<details class=\"tools\"><summary>Edit<span class=\"hidden\"> {} {}</span></summary>\n",
        kind, escaped(id));
    for (const auto& tool : tools) out += form_of(call, to, tool);
    return out + "</details>\n";
  };
}

std::string edit_html(const Call& call, const model::Edit& edit,
                      std::optional<std::int64_t> undone_by) {
  auto out = fmt::format(
      "<li id=\"edit-{0}\" value=\"{0}\"{1}><p dir=\"auto\">{2}</p><p class=\"facts\">{3} by "
      "{4}{5}{6}"
      "</p>",
      edit.seq, undone_by ? " class=\"undone\"" : "", escaped(line_of(edit)),
      feeds::render::local(edit.at, call.zone), escaped(edit.who),
      edit.reason.empty() ? "" : ": " + escaped(edit.reason),
      undone_by ? fmt::format(", taken back by edit <a href=\"#edit-{0}\">{0}</a>", *undone_by)
                : "");
  if (call.is_editor() && !call.caller.session.empty() && !undone_by) {
    out += "<details class=\"tools\"><summary>Take back</summary>" +
           form_of(call, "/corrections", {"undo", {std::to_string(edit.seq)}, "Take back"}) +
           "</details>";
  }
  return out + "</li>\n";
}

std::string embed_html(const Call& call, std::string_view incident) {
  auto url = fmt::format("{}embed/{}", call.base, percent_encoded(incident));
  auto code = fmt::format(
      "<iframe src=\"{}\" title=\"Incident timeline, Faultline\" width=\"100%\" height=\"640\" "
      "loading=\"lazy\"></iframe>",
      escaped(url));
  return fmt::format(
      "<section aria-labelledby=\"embed-title\"><h2 id=\"embed-title\">Show it on your site</h2>\n"
      "<label class=\"copy\">Copy this: <textarea readonly "
      "rows=\"3\">{}</textarea></label></section>\n",
      escaped(code));
}

}  // namespace app::serve
