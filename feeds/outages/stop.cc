#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "feeds/outages/countries.h"
#include "feeds/outages/record.h"
#include "feeds/outages/row.h"
#include "feeds/outages/rows.h"
#include "feeds/outages/stop_dates.h"
#include "feeds/outages/stop_words.h"
#include "store/model/hash.h"
#include "store/model/text.h"

// Access Now's Shutdown Tracker Optimization Project: what people reported, not what was measured.
namespace feeds::outages {
namespace {

namespace json = boost::json;

// One row by the names of the combined sheet.
class Report {
 public:
  Report(const Fields& fields, const StopDates& dates) : fields_(fields), dates_(dates) {}

  // Several countries are one outage each.
  void read(Parsed& parsed, std::map<std::string, std::size_t>& by_id, const std::string& place) {
    auto start = dates_.read(field("start_date"));
    if (!start) {
      auto text = field("start_date").substr(0, 40);
      parsed.warnings.push_back({place, text.empty() ? "has no start_date; left out"
                                                     : "has a start_date that cannot be read, \"" +
                                                           text + "\"; left out"});
      return;
    }
    auto scopes = scopes_of(parsed, place);
    for (auto& scope : scopes) {
      model::Outage o = outage(*start, parsed, place);
      o.scope = std::move(scope);
      o.id = id_of(o);
      put(parsed, std::move(o), by_id, place);
    }
  }

 private:
  std::string field(std::string_view name) const {
    auto found = fields_.find(name);
    return found == fields_.end() ? "" : found->second;
  }

  std::vector<model::Scope> scopes_of(Parsed& parsed, const std::string& place) const {
    std::vector<model::Scope> scopes;
    std::string list = field("country");
    std::string area = std::string(model::trim(area_of()));
    for (std::size_t pos = 0; pos <= list.size();) {
      auto end = std::min(list.find_first_of(";\n", pos), list.size());
      auto name = model::trim(std::string_view(list).substr(pos, end - pos));
      pos = end + 1;
      if (name.empty()) continue;
      auto scope = scope_named(name);
      if (scope.country.empty()) {
        parsed.warnings.push_back({place, "has an unknown country, \"" +
                                              std::string(name.substr(0, 60)) + "\"; left out"});
        continue;
      }
      if (!area.empty() && !is_everywhere(area)) scope.region = area;
      scopes.push_back(std::move(scope));
    }
    if (list.empty()) parsed.warnings.push_back({place, "names no country; left out"});
    return scopes;
  }

  // Where the year's sheet has levels of areas instead of one name: the finest that is filled in
  // comes first, as in "Srinagar, Jammu and Kashmir".
  std::string area_of() const {
    std::string area = field("area_name");
    for (const char* level : {"level_3", "level_2", "level_1"}) {
      if (!field("area_name").empty()) break;
      std::string part = field(level);
      if (!part.empty()) area += (area.empty() ? "" : ", ") + part;
    }
    return area;
  }

  model::Outage outage(const model::Timestamp& start, Parsed& parsed,
                       const std::string& place) const {
    model::Outage o;
    o.basis = model::Basis::kReported;
    o.kind = kind();
    o.start = start.at;
    o.start_uncertainty = start.interval().length();
    std::string end_text = field("end_date");
    auto end = dates_.read(end_text);
    if (!end && !end_text.empty()) {
      parsed.warnings.push_back({place, "has an end_date that cannot be read, \"" +
                                            end_text.substr(0, 40) + "\"; its end was left out"});
    } else if (end && end->at < start.at) {
      parsed.warnings.push_back({place, "ends before it starts; its end was left out"});
    } else if (end) {
      o.end = end->at;
      o.end_uncertainty = end->interval().length();
    }
    o.open = !o.end && model::fold(field("shutdown_status")) == "ongoing";
    o.cause = field("actual_cause");
    auto links = stop_links(field("info_source_link"));
    std::string url = links.empty() ? "" : std::string(links[0].as_string());
    o.measurements.push_back({"Access Now STOP", value(), std::move(url), {}, {}});
    o.extra = extra(std::move(links));
    return o;
  }

  // Slower or only for some services is another thing than down.
  model::OutageKind kind() const {
    auto extent = model::fold(field("shutdown_extent"));
    auto type = model::fold(field("shutdown_type"));
    bool full = extent.empty() || extent.find("full") != std::string::npos;
    bool down = type.empty() || type.find("throttl") != 0;
    return full && down ? model::OutageKind::kOutage : model::OutageKind::kInterference;
  }

  std::string value() const {
    std::string out;
    auto append = [&out](std::string_view what, const std::string& part) {
      if (!part.empty()) out += (out.empty() ? "" : "; ") + std::string(what) + part;
    };
    append("", field("shutdown_type"));
    append("", field("shutdown_extent"));
    append("", field("affected_network"));
    append("", field("geo_scope"));
    append("ordered by ", field("ordered_by"));
    auto dated = field("start_date_type");
    if (!dated.empty() && model::fold(dated) != "actual") append("start: ", dated);
    return out;
  }

  std::string extra(json::array links) const {
    constexpr std::array kRead = {
        "start_date",      "end_date",        "country",          "area_name", "actual_cause",
        "shutdown_type",   "shutdown_extent", "affected_network", "geo_scope", "ordered_by",
        "start_date_type", "shutdown_status", "info_source_link", "duration"};
    json::object out;
    for (const auto& [name, text] : fields_) {
      bool read = std::find(kRead.begin(), kRead.end(), name) != kRead.end();
      if (!read && !text.empty()) out.emplace(name, text);
    }
    if (!links.empty()) out.emplace("info_source_links", std::move(links));
    return out.empty() ? "" : json::serialize(out);
  }

  // The sheets have no ids. What goes on stands in the sheet of each year anew.
  std::string id_of(const model::Outage& o) const {
    auto part = [this](std::string_view name) {
      return "|" + model::squeeze(model::fold(field(name)));
    };
    return model::make_id("stop", o.scope.country + "|" +
                                      model::squeeze(model::fold(o.scope.region)) + "|" +
                                      model::to_iso(o.start) + part("shutdown_type") +
                                      part("shutdown_extent") + part("affected_network"));
  }

  // The later row knows more: it replaces the earlier, but for an end that only the earlier has.
  static void put(Parsed& parsed, model::Outage o, std::map<std::string, std::size_t>& by_id,
                  const std::string& place) {
    auto [known, fresh] = by_id.try_emplace(o.id, parsed.outages.size());
    if (!fresh) {
      auto& before = parsed.outages[known->second];
      if (!o.end && before.end) return;
      o.place = place;
      before = std::move(o);
      return;
    }
    auto count = parsed.outages.size();
    add(parsed, std::move(o), place);
    if (parsed.outages.size() == count) by_id.erase(known);
  }

  const Fields& fields_;
  const StopDates& dates_;
};

struct Line {
  Fields fields;
  std::string place;
};

std::vector<Line> read_table(std::string_view text, Parsed& parsed) {
  std::vector<Line> out;
  Rows rows(text);
  std::vector<std::string> cells;
  std::vector<std::string> header;
  std::size_t line = 0;
  if (!rows.next(cells, line)) return out;
  for (const auto& cell : cells) header.push_back(stop_column(cell));
  while (rows.next(cells, line) && out.size() < kMostRecords) {
    Line row{{}, "line " + std::to_string(line)};
    bool blank = true;
    for (std::size_t i = 0; i < std::min(cells.size(), header.size()); ++i) {
      auto cell = std::string(model::trim(cells[i]));
      blank = blank && cell.empty();
      if (!cell.empty()) row.fields.emplace(header[i], std::move(cell));
    }
    if (!blank) out.push_back(std::move(row));
  }
  if (rows.unclosed()) {
    parsed.warnings.push_back({"line " + std::to_string(line), "a quoted field never ends"});
  }
  return out;
}

std::vector<Line> read_lines(std::string_view text, Parsed& parsed) {
  std::vector<Line> out;
  std::size_t number = 0;
  for (std::size_t pos = 0; pos < text.size() && out.size() < kMostRecords;) {
    std::size_t end = std::min(text.find('\n', pos), text.size());
    auto line = model::trim(text.substr(pos, end - pos));
    pos = end + 1;
    Line row{{}, "line " + std::to_string(++number)};
    if (line.empty()) continue;
    auto value = parse_json(line, parsed, row.place);
    if (!value) continue;
    const auto* object = value->if_object();
    if (object == nullptr) {
      parsed.warnings.push_back({row.place, "is no JSON object; left out"});
      continue;
    }
    for (const auto& member : *object) {
      const auto& value_of = member.value();
      std::string cell = value_of.is_string() ? std::string(value_of.get_string())
                         : value_of.is_null() ? ""
                                              : json::serialize(value_of);
      if (!cell.empty()) row.fields.emplace(stop_column(member.key()), std::move(cell));
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

Parsed parse_stop(std::string_view bytes) {
  Parsed parsed;
  std::string text = text_of(bytes, parsed);
  auto lines =
      model::trim(text).starts_with('{') ? read_lines(text, parsed) : read_table(text, parsed);
  StopDates dates;
  for (const auto& line : lines) {
    for (const char* name : {"start_date", "end_date"}) {
      if (auto found = line.fields.find(name); found != line.fields.end())
        dates.learn(found->second);
    }
  }
  std::map<std::string, std::size_t> by_id;
  parsed.records = lines.size();
  for (const auto& line : lines) Report(line.fields, dates).read(parsed, by_id, line.place);
  return parsed;
}

}  // namespace feeds::outages
