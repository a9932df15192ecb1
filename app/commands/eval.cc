#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/labelled.h"
#include "correlate/train/measure.h"

namespace app {
namespace {

using correlate::train::Data;
using correlate::train::Figures;

struct Options {
  LabelledFiles files;
  std::string weights;
  std::string plot;
  std::string pairs;
  std::size_t folds = 10;
};

// Moves of all outages at which an item that is linked is linked by chance; days.
constexpr int kMoves[] = {28, 91, 182};

struct Result {
  std::string name;
  Figures figures;
  std::vector<correlate::train::Scored> pairs{};
};

// Every pair of the true timeline as it was held out, with the bins that it fell into.
std::string lines_of(const Data& data, const Result& result) {
  std::map<std::pair<std::size_t, std::size_t>, const correlate::evidence::Bins*> bins;
  auto scenes = data.scenes(model::Seconds{0}, 1);
  for (const auto& scene : scenes) {
    for (const auto& one : scene.candidates) bins[{scene.example, one.outage}] = &one.bins;
  }
  std::string out;
  for (const auto& pair : result.pairs) {
    if (pair.weight < 1) continue;
    boost::json::object evidence;
    const auto& of = *bins.at({pair.example, pair.outage});
    for (std::size_t f = 0; f < correlate::evidence::kFeatures; ++f) {
      auto feature = static_cast<correlate::evidence::Feature>(f);
      evidence[name_of(feature)] = correlate::evidence::bins_of(feature)[of.bin[f]];
    }
    out += boost::json::serialize(
               boost::json::object{{"item", data.examples()[pair.example].article.id},
                                   {"outage", data.outages().all()[pair.outage].id},
                                   {"probability", pair.probability},
                                   {"true", pair.truth},
                                   {"evidence", std::move(evidence)}}) +
           "\n";
  }
  return out;
}

void print_table(const std::vector<Result>& results) {
  fmt::print("{:<28} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}  {}\n", "", "P", "R", "F1", "top-1",
             "Brier", "ECE", "negatives linked");
  for (const auto& [name, f, pairs] : results) {
    fmt::print("{:<28} {:>6.4f} {:>6.4f} {:>6.4f} {:>6.4f} {:>6.4f} {:>6.4f}  {} of {}\n", name,
               f.precision, f.recall, f.f1, f.top1, f.brier, f.ece, f.negatives_linked,
               f.negatives);
  }
}

void print_tenths(const Result& result) {
  fmt::print("\n{}: what was said and what was true\n{:>12} {:>6} {:>6} {:>6}\n", result.name,
             "said", "pairs", "mean", "true");
  for (std::size_t i = 0; i < result.figures.tenths.size(); ++i) {
    const auto& tenth = result.figures.tenths[i];
    if (tenth.pairs == 0) continue;
    fmt::print("{:>4.1f} to {:<4.1f} {:>6} {:>6.3f} {:>6.3f}\n", static_cast<double>(i) / 10,
               static_cast<double>(i + 1) / 10, tenth.pairs, tenth.said, tenth.true_share);
  }
}

boost::json::object json_of(const Result& result) {
  const auto& f = result.figures;
  boost::json::array tenths;
  for (const auto& tenth : f.tenths) {
    tenths.push_back(boost::json::object{
        {"pairs", tenth.pairs}, {"said", tenth.said}, {"true", tenth.true_share}});
  }
  return {{"name", result.name},
          {"items", f.items},
          {"true_pairs", f.truths},
          {"said", f.said},
          {"precision", f.precision},
          {"recall", f.recall},
          {"f1", f.f1},
          {"top1", f.top1},
          {"brier", f.brier},
          {"ece", f.ece},
          {"negatives", f.negatives},
          {"negatives_linked", f.negatives_linked},
          {"reliability", std::move(tenths)}};
}

std::vector<Result> results_of(const Data& data, const correlate::evidence::Weights& weights,
                               std::size_t folds) {
  correlate::train::Parameters parameters;
  std::vector<bool> all(data.examples().size(), true);
  std::vector<Result> out;
  auto plain = data.scenes(model::Seconds{0}, 1);
  out.push_back({"these weights", correlate::train::measure(
                                      data, correlate::train::score(data, plain, all, weights))});
  auto scenes = correlate::train::training_scenes(data, parameters);
  auto held_out = [&](const std::vector<std::string>& groups, const char* name) {
    auto pairs = correlate::train::cross_validate(
        data, scenes, correlate::train::folds_of(groups, folds), parameters);
    out.push_back({name, correlate::train::measure(data, pairs), std::move(pairs)});
  };
  held_out(data.countries(), "learnt anew, other countries");
  held_out(data.years(), "learnt anew, other years");
  return out;
}

int run(const Options& options, const Context& context) {
  auto data = read_labelled(options.files, context);
  if (!data) return fail(data.error());
  auto weights = read_weights(options.weights);
  if (!weights) return fail(weights.error());
  auto results = results_of(**data, *weights, options.folds);
  if (!options.plot.empty()) {
    auto svg = correlate::train::reliability_svg(results[1].figures,
                                                 "Links, on countries that were held out");
    if (auto done = write_file(options.plot, svg); !done) return fail(done.error());
  }
  if (!options.pairs.empty()) {
    auto done = write_file(options.pairs, lines_of(**data, results[1]));
    if (!done) return fail(done.error());
  }
  boost::json::object moved;
  for (int days : kMoves) {
    moved[std::to_string(days)] = correlate::train::linked_when_moved(**data, *weights, days);
  }
  double chance = correlate::train::false_share(**data, *weights, {});
  if (context.json) {
    boost::json::array list;
    for (const auto& result : results) list.push_back(json_of(result));
    fmt::print("{}\n", boost::json::serialize(
                           boost::json::object{{"results", std::move(list)},
                                               {"linked_when_moved_by_days", std::move(moved)},
                                               {"q", chance},
                                               {"out_of_reach", (*data)->out_of_reach()}}));
    return kDone;
  }
  fmt::print("{} items, {} true pairs, {} of them out of the linker's reach\n\n",
             results[0].figures.items, results[0].figures.truths, (*data)->out_of_reach());
  print_table(results);
  fmt::print("\nitems that are linked when all outages are moved:");
  for (const auto& [days, share] : moved) {
    fmt::print(" {} d {:.2f} %", std::string_view(days.data(), days.size()),
               share.as_double() * 100);
  }
  fmt::print("\nlinks that chance explains (q of all that are said): {:.2f} %\n", chance * 100);
  print_tenths(results[1]);
  return kDone;
}

}  // namespace

std::function<int()> eval(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  add_labelled_options(options, given->files);
  options.add_option("--weights", given->weights, "Those of this file instead of the shipped ones");
  options.add_option("--plot", given->plot, "Write the reliability of held-out links as SVG here");
  options.add_option("--pairs", given->pairs,
                     "Write every pair here, as it was said while its countries were held out");
  options.add_option("--folds", given->folds, "Parts that countries and years are split into")
      ->check(CLI::Range(2, 50));
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
