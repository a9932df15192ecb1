#include "correlate/evidence/weights.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "store/model/embedded.h"

namespace correlate::evidence {

std::span<const model::EmbeddedFile> weight_files();

namespace {

using model::Errc;
using model::Error;
using model::Result;

// Bits beyond which nothing is told apart.
constexpr double kMostBits = 60;
// A length that fits by chance weighs no more than this.
constexpr double kMostLength = 5;

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> out;
  for (;;) {
    auto tab = line.find('\t');
    out.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return out;
    line.remove_prefix(tab + 1);
  }
}

std::optional<double> number(std::string_view text) {
  double out = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  bool whole = failure == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(out) ? std::optional(out) : std::nullopt;
}

// Name and member of every parameter.
using Member = double Weights::*;
constexpr std::pair<std::string_view, Member> kParameters[] = {
    {"prior", &Weights::prior},
    {"length match", &Weights::length_match},
    {"length scale", &Weights::length_scale},
    {"rarity scale", &Weights::rarity_scale},
    {"calibration slope", &Weights::slope},
    {"calibration offset", &Weights::offset}};

class Parser {
 public:
  Result<Weights> parse(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size();) {
      auto end = std::min(text.find('\n', begin), text.size());
      auto line = text.substr(begin, end - begin);
      begin = end + 1;
      ++line_;
      if (line.ends_with('\r')) line.remove_suffix(1);
      auto problem = read(line);
      if (!problem.empty()) {
        return Error{Errc::kInvalid, fmt::format("line {}: {}", line_, problem)};
      }
    }
    return finish();
  }

 private:
  // What is wrong with a line; empty: nothing.
  std::string read(std::string_view line) {
    if (line.empty()) return "";
    if (line.starts_with('#')) {
      line.remove_prefix(line.starts_with("# ") ? 2 : 1);
      out_.about += std::string(line) + "\n";
      return "";
    }
    auto fields = split(line);
    if (fields[0] == "parameter") return read_parameter(fields);
    if (fields[0] == "step") return read_step(fields);
    return read_bin(fields);
  }

  std::string read_parameter(const std::vector<std::string_view>& fields) {
    auto value = fields.size() == 3 ? number(fields[2]) : std::nullopt;
    if (!value) return "a parameter is “parameter”, a name and a number";
    for (const auto& [name, member] : kParameters) {
      if (fields[1] != name) continue;
      out_.*member = *value;
      return "";
    }
    return fmt::format("no parameter is called “{}”", fields[1]);
  }

  std::string read_step(const std::vector<std::string_view>& fields) {
    auto bits = fields.size() == 3 ? number(fields[1]) : std::nullopt;
    auto probability = fields.size() == 3 ? number(fields[2]) : std::nullopt;
    if (!bits || !probability || *probability < 0 || *probability > 1) {
      return "a step is “step”, bits and a probability";
    }
    if (!out_.steps.empty() &&
        (out_.steps.back().bits >= *bits || out_.steps.back().probability > *probability)) {
      return "steps have to rise";
    }
    out_.steps.push_back({*bits, *probability});
    return "";
  }

  std::string read_bin(const std::vector<std::string_view>& fields) {
    for (std::size_t f = 0; f < kFeatures; ++f) {
      auto feature = static_cast<Feature>(f);
      if (fields[0] != name_of(feature)) continue;
      auto names = bins_of(feature);
      auto at = fields.size() == 5 ? std::find(names.begin(), names.end(), fields[1]) : names.end();
      if (at == names.end()) {
        return fmt::format("{} has no “{}”, or the line has not five fields", fields[0],
                           fields.size() > 1 ? fields[1] : "");
      }
      auto bits = number(fields[2]);
      auto in_true = number(fields[3]);
      auto in_chance = number(fields[4]);
      if (!bits || !in_true || !in_chance) return "bits and counts have to be numbers";
      auto bin = static_cast<std::size_t>(at - names.begin());
      if (seen_[f].empty()) seen_[f].resize(names.size());
      if (seen_[f][bin]) return fmt::format("“{}” is there twice", fields[1]);
      seen_[f][bin] = true;
      out_.bins[f][bin] = {std::clamp(*bits, -kMostBits, kMostBits), *in_true, *in_chance};
      return "";
    }
    return fmt::format("no feature is called “{}”", fields[0]);
  }

  Result<Weights> finish() {
    for (std::size_t f = 0; f < kFeatures; ++f) {
      auto names = bins_of(static_cast<Feature>(f));
      for (std::size_t bin = 0; bin < names.size(); ++bin) {
        if (bin < seen_[f].size() && seen_[f][bin]) continue;
        return Error{Errc::kInvalid, fmt::format("{}, “{}” is missing",
                                                 name_of(static_cast<Feature>(f)), names[bin])};
      }
    }
    return std::move(out_);
  }

  Weights out_;
  std::array<std::vector<bool>, kFeatures> seen_;
  std::size_t line_ = 0;
};

}  // namespace

Weights::Weights() {
  for (std::size_t f = 0; f < kFeatures; ++f) {
    bins[f].resize(bins_of(static_cast<Feature>(f)).size());
  }
}

double Weights::bits(Feature feature, const Bins& of) const {
  auto bin = of.of(feature);
  if (feature == Feature::kRarity) {
    // Ten days in which one such outage is expected say nothing.
    return rarity_scale * -std::log2(of.rate);
  }
  if (feature == Feature::kDuration) {
    auto kind = static_cast<Duration>(bin);
    if (kind == Duration::kNone) return 0;
    double chance = std::clamp(of.chance, 0.01, 0.99);
    double ratio =
        kind == Duration::kFits ? length_match / chance : (1 - length_match) / (1 - chance);
    return length_scale * std::clamp(std::log2(ratio), -kMostLength, kMostLength);
  }
  return bins[static_cast<std::size_t>(feature)][bin].bits;
}

double Weights::sum(const Bins& of) const {
  double out = prior;
  for (std::size_t f = 0; f < kFeatures; ++f) out += bits(static_cast<Feature>(f), of);
  return out;
}

double Weights::calibrated(double log_odds) const {
  double x = std::clamp(log_odds, -kMostBits, kMostBits);
  if (steps.empty()) return 1 / (1 + std::exp2(-(slope * x + offset)));
  auto above = std::upper_bound(steps.begin(), steps.end(), x,
                                [](double value, const Step& step) { return value < step.bits; });
  if (above == steps.begin()) return steps.front().probability;
  if (above == steps.end()) return steps.back().probability;
  auto below = above - 1;
  double part = (x - below->bits) / (above->bits - below->bits);
  return below->probability + part * (above->probability - below->probability);
}

std::string to_text(const Weights& weights) {
  std::string out;
  for (std::size_t begin = 0; begin < weights.about.size();) {
    auto end = std::min(weights.about.find('\n', begin), weights.about.size());
    auto line = std::string_view(weights.about).substr(begin, end - begin);
    out += line.empty() ? "#\n" : fmt::format("# {}\n", line);
    begin = end + 1;
  }
  for (const auto& [name, member] : kParameters) {
    out += fmt::format("parameter\t{}\t{:.4f}\n", name, weights.*member);
  }
  for (const auto& step : weights.steps) {
    out += fmt::format("step\t{:.3f}\t{:.4f}\n", step.bits, step.probability);
  }
  for (std::size_t f = 0; f < kFeatures; ++f) {
    auto names = bins_of(static_cast<Feature>(f));
    for (std::size_t bin = 0; bin < names.size(); ++bin) {
      const auto& one = weights.bins[f][bin];
      out += fmt::format("{}\t{}\t{:.2f}\t{:.0f}\t{:.1f}\n", name_of(static_cast<Feature>(f)),
                         names[bin], one.bits, one.in_true, one.in_chance);
    }
  }
  return out;
}

Result<Weights> parse_weights(std::string_view text) { return Parser().parse(text); }

const Weights& shipped_weights() {
  static const Weights kShipped = [] {
    auto parsed = parse_weights(weight_files().front().bytes);
    if (!parsed) std::abort();  // a test reads the file too
    return *std::move(parsed);
  }();
  return kShipped;
}

}  // namespace correlate::evidence
