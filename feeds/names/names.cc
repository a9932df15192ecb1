#include "feeds/names/names.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "feeds/outages/rows.h"
#include "store/model/text.h"

namespace feeds::names {
namespace {

namespace json = boost::json;
using model::Errc;
using model::Error;
using model::NamedThing;
using model::Result;

constexpr std::size_t kMostThings = 1'000'000;
constexpr std::size_t kMostAliases = 1'000;
constexpr std::size_t kLongestName = 200;  // bytes

std::string text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return "";
  return std::string(model::trim(std::string_view(value->get_string())));
}

void add_aliases(const json::object& object, std::string_view name, NamedThing& thing) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) return;
  for (const json::value& one : value->get_array()) {
    if (one.is_string())
      thing.aliases.emplace_back(model::trim(std::string_view(one.get_string())));
  }
}

// Takes what can be used of it.
void put(NamedThing thing, const std::string& place, Parsed& out) {
  auto fits = [](const std::string& name) { return !name.empty() && name.size() <= kLongestName; };
  if (!fits(thing.name)) {
    out.warnings.push_back({place, thing.name.empty()
                                       ? "has no name; left out"
                                       : "has a name that is far too long; left out"});
    return;
  }
  if (out.things.size() >= kMostThings) {
    if (out.things.size() == kMostThings && out.warnings.size() < kMostThings) {
      out.warnings.push_back({place, "comes behind more names than are read; left out"});
    }
    return;
  }
  std::erase_if(thing.aliases, [&](const auto& alias) { return !fits(alias); });
  if (thing.aliases.size() > kMostAliases) thing.aliases.resize(kMostAliases);
  bool country = thing.country.size() == 2 &&
                 std::all_of(thing.country.begin(), thing.country.end(), [](char c) {
                   return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                 });
  if (!country) thing.country.clear();
  for (char& c : thing.country) c = static_cast<char>(c & ~0x20);
  out.things.push_back(std::move(thing));
}

void read_cluster(const json::object& cluster, Parsed& out) {
  out.title = text_in(cluster, "name");
  auto kind = text_in(cluster, "type");
  const auto* values = cluster.if_contains("values");
  const auto& list = values->get_array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto place = fmt::format("values[{}]", i);
    const auto* value = list[i].if_object();
    if (value == nullptr) {
      out.warnings.push_back({place, "is no JSON object; left out"});
      continue;
    }
    NamedThing thing;
    thing.kind = kind;
    thing.id = text_in(*value, "uuid");
    thing.name = text_in(*value, "value");
    if (const auto* meta = value->if_contains("meta"); meta != nullptr && meta->is_object()) {
      add_aliases(meta->get_object(), "synonyms", thing);
      thing.country = text_in(meta->get_object(), "country");
    }
    put(std::move(thing), place, out);
  }
}

void read_object(const json::object& object, const std::string& place, Parsed& out) {
  NamedThing thing;
  thing.kind = text_in(object, "kind");
  if (thing.kind.empty()) thing.kind = text_in(object, "list");
  thing.id = text_in(object, "id");
  thing.name = text_in(object, "name");
  add_aliases(object, "synonyms", thing);
  add_aliases(object, "aliases", thing);
  thing.country = text_in(object, "country");
  put(std::move(thing), place, out);
}

void read_lines(std::string_view bytes, Parsed& out) {
  std::size_t number = 0;
  while (!bytes.empty()) {
    auto line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
    auto place = fmt::format("line {}", ++number);
    if (model::trim(line).empty()) continue;
    boost::system::error_code code;
    json::value value = json::parse(model::trim(line), code);
    if (code || !value.is_object()) {
      out.warnings.push_back({place, code ? "the JSON cannot be read: " + code.message()
                                          : "is no JSON object; left out"});
      continue;
    }
    read_object(value.get_object(), place, out);
  }
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    auto part = text.substr(0, text.find('|'));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    out.emplace_back(model::trim(part));
  }
  return out;
}

// False where no column is named "name".
bool read_table(std::string_view bytes, Parsed& out) {
  outages::Rows rows(bytes);
  std::vector<std::string> fields;
  std::size_t line = 0;
  if (!rows.next(fields, line)) return false;
  std::map<std::string, std::size_t> columns;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    columns.try_emplace(model::fold(model::trim(fields[i])), i);
  }
  if (columns.count("name") == 0) return false;
  while (rows.next(fields, line)) {
    auto field = [&](const char* name) {
      auto found = columns.find(name);
      bool there = found != columns.end() && found->second < fields.size();
      return there ? std::string(model::trim(fields[found->second])) : std::string();
    };
    NamedThing thing{field("kind"), field("id"), field("name"), parted(field("aliases")),
                     field("country")};
    put(std::move(thing), fmt::format("line {}", line), out);
  }
  if (rows.unclosed()) out.warnings.push_back({"document", "a quoted field never ends"});
  return true;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 10 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_address(std::string_view text) {
  bool marked =
      text.find('.') != std::string_view::npos || text.find(':') != std::string_view::npos;
  return marked && text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
}

// An AS by its number and what holds it: "PKTELECOM-AS-PK Pakistan Telecommunication Company", the
// first word of which is the handle that the registry knows it by.
NamedThing autonomous_system(std::string_view number, std::string_view name,
                             std::string_view country) {
  NamedThing thing{
      "network", "AS" + std::string(number), std::string(name), {}, std::string(country)};
  std::size_t blank = name.find(' ');
  std::string_view handle = name.substr(0, blank);
  bool upper =
      std::none_of(handle.begin(), handle.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (blank != std::string_view::npos && upper && handle.size() > 1 &&
      (handle.find('-') != std::string_view::npos || handle.find('_') != std::string_view::npos)) {
    std::string_view rest = model::trim(name.substr(blank));
    if (rest.starts_with("- ")) rest = model::trim(rest.substr(2));
    if (!rest.empty()) {
      thing.name = rest;
      thing.aliases.emplace_back(handle);
    }
  }
  thing.aliases.push_back(thing.id);
  return thing;
}

// Lines "range-start,range-end,asn,name" without a header, as ip-location-db has them: many ranges
// of one AS. False where the first line is none.
bool read_ranges(std::string_view bytes, Parsed& out) {
  outages::Rows rows(bytes);
  std::vector<std::string> fields;
  std::size_t line = 0;
  std::unordered_set<std::string> known;
  for (bool first = true; rows.next(fields, line); first = false) {
    bool fits = fields.size() >= 4 && is_address(fields[0]) && is_number(model::trim(fields[2]));
    if (first && !fits) return false;
    if (!fits) {
      out.warnings.push_back({fmt::format("line {}", line), "is no range of addresses; left out"});
    } else if (known.emplace(model::trim(fields[2])).second) {
      put(autonomous_system(model::trim(fields[2]), model::trim(fields[3]), ""),
          fmt::format("line {}", line), out);
    }
  }
  return !known.empty();
}

// Lines "17557 PKTELECOM-AS-PK Pakistan Telecommunication Company Limited, PK", as RIPE's asnames
// has them. False where the first line is none.
bool read_asnames(std::string_view bytes, Parsed& out) {
  std::size_t number = 0;
  bool any = false;
  while (!bytes.empty()) {
    std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
    ++number;
    line = model::trim(line);
    if (line.empty()) continue;
    std::size_t blank = line.find(' ');
    bool fits = blank != std::string_view::npos && is_number(line.substr(0, blank));
    if (!fits && !any) return false;
    if (!fits) {
      out.warnings.push_back({fmt::format("line {}", number), "is no AS with its name; left out"});
      continue;
    }
    any = true;
    std::string_view name = model::trim(line.substr(blank));
    std::string_view country;
    bool ends = name.size() > 4 && name.substr(name.size() - 4, 2) == ", ";
    if (ends) {
      country = name.substr(name.size() - 2);
      name = model::trim(name.substr(0, name.size() - 4));
    }
    put(autonomous_system(line.substr(0, blank), name, country), fmt::format("line {}", number),
        out);
  }
  return any;
}

}  // namespace

Result<Parsed> parse(std::string_view bytes) {
  Parsed out;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (model::trim(bytes).starts_with('{')) {
    boost::system::error_code code;
    json::value whole = json::parse(bytes, code);
    const auto* object = code ? nullptr : whole.if_object();
    const auto* values = object == nullptr ? nullptr : object->if_contains("values");
    if (values != nullptr && values->is_array()) {
      read_cluster(*object, out);
    } else {
      read_lines(bytes, out);
    }
    return out;
  }
  if (read_table(bytes, out) || read_ranges(bytes, out) || read_asnames(bytes, out)) return out;
  return Error{Errc::kInvalid,
               "is no list of names: neither a MISP galaxy's cluster, nor JSON lines, nor a table "
               "with a column \"name\", nor AS numbers with their names"};
}

}  // namespace feeds::names
