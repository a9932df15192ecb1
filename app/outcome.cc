#include "app/outcome.h"

#include <string_view>

#include <fmt/format.h>

namespace app {

std::string in_words(const ingest::Outcome& outcome) {
  if (outcome.unchanged) return "unchanged";
  std::string out;
  auto add = [&out](auto count, std::string_view one, std::string_view more,
                    std::string_view what = {}) {
    if (count == 0) return;
    out += fmt::format("{}{} {}{}", out.empty() ? "" : ", ", count, count == 1 ? one : more, what);
  };
  add(outcome.entries_added, "entry", "entries", " new");
  add(outcome.entries_revised, "entry", "entries", " revised");
  add(outcome.entries_unchanged, "entry", "entries", " as before");
  add(outcome.entries_gone, "entry", "entries", " gone from it");
  add(outcome.outages_added, "outage", "outages", " new");
  add(outcome.outages_revised, "outage", "outages", " revised");
  add(outcome.outages_unchanged, "outage", "outages", " as before");
  add(outcome.signals_changed, "signal", "signals");
  add(outcome.routes, "change of routes", "changes of routes");
  add(outcome.warnings.size(), "warning", "warnings");
  return out.empty() ? "nothing in it" : out;
}

boost::json::object to_json(const ingest::Outcome& outcome) {
  return {{"source", outcome.name},
          {"format", outcome.format},
          {"unchanged", outcome.unchanged},
          {"entries_added", outcome.entries_added},
          {"entries_revised", outcome.entries_revised},
          {"entries_unchanged", outcome.entries_unchanged},
          {"entries_gone", outcome.entries_gone},
          {"outages_added", outcome.outages_added},
          {"outages_revised", outcome.outages_revised},
          {"outages_unchanged", outcome.outages_unchanged},
          {"signals_changed", outcome.signals_changed},
          {"routes", outcome.routes},
          {"warnings", outcome.warnings.size()}};
}

}  // namespace app
