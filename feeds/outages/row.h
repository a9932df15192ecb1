#pragma once

#include <map>
#include <string>
#include <string_view>

#include "feeds/outages/outages.h"

// One record of a table as text, whatever it was read from.
namespace feeds::outages {

// Our names of columns (kColumns) → what stands there.
using Fields = std::map<std::string, std::string, std::less<>>;

// How times are written.
enum class Times { kIso, kEpoch, kEpochMs, kExcel };

struct RowRules {
  Times times = Times::kIso;
  std::string zone;  // of times that state none; empty: UTC
};

// True for "start", "country", … : what a row is read by.
bool is_column(std::string_view name);

// Days since 1899-12-30, as spreadsheets count them; the fraction is the time of day. Nothing for
// what is no day between 1980 and 2100.
std::optional<model::Timestamp> excel_day(std::string_view text);

// The outage that the fields tell of; `fault` says why it cannot be one.
model::Outage outage_of(const Fields& fields, const RowRules& rules, std::string& fault);

// `members` as a JSON object; empty when there are none.
std::string extra_of(const Fields& members);

// Collects rows: a further measurement of an outage that is there already joins it.
class RowCollector {
 public:
  explicit RowCollector(Parsed& parsed) : parsed_(parsed) {}
  // `others`: what stands in columns that we do not know.
  void add(const Fields& fields, const Fields& others, const RowRules& rules,
           const std::string& place);

 private:
  Parsed& parsed_;
  std::map<std::string, std::size_t> by_id_;
};

}  // namespace feeds::outages
