#include "feeds/outages/row.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <boost/json.hpp>

#include "feeds/outages/countries.h"
#include "feeds/outages/record.h"
#include "store/model/text.h"

namespace feeds::outages {
namespace {

constexpr std::array<std::string_view, 18> kColumns = {
    "id",    "country",  "region", "asn",   "prefix", "start", "end",  "start_uncertainty_s",
    "depth", "cause",    "source", "value", "url",    "open",  "kind", "end_uncertainty_s",
    "basis", "published"};

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool whole = failure == std::errc{} && end == text.data() + text.size();
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

// One row, read by the names of the columns. The first fault found is kept.
class Row {
 public:
  Row(const Fields& fields, const RowRules& rules) : fields_(fields), rules_(rules) {}

  model::Outage outage() {
    model::Outage o;
    o.id = field("id");
    o.scope = scope();
    o.kind = kind();
    o.basis = basis();
    auto start = time("start", o.start_uncertainty);
    if (!start)
      fail(field("start").empty() ? "has no start" : "has a start that is no ISO 8601 time");
    o.start = start.value_or(model::Instant{});
    o.end = time("end", o.end_uncertainty);
    if (!o.end && !field("end").empty()) fail("has an end that is no ISO 8601 time");
    if (auto length = seconds("start_uncertainty_s")) o.start_uncertainty = length;
    if (auto length = seconds("end_uncertainty_s")) o.end_uncertainty = length;
    o.depth = depth();
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
    auto found = fields_.find(name);
    return found == fields_.end() ? "" : found->second;
  }

  void fail(std::string fault) {
    if (fault_.empty()) fault_ = std::move(fault);
  }

  model::Scope scope() {
    model::Scope scope;
    if (std::string text = field("country"); !text.empty()) {
      scope = scope_named(text);
      if (scope.country.empty()) fail("has an unknown country, \"" + text.substr(0, 40) + "\"");
    }
    if (std::string text = field("region"); !text.empty()) scope.region = text;
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

  model::OutageKind kind() {
    std::string text = model::fold(field("kind"));
    auto named = model::outage_kind_named(text);
    if (!named && !text.empty()) {
      fail("is of the kind \"" + text.substr(0, 40) +
           "\"; there are outage, hijack, leak and interference");
    }
    return named.value_or(model::OutageKind::kOutage);
  }

  model::Basis basis() {
    std::string text = model::fold(field("basis"));
    auto named = model::basis_named(text);
    if (!named && !text.empty()) {
      fail("has the basis \"" + text.substr(0, 40) +
           "\"; there are measured, reported and derived");
    }
    return named.value_or(model::Basis::kMeasured);
  }

  std::optional<model::Timestamp> stamp(const std::string& text) const {
    if (rules_.times == Times::kExcel) return excel_day(text);
    if (rules_.times == Times::kIso) return moment_of(text);
    auto number = number_in(text);
    double unit = rules_.times == Times::kEpochMs ? 1000 : 1;
    boost::json::object holder;
    if (number) holder["at"] = *number / unit;
    auto at = epoch_of(holder, "at");
    return at ? std::optional(model::Timestamp{*at, model::Precision::kSecond, "UTC"})
              : std::nullopt;
  }

  // A time that is stated by the day or less exactly is uncertain by that much.
  std::optional<model::Instant> time(std::string_view name,
                                     std::optional<model::Seconds>& uncertainty) const {
    auto found = stamp(field(name));
    if (!found) return std::nullopt;
    auto length = found->interval().length();
    if (length > model::Seconds{60}) uncertainty = length;
    if (!found->zone.empty() || rules_.zone.empty()) return found->at;
    return model::from_local(model::civil_of(found->at), rules_.zone);
  }

  std::optional<double> number(std::string_view name) {
    std::string text = field(name);
    if (text.empty()) return std::nullopt;
    auto value = number_in(text);
    if (!value || !(*value >= -1e9 && *value <= 1e9)) {
      fail("has no number in \"" + std::string(name) + "\"");
    }
    return value;
  }

  // Negative ones are told by fault_of().
  std::optional<model::Seconds> seconds(std::string_view name) {
    auto value = number(name);
    return value ? std::optional(model::Seconds{static_cast<std::int64_t>(*value)}) : std::nullopt;
  }

  // "0.93", "93%".
  std::optional<double> depth() {
    std::string text = field("depth");
    if (!text.ends_with('%')) return number("depth");
    text.pop_back();
    auto percent = number_in(model::trim(text));
    if (!percent) fail("has no number in \"depth\"");
    return percent ? std::optional(*percent / 100) : std::nullopt;
  }

  bool flag(std::string_view name) {
    std::string text = model::fold(field(name));
    if (text == "true" || text == "1" || text == "yes") return true;
    if (!text.empty() && text != "false" && text != "0" && text != "no") {
      fail("has neither true nor false in \"" + std::string(name) + "\"");
    }
    return false;
  }

  const Fields& fields_;
  const RowRules& rules_;
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

bool is_column(std::string_view name) {
  return std::find(kColumns.begin(), kColumns.end(), name) != kColumns.end();
}

std::optional<model::Timestamp> excel_day(std::string_view text) {
  constexpr double kDayOf1980 = 29'221;
  constexpr double kDayOf2100 = 73'051;
  constexpr std::int64_t kUnixDay = 25'569;  // 1970-01-01
  constexpr double kDay = 86'400;
  auto days = number_in(model::trim(text));
  if (!days || !(*days >= kDayOf1980 && *days < kDayOf2100)) return std::nullopt;
  double whole = std::floor(*days);
  bool by_day = whole == *days;
  auto at = (static_cast<std::int64_t>(whole) - kUnixDay) * 86'400 +
            static_cast<std::int64_t>(std::llround((*days - whole) * kDay));
  return model::Timestamp{model::Instant{model::Seconds{at}},
                          by_day ? model::Precision::kDay : model::Precision::kSecond, ""};
}

model::Outage outage_of(const Fields& fields, const RowRules& rules, std::string& fault) {
  Row row(fields, rules);
  auto outage = row.outage();
  fault = row.fault().empty() ? fault_of(outage) : row.fault();
  return outage;
}

std::string extra_of(const Fields& members) {
  boost::json::object extra;
  for (const auto& [name, value] : members) {
    if (!value.empty()) extra.emplace(name, value);
  }
  return extra.empty() ? "" : boost::json::serialize(extra);
}

void RowCollector::add(const Fields& fields, const Fields& others, const RowRules& rules,
                       const std::string& place) {
  std::string fault;
  auto outage = outage_of(fields, rules, fault);
  if (!fault.empty()) {
    parsed_.warnings.push_back({place, fault + "; left out"});
    return;
  }
  if (outage.open && outage.end) {
    parsed_.warnings.push_back({place, "is open and has an end; taken as closed"});
    outage.open = false;
  }
  outage.extra = extra_of(others);
  if (outage.id.empty()) outage.id = made_id(outage);
  auto [known, fresh] = by_id_.try_emplace(outage.id, parsed_.outages.size());
  if (fresh) {
    outages::add(parsed_, std::move(outage), place);
  } else {
    merge(parsed_.outages[known->second], outage);
  }
}

}  // namespace feeds::outages
