#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "feeds/outages/record.h"
#include "store/model/text.h"

namespace feeds::outages {
namespace {

constexpr std::array<std::string_view, 16> kColumns = {"id",
                                                       "country",
                                                       "region",
                                                       "asn",
                                                       "prefix",
                                                       "start",
                                                       "end",
                                                       "start_uncertainty_s",
                                                       "end_uncertainty_s",
                                                       "open",
                                                       "depth",
                                                       "cause",
                                                       "source",
                                                       "value",
                                                       "url",
                                                       "published"};

// RFC 4180 rows: quoted fields may hold commas, line breaks and doubled quotes.
class Rows {
 public:
  explicit Rows(std::string_view text) : text_(text) {}

  // False at the end. `line` is where the row begins, from 1.
  bool next(std::vector<std::string>& fields, std::size_t& line) {
    fields.clear();
    if (pos_ >= text_.size()) return false;
    line = line_;
    while (true) {
      fields.push_back(text_.substr(pos_).starts_with('"') ? quoted() : plain());
      if (pos_ < text_.size() && text_[pos_] == ',') {
        ++pos_;
        continue;
      }
      break;
    }
    if (pos_ < text_.size() && text_[pos_] == '\r') ++pos_;
    if (pos_ < text_.size() && text_[pos_] == '\n') ++pos_;
    ++line_;
    return true;
  }
  bool unclosed() const { return unclosed_; }

 private:
  std::string plain() {
    std::size_t end = std::min(text_.find_first_of(",\r\n", pos_), text_.size());
    std::string field(model::trim(text_.substr(pos_, end - pos_)));
    pos_ = end;
    return field;
  }

  std::string quoted() {
    std::string field;
    ++pos_;
    while (pos_ < text_.size()) {
      char c = text_[pos_++];
      if (c == '\n') ++line_;
      if (c != '"') {
        field += c;
      } else if (pos_ < text_.size() && text_[pos_] == '"') {
        field += text_[pos_++];
      } else {
        // What stands behind the closing quote belongs to the field.
        return field + plain();
      }
    }
    unclosed_ = true;
    return field;
  }

  std::string_view text_;
  std::size_t pos_ = 0;
  std::size_t line_ = 1;
  bool unclosed_ = false;
};

using Header = std::unordered_map<std::string, std::size_t>;

// The columns by name; nothing, and a warning, when one is missing without which no row has sense.
std::optional<Header> header_of(const std::vector<std::string>& names, Parsed& parsed) {
  Header header;
  std::string unknown;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string name = model::fold(model::trim(names[i]));
    bool known = std::find(kColumns.begin(), kColumns.end(), name) != kColumns.end();
    if (known) {
      header.emplace(name, i);
    } else {
      unknown += (unknown.empty() ? "" : ", ") + name;
    }
  }
  if (!unknown.empty()) {
    parsed.warnings.push_back({"line 1", "columns that are not known were left out: " + unknown});
  }
  bool scope = header.contains("country") || header.contains("region") || header.contains("asn") ||
               header.contains("prefix");
  if (header.contains("start") && scope) return header;
  parsed.warnings.push_back(
      {"line 1", "the header needs a column \"start\" and one of country, region, asn, prefix"});
  return std::nullopt;
}

// One row, read by the names of the columns. The first fault found is kept.
class Row {
 public:
  Row(const Header& header, const std::vector<std::string>& fields)
      : header_(header), fields_(fields) {}

  model::Outage outage() {
    model::Outage o;
    o.id = field("id");
    o.scope = scope();
    auto start = time("start", o.start_uncertainty);
    if (!start)
      fail(field("start").empty() ? "has no start" : "has a start that is no ISO 8601 time");
    o.start = start.value_or(model::Instant{});
    o.end = time("end", o.end_uncertainty);
    if (!o.end && !field("end").empty()) fail("has an end that is no ISO 8601 time");
    if (auto seconds = number("start_uncertainty_s")) o.start_uncertainty = seconds_of(*seconds);
    if (auto seconds = number("end_uncertainty_s")) o.end_uncertainty = seconds_of(*seconds);
    o.depth = number("depth");
    o.open = flag("open");
    o.cause = field("cause");
    if (!field("source").empty() || !field("value").empty() || !field("url").empty()) {
      o.measurements.push_back({field("source"), field("value"), field("url"), {}, {}});
    }
    return o;
  }
  const std::string& fault() const { return fault_; }

 private:
  std::string field(std::string_view name) const {
    auto found = header_.find(std::string(name));
    return found == header_.end() || found->second >= fields_.size() ? "" : fields_[found->second];
  }

  void fail(std::string fault) {
    if (fault_.empty()) fault_ = std::move(fault);
  }

  static model::Seconds seconds_of(double seconds) {
    constexpr double kLongest = 1e9;  // 31 years
    return model::Seconds{static_cast<std::int64_t>(std::min(seconds, kLongest))};
  }

  model::Scope scope() {
    model::Scope scope;
    scope.region = field("region");
    if (std::string text = field("country"); !text.empty()) {
      scope.country = country_of(text);
      if (scope.country.empty()) fail("has an unknown country, \"" + text.substr(0, 40) + "\"");
    }
    if (std::string text = field("asn"); !text.empty()) {
      scope.asn = asn_of(text);
      if (!scope.asn) fail("has an AS number that is none, \"" + text.substr(0, 40) + "\"");
    }
    if (std::string text = field("prefix"); !text.empty()) {
      scope.prefix = model::canonical_prefix(text);
      if (scope.prefix.empty()) fail("has a prefix that is none, \"" + text.substr(0, 40) + "\"");
    }
    return scope;
  }

  // A time that is stated by the day or less exactly is uncertain by that much.
  std::optional<model::Instant> time(std::string_view name,
                                     std::optional<model::Seconds>& uncertainty) {
    auto stamp = model::parse_iso(model::trim(field(name)));
    if (!stamp) return std::nullopt;
    auto length = stamp->interval().length();
    if (length > model::Seconds{60}) uncertainty = length;
    return stamp->at;
  }

  std::optional<double> number(std::string_view name) {
    std::string text = field(name);
    if (text.empty()) return std::nullopt;
    double value = 0;
    auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool whole = failure == std::errc{} && end == text.data() + text.size();
    if (!whole || !(value >= -1e9 && value <= 1e9)) {
      fail("has no number in \"" + std::string(name) + "\"");
    }
    return value;
  }

  bool flag(std::string_view name) {
    std::string text = model::fold(field(name));
    if (text == "true" || text == "1" || text == "yes") return true;
    if (!text.empty() && text != "false" && text != "0" && text != "no") {
      fail("has neither true nor false in \"" + std::string(name) + "\"");
    }
    return false;
  }

  const Header& header_;
  const std::vector<std::string>& fields_;
  std::string fault_;
};

// A further measurement of an outage that is there already.
void merge(model::Outage& into, const model::Outage& row) {
  for (model::Measurement m : row.measurements) {
    if (row.start != into.start) m.start = row.start;
    if (row.end != into.end) m.end = row.end;
    into.measurements.push_back(std::move(m));
  }
}

}  // namespace

Parsed parse_csv(std::string_view bytes) {
  Parsed parsed;
  std::string text = text_of(bytes, parsed);
  Rows rows(text);
  std::vector<std::string> fields;
  std::size_t line = 0;
  if (!rows.next(fields, line)) return parsed;
  auto header = header_of(fields, parsed);
  if (!header) return parsed;
  std::unordered_map<std::string, std::size_t> by_id;
  while (rows.next(fields, line) && parsed.outages.size() < kMostRecords) {
    if (fields.size() == 1 && fields[0].empty()) continue;
    std::string place = "line " + std::to_string(line);
    Row row(*header, fields);
    model::Outage outage = row.outage();
    std::string fault = row.fault().empty() ? fault_of(outage) : row.fault();
    if (!fault.empty()) {
      parsed.warnings.push_back({place, fault + "; left out"});
      continue;
    }
    if (outage.open && outage.end) {
      parsed.warnings.push_back({place, "is open and has an end; taken as closed"});
      outage.open = false;
    }
    if (outage.id.empty()) outage.id = made_id(outage);
    auto [known, fresh] = by_id.try_emplace(outage.id, parsed.outages.size());
    if (fresh) {
      add(parsed, std::move(outage), place);
    } else {
      merge(parsed.outages[known->second], outage);
    }
  }
  if (rows.unclosed()) {
    parsed.warnings.push_back({"line " + std::to_string(line), "a quoted field never ends"});
  }
  return parsed;
}

}  // namespace feeds::outages
