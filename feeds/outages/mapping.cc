#include "feeds/outages/mapping.h"

#include <set>

#include <boost/json.hpp>

#include "feeds/outages/record.h"
#include "feeds/outages/rows.h"
#include "store/model/text.h"

namespace feeds::outages {
namespace {

namespace json = boost::json;
using model::Errc;
using model::Error;

bool set_times(RowRules& rules, std::string_view word) {
  constexpr std::pair<std::string_view, Times> kWords[] = {{"iso", Times::kIso},
                                                           {"epoch", Times::kEpoch},
                                                           {"epoch-ms", Times::kEpochMs},
                                                           {"excel", Times::kExcel}};
  for (const auto& [known, times] : kWords) {
    if (word == known) {
      rules.times = times;
      return true;
    }
  }
  return false;
}

// The value at a path of member names, "times.start"; null where it leads nowhere.
const json::value* at_path(const json::value& root, std::string_view path) {
  const json::value* value = &root;
  while (!path.empty() && value != nullptr) {
    auto dot = std::min(path.find('.'), path.size());
    const auto* object = value->if_object();
    // A name may have a dot in it.
    const json::value* whole = object == nullptr ? nullptr : object->if_contains(path);
    if (whole != nullptr) return whole;
    value = object == nullptr ? nullptr : object->if_contains(path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return value;
}

std::string text_at(const json::value* value) {
  if (value == nullptr || value->is_null()) return "";
  if (value->is_string()) return std::string(value->get_string());
  if (const auto* list = value->if_array(); list != nullptr && list->size() == 1) {
    return text_at(&list->front());
  }
  return json::serialize(*value);
}

class Reader {
 public:
  Reader(const Mapping& mapping, Parsed& parsed)
      : mapping_(mapping), collector_(parsed), parsed_(parsed) {}

  void read(const json::value& record, const std::string& place) {
    const auto* object = record.if_object();
    if (object == nullptr) {
      parsed_.warnings.push_back({place, "is no JSON object; left out"});
      return;
    }
    std::set<std::string, std::less<>> used;
    Fields fields = fields_of([&](const std::string& theirs) {
      used.insert(theirs.substr(0, theirs.find('.')));
      used.insert(theirs);
      return text_at(at_path(record, theirs));
    });
    Fields others;
    for (const auto& member : *object) {
      if (!used.contains(std::string_view(member.key()))) {
        others.emplace(member.key(), text_at(&member.value()));
      }
    }
    collector_.add(fields, others, mapping_.rules, place);
  }

  void read(const std::vector<std::string>& header, const std::vector<std::string>& cells,
            const std::string& place) {
    Fields row;
    for (std::size_t i = 0; i < std::min(cells.size(), header.size()); ++i) {
      row.emplace(header[i], cells[i]);
    }
    Fields others = row;
    Fields fields = fields_of([&](const std::string& theirs) {
      others.erase(theirs);
      auto found = row.find(theirs);
      return found == row.end() ? std::string() : found->second;
    });
    collector_.add(fields, others, mapping_.rules, place);
  }

 private:
  template <typename Find>
  Fields fields_of(const Find& find) const {
    Fields fields;
    for (const auto& [ours, theirs] : mapping_.columns) {
      fields[ours] = theirs.starts_with('=') ? theirs.substr(1) : find(theirs);
    }
    return fields;
  }

  const Mapping& mapping_;
  RowCollector collector_;
  Parsed& parsed_;
};

void read_list(const json::value& root, const Mapping& mapping, Reader& reader, Parsed& parsed) {
  const json::value* list = at_path(root, mapping.records);
  const auto* records = list == nullptr ? nullptr : list->if_array();
  if (records == nullptr) {
    parsed.warnings.push_back(
        {mapping.records.empty() ? "document" : mapping.records, "there is no list of records"});
    return;
  }
  parsed.records = records->size();
  for (std::size_t i = 0; i < std::min(records->size(), kMostRecords); ++i) {
    reader.read((*records)[i], mapping.records + "[" + std::to_string(i) + "]");
  }
}

void read_lines(std::string_view text, Reader& reader, Parsed& parsed) {
  std::size_t number = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t end = std::min(text.find('\n', pos), text.size());
    auto line = model::trim(text.substr(pos, end - pos));
    pos = end + 1;
    std::string place = "line " + std::to_string(++number);
    if (line.empty()) continue;
    if (auto value = parse_json(line, parsed, place)) reader.read(*value, place);
  }
}

void read_table(std::string_view text, Reader& reader, Parsed& parsed) {
  Rows rows(text);
  std::vector<std::string> header, cells;
  std::size_t line = 0;
  if (!rows.next(header, line)) return;
  for (auto& name : header) name = std::string(model::trim(name));
  while (rows.next(cells, line) && parsed.outages.size() < kMostRecords) {
    if (cells.size() == 1 && cells[0].empty()) continue;
    reader.read(header, cells, "line " + std::to_string(line));
  }
  if (rows.unclosed()) {
    parsed.warnings.push_back({"line " + std::to_string(line), "a quoted field never ends"});
  }
}

}  // namespace

model::Result<Mapping> mapping_of(
    std::string name, const std::vector<std::pair<std::string, std::string>>& settings) {
  Mapping out;
  auto wrong = [&](const std::string& why) {
    return Error{Errc::kInvalid, "mapping." + name + ": " + why};
  };
  for (const auto& [key, value] : settings) {
    if (is_column(key)) {
      out.columns[key] = value;
    } else if (key == "records") {
      out.records = value;
    } else if (key == "zone") {
      if (!model::is_zone(value)) return wrong("there is no zone \"" + value + "\"");
      out.rules.zone = value;
    } else if (key != "times") {
      return wrong("there is no key \"" + key + "\"");
    } else if (!set_times(out.rules, value)) {
      return wrong("times are iso, epoch, epoch-ms or excel, not \"" + value + "\"");
    }
  }
  bool place = out.columns.contains("country") || out.columns.contains("region") ||
               out.columns.contains("asn") || out.columns.contains("prefix");
  if (!out.columns.contains("start") || !place) {
    return wrong("start and one of country, region, asn and prefix are needed");
  }
  out.name = std::move(name);
  return out;
}

Parsed parse_mapped(std::string_view bytes, const Mapping& mapping) {
  Parsed parsed;
  std::string text = text_of(bytes, parsed);
  Reader reader(mapping, parsed);
  auto start = model::trim(text);
  bool is_json = start.starts_with('[') || start.starts_with('{');
  // One object alone with the list somewhere in it, or a list; else one object a line.
  if (start.starts_with('[') || (is_json && !mapping.records.empty())) {
    if (auto root = parse_json(text, parsed, "document")) {
      read_list(*root, mapping, reader, parsed);
    }
  } else if (is_json) {
    read_lines(text, reader, parsed);
  } else {
    read_table(text, reader, parsed);
  }
  return parsed;
}

}  // namespace feeds::outages
