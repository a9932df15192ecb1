// Figures of the detectors on made series: detect_figures FIRST LAST [--series]. Prints how the
// samples and outages of the seeds FIRST … LAST were found; with --series, a line for each.
#include <cstdlib>
#include <iostream>
#include <string_view>

#include <fmt/format.h>

#include "correlate/detect/detect.h"
#include "tests/support/detect_score.h"
#include "tests/support/series.h"

namespace {

void print(std::string_view name, const support::DetectScore& s) {
  fmt::print(
      "{}: tpr {:.4f} fpr {:.4f} outages {} found {} fragmented {} false {} onset error median "
      "{:.0f} end {:.0f} steps\n",
      name, s.tpr(), s.fpr(), s.outages, s.found, s.in_fragments, s.false_outages,
      support::median(s.onset_errors), support::median(s.end_errors));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "detect_figures FIRST LAST [--series]\n";
    return 2;
  }
  bool each = argc > 3 && std::string_view(argv[3]) == "--series";
  support::DetectScore deep;
  support::DetectScore all;
  for (auto seed = std::strtoull(argv[1], nullptr, 10); seed <= std::strtoull(argv[2], nullptr, 10);
       ++seed) {
    auto made = support::make_series(seed);
    auto found = correlate::detect::detect({&made.signal, 1}, {});
    support::score(made, found, 0.5, deep);
    support::score(made, found, 0.2, all);
    if (!each) continue;
    support::DetectScore one;
    support::score(made, found, 0.5, one);
    print(fmt::format("seed {} step {} holidays {} shifts {} gaps {}", seed,
                      made.signal.step.count(), made.holidays, made.level_shifts, made.gaps),
          one);
    for (const auto& o : made.outages) {
      fmt::print(
          "    planted {} {} depth {:.2f}\n",
          model::to_iso(made.signal.from + static_cast<std::int64_t>(o.begin) * made.signal.step),
          model::to_iso(made.signal.from + static_cast<std::int64_t>(o.end) * made.signal.step),
          o.depth);
    }
    for (const auto& d : found) {
      for (const auto& o : d.outages) {
        fmt::print("    found   {} {} {}\n", model::to_iso(o.start),
                   o.end ? model::to_iso(*o.end) : "open", o.measurements.front().value);
      }
    }
  }
  print("depth from 0.5", deep);
  print("depth from 0.2", all);
  return 0;
}
