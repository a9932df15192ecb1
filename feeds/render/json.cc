#include <array>
#include <string>
#include <utility>

#include <boost/json.hpp>

#include "feeds/render/records.h"
#include "feeds/render/render.h"
#include "feeds/render/series.h"
#include "feeds/render/shared.h"

namespace feeds::render {
namespace {

namespace json = boost::json;

// More points than any chart has columns.
constexpr std::size_t kMostPoints = 2000;

// All samples where a chart could show them; of a longer series the least and the most of each
// bucket, about the incident's outages.
json::object signal_of(const model::Signal& signal, const model::TimelineIncident& incident) {
  json::object out;
  out["id"] = signal.id;
  out["scope"] = scope_json(signal.scope);
  set(out, "source", signal.source);
  set(out, "kind", signal.kind);
  set(out, "unit", signal.unit);
  bool is_short = signal.values.size() <= kMostPoints;
  auto reduced = reduce(signal, window_of(signal, incident.outages), kMostPoints);
  out["from"] = model::to_iso(is_short ? signal.from : reduced.from);
  out["step_s"] = (is_short ? signal.step : reduced.step).count();
  if (is_short) {
    out["values"] = values_json(signal.values);
  } else {
    out["min"] = values_json(reduced.least);
    out["max"] = values_json(reduced.most);
  }
  return out;
}

json::object conflict_of(const model::Conflict& conflict) {
  json::array values;
  for (const auto& value : conflict.values) {
    values.push_back(
        json::object{{"claimed", value.claimed},
                     {"verdict", view(to_string(value.verdict))},
                     {"entries", json::array(value.entry_ids.begin(), value.entry_ids.end())}});
  }
  return {{"claim", view(to_string(conflict.kind))},
          {"outage", conflict.outage_id},
          {"measured", conflict.measured},
          {"values", std::move(values)}};
}

json::object line_of(const model::TimelineLine& line) {
  json::object out;
  out["when"] = time_json(line.when);
  bool unseen = line.kind == model::TimelineLine::Kind::kUnseen;
  out["basis"] = unseen ? "not-measured" : line.inferred ? "inferred" : "measured";
  if (!unseen) out["happening"] = view(to_string(line.happening));
  set(out, "until", line.until);
  set(out, "signal", line.signal_id);
  if (line.salience > 0) out["salience"] = line.salience;
  set(out, "story", line.story_id);
  set(out, "title", line.title);
  set(out, "outage", line.outage_id);
  set(out, "corrections", line.corrections);
  set(out, "notes", line.notes);
  if (line.kind == model::TimelineLine::Kind::kStory) {
    json::array entries;
    for (const auto& entry : line.entries) entries.push_back(entry_json(entry));
    out["entries"] = std::move(entries);
  }
  return out;
}

// Indented by two blanks a level. Our own values are at most a dozen levels deep.
class Printer {
 public:
  std::string print(const json::value& value) {
    put(value, 0);
    return std::move(out_) + "\n";
  }

 private:
  void put(const json::value& value, std::size_t level) {
    bool plain =
        value.is_array() && !value.get_array().empty() && !value.get_array()[0].is_object();
    if (value.is_object()) {
      put_list(value.get_object(), '{', '}', level, [&](const auto& member) {
        put_flat(member.key());
        out_ += ": ";
        put(member.value(), level + 1);
      });
    } else if (value.is_array() && !plain) {
      put_list(value.get_array(), '[', ']', level, [&](const auto& item) { put(item, level + 1); });
    } else {
      put_flat(&value);
    }
  }

  template <typename Items, typename Each>
  void put_list(const Items& items, char open, char close, std::size_t level, Each each) {
    out_ += open;
    bool first = true;
    for (const auto& item : items) {
      out_ += first ? "\n" : ",\n";
      out_.append(2 * (level + 1), ' ');
      each(item);
      first = false;
    }
    if (!first) out_.append(1, '\n').append(2 * level, ' ');
    out_ += close;
  }

  // In one line: a value, or a text.
  template <typename What>
  void put_flat(const What& what) {
    constexpr std::size_t kAtOnce = 4096;
    std::array<char, kAtOnce> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    serializer_.reset(what);
    while (!serializer_.done()) out_ += serializer_.read(buffer.data(), buffer.size());
  }

  json::serializer serializer_;
  std::string out_;
};

json::object incident_of(const model::TimelineIncident& incident) {
  json::object out;
  out["id"] = incident.id;
  out["title"] = incident.title;
  set(out, "corrections", incident.corrections);
  set(out, "notes", incident.notes);
  json::array summary;
  for (const auto& line : incident.summary) {
    summary.push_back(json::object{{"text", line.text}, {"entry", line.entry_id}});
  }
  out["summary"] = std::move(summary);
  json::array strands;
  for (const auto& strand : incident.strands) {
    strands.push_back(
        json::object{{"kind", strand.kind},
                     {"title", strand.title},
                     {"stories", json::array(strand.story_ids.begin(), strand.story_ids.end())},
                     {"outages", json::array(strand.outage_ids.begin(), strand.outage_ids.end())}});
  }
  out["strands"] = std::move(strands);
  if (!incident.conflicts.empty()) {
    json::array conflicts;
    for (const auto& conflict : incident.conflicts) conflicts.push_back(conflict_of(conflict));
    out["conflicts"] = std::move(conflicts);
  }
  json::array outages;
  for (const auto& outage : incident.outages) outages.push_back(outage_json(outage));
  out["outages"] = std::move(outages);
  json::array signals;
  for (const auto& signal : incident.signals) signals.push_back(signal_of(signal, incident));
  out["signals"] = std::move(signals);
  json::array lines;
  for (const auto& line : incident.lines) lines.push_back(line_of(line));
  out["lines"] = std::move(lines);
  return out;
}

}  // namespace

std::string to_json(const model::Timeline& timeline) {
  json::object root;
  root["query"] = timeline.query;
  root["zone"] = timeline.zone;
  set(root, "from", timeline.from);
  set(root, "to", timeline.to);
  set(root, "as_of", timeline.as_of);
  json::array incidents;
  for (const auto& incident : timeline.incidents) incidents.push_back(incident_of(incident));
  root["incidents"] = std::move(incidents);
  return Printer().print(root);
}

}  // namespace feeds::render
