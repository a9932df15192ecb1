#include <memory>
#include <vector>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/labelled.h"
#include "correlate/train/measure.h"
#include "store/model/hash.h"

namespace app {
namespace {

using correlate::train::Data;
using correlate::train::Figures;

struct Options {
  LabelledFiles files;
  std::string out;
};

std::string line_of(const char* name, const Figures& f) {
  return fmt::format(
      "{}: P {:.4f} R {:.4f} F1 {:.4f}, top-1 {:.4f}, Brier {:.4f}, ECE {:.4f}, negatives linked "
      "{} of {}\n",
      name, f.precision, f.recall, f.f1, f.top1, f.brier, f.ece, f.negatives_linked, f.negatives);
}

// What the file of weights says of itself: the data set by its fingerprint, the split, the
// parameters, the figures of what was held out. Nothing of the texts.
model::Result<std::string> about(const Options& options, const Data& data) {
  correlate::train::Parameters parameters;
  auto labels = read_file(options.files.links);
  if (!labels) return labels.error();
  auto scenes = correlate::train::training_scenes(data, parameters);
  auto figures = [&](const std::vector<std::string>& groups) {
    return correlate::train::measure(
        data, correlate::train::cross_validate(data, scenes, correlate::train::folds_of(groups, 10),
                                               parameters));
  };
  auto by_country = figures(data.countries());
  return fmt::format(
             "Weights of evidence: correlate/evidence/README.md. Made by faultline train from\n"
             "labels sha256 {:.16}, {} items, {} true pairs; decoys: {} timelines moved by whole "
             "weeks; tables with one added,\ntime backed by {:.0f} pairs, factors drawn to {} by "
             "{:.0f}.\nHeld out, ten parts:\n",
             model::sha256_hex(*labels), by_country.items, by_country.truths,
             parameters.moves.size(), parameters.backing, parameters.factor, parameters.penalty) +
         line_of("  countries", by_country) + line_of("  years", figures(data.years())) +
         "FEATURE, BIN, bits, true pairs in it, other pairs in it (moved timelines as one)\n";
}

int run(const Options& options, const Context& context) {
  auto data = read_labelled(options.files, context);
  if (!data) return fail(data.error());
  auto weights = correlate::train::train(**data, {});
  auto words = about(options, **data);
  if (!words) return fail(words.error());
  weights.about = *words;
  auto text = to_text(weights);
  if (options.out.empty()) {
    fmt::print("{}", text);
    return kDone;
  }
  if (auto done = write_file(options.out, text); !done) return fail(done.error());
  fmt::print("{}", *words);
  return kDone;
}

}  // namespace

std::function<int()> train(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  add_labelled_options(options, given->files);
  options.add_option("--out", given->out, "Write the weights here instead of on stdout");
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
