#include <string>
#include <vector>

#include "feeds/outages/record.h"
#include "feeds/outages/row.h"
#include "feeds/outages/rows.h"
#include "store/model/text.h"

namespace feeds::outages {
namespace {

// The columns by name; empty, and a warning, when one is missing without which no row has sense.
std::vector<std::string> header_of(const std::vector<std::string>& names, Parsed& parsed) {
  std::vector<std::string> header;
  bool start = false;
  bool scope = false;
  for (const std::string& name : names) {
    header.push_back(model::fold(model::trim(name)));
    const std::string& column = header.back();
    start = start || column == "start";
    scope =
        scope || column == "country" || column == "region" || column == "asn" || column == "prefix";
  }
  if (start && scope) return header;
  parsed.warnings.push_back(
      {"line 1", "the header needs a column \"start\" and one of country, region, asn, prefix"});
  return {};
}

}  // namespace

Parsed parse_csv(std::string_view bytes) {
  Parsed parsed;
  std::string text = text_of(bytes, parsed);
  Rows rows(text);
  std::vector<std::string> cells;
  std::size_t line = 0;
  if (!rows.next(cells, line)) return parsed;
  auto header = header_of(cells, parsed);
  if (header.empty()) return parsed;
  RowCollector collector(parsed);
  while (rows.next(cells, line) && parsed.outages.size() < kMostRecords) {
    if (cells.size() == 1 && cells[0].empty()) continue;
    Fields fields;
    Fields others;
    for (std::size_t i = 0; i < std::min(cells.size(), header.size()); ++i) {
      // Of two columns of one name the first counts.
      (is_column(header[i]) ? fields : others).emplace(header[i], std::move(cells[i]));
    }
    collector.add(fields, others, {}, "line " + std::to_string(line));
  }
  if (rows.unclosed()) {
    parsed.warnings.push_back({"line " + std::to_string(line), "a quoted field never ends"});
  }
  return parsed;
}

}  // namespace feeds::outages
