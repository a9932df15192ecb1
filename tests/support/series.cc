#include "tests/support/series.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace support {
namespace {

constexpr double kDay = 86400;

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  MadeSeries make() {
    constexpr double kSteps[] = {300, 300, 300, 600, 900, 3600};
    step_ = kSteps[random_.next() % 6];
    return make(step_, random_.between(42, 70));
  }

  MadeSeries make_state(double step, double length, double level) {
    step_ = step;
    n_ = static_cast<std::size_t>(length * kDay / step_);
    mean_.assign(n_, level);
    outages();
    for (double mean : mean_) {
      double wobble = random_.chance(0.02) ? (random_.chance(0.5) ? 1 : -1) : 0;
      made_.signal.values.emplace_back(std::max(0.0, std::round(mean) + wobble));
    }
    gaps();
    name("bgp", "prefixes");
    return std::move(made_);
  }

  MadeSeries make(double step, double length) {
    step_ = step;
    n_ = static_cast<std::size_t>(length * kDay / step_);
    shape();
    level_shifts();
    holidays();
    feeder_losses();
    outages();
    samples();
    gaps();
    name("counts", "packets");
    return std::move(made_);
  }

 private:
  void name(std::string kind, std::string unit) {
    auto& s = made_.signal;
    s.id = "sig-made";
    s.scope.asn = 64496;
    s.source = "made";
    s.kind = std::move(kind);
    s.unit = std::move(unit);
    s.from = model::Instant{model::Seconds{1'577'836'800}};
    s.step = model::Seconds{static_cast<std::int64_t>(step_)};
  }

  std::size_t sample_of(double days) const { return static_cast<std::size_t>(days * kDay / step_); }
  double days() const { return static_cast<double>(n_) * step_ / kDay; }

  // Mean of each sample: two harmonics of the day, quieter weekends, growth over the weeks.
  void shape() {
    double level = random_.scale(30, 30'000);
    double amplitude = random_.between(0, 0.7);
    double second = random_.between(0, 0.25) * amplitude;
    double peak = random_.uniform();
    double weekend = random_.between(0.7, 1.05);
    double growth = random_.between(-0.003, 0.005);
    for (std::size_t i = 0; i < n_; ++i) {
      double day = static_cast<double>(i) * step_ / kDay;
      double angle = 2 * std::numbers::pi * (day - peak);
      double daily = 1 + amplitude * std::cos(angle) + second * std::cos(2 * angle + 1);
      bool is_weekend = static_cast<int>(day) % 7 >= 5;
      mean_.push_back(level * daily * (is_weekend ? weekend : 1) * (1 + growth * day));
    }
  }

  void scale(double from_day, double to_day, double factor) {
    auto end = std::min(sample_of(to_day), n_);
    for (auto i = sample_of(from_day); i < end; ++i) mean_[i] *= factor;
  }

  void level_shifts() {
    while (random_.chance(0.35) && made_.level_shifts < 2) {
      double factor = random_.chance(0.5) ? random_.between(0.6, 0.85) : random_.between(1.2, 1.8);
      scale(random_.between(15, days() - 15), days() + 1, factor);
      ++made_.level_shifts;
    }
  }

  void holidays() {
    while (random_.chance(0.5) && made_.holidays < 3) {
      double day = std::floor(random_.between(1, days() - 3));
      scale(day, day + std::floor(random_.between(1, 3)), random_.between(0.65, 1.1));
      ++made_.holidays;
    }
  }

  void feeder_losses() {
    while (random_.chance(0.4) && made_.feeder_losses < 3) {
      double day = random_.between(1, days() - 1);
      double feeders = std::floor(random_.between(6, 20));
      scale(day, day + random_.scale(0.02, 2), 1 - 1 / feeders);
      ++made_.feeder_losses;
    }
  }

  bool is_free(double from, double to) const {
    double apart = std::max(0.5, (to - from) / 2);
    for (const auto& o : made_.outages) {
      double begin = static_cast<double>(o.begin) * step_ / kDay;
      double end = static_cast<double>(o.end) * step_ / kDay;
      if (from < end + apart && begin < to + apart) return false;
    }
    return true;
  }

  void outages() {
    int wanted = 1 + static_cast<int>(random_.next() % 5);
    for (int tries = 0; tries < 50 && wanted > 0; ++tries) {
      double length = random_.scale(std::max(600.0, step_), 10 * kDay) / kDay;
      double from = random_.between(2, days() - length - 1);
      double depth = random_.chance(0.4) ? 1 : random_.between(0.2, 1);
      if (from < 2 || !is_free(from, from + length)) continue;
      Planted o{sample_of(from), std::max(sample_of(from + length), sample_of(from) + 1), depth};
      for (auto i = o.begin; i < o.end; ++i) mean_[i] *= 1 - depth;
      made_.outages.push_back(o);
      --wanted;
    }
    std::sort(made_.outages.begin(), made_.outages.end(),
              [](const Planted& a, const Planted& b) { return a.begin < b.begin; });
  }

  // Poisson counts about a mean that wanders (correlated over hours), with bursts on top.
  void samples() {
    double spread = random_.between(0.02, 0.15);
    double memory = std::exp(-step_ / random_.between(1800, 14400));
    double burst_rate = random_.between(0, 0.01);
    double wander = 0;
    double burst = 1;
    for (std::size_t i = 0; i < n_; ++i) {
      wander = memory * wander + std::sqrt(1 - memory * memory) * random_.normal() * spread;
      burst = random_.chance(burst_rate) ? random_.between(1.5, 4) : 1 + (burst - 1) * 0.5;
      double mean = mean_[i] * std::exp(wander - spread * spread / 2) * burst;
      made_.signal.values.emplace_back(random_.poisson(mean));
    }
  }

  void gaps() {
    while (random_.chance(0.6) && made_.gaps < 6) {
      auto begin = sample_of(random_.between(0, days()));
      auto end = std::min(n_, begin + 1 + sample_of(random_.scale(0.007, 2)));
      for (auto i = begin; i < end; ++i) made_.signal.values[i].reset();
      ++made_.gaps;
    }
  }

  Random random_;
  double step_ = 300;
  std::size_t n_ = 0;
  std::vector<double> mean_;
  MadeSeries made_;
};

}  // namespace

std::uint64_t Random::next() {
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

double Random::scale(double low, double high) {
  return low * std::exp(uniform() * std::log(high / low));
}

double Random::normal() {
  double radius = std::sqrt(-2 * std::log(1 - uniform()));
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

double Random::poisson(double mean) {
  if (mean > 50) return std::max(0.0, std::round(mean + std::sqrt(mean) * normal()));
  double limit = std::exp(-mean);
  double product = uniform();
  double count = 0;
  for (; product > limit; ++count) product *= uniform();
  return count;
}

MadeSeries make_series(std::uint64_t seed) { return Maker(seed).make(); }

MadeSeries make_series(std::uint64_t seed, model::Seconds step, double days) {
  return Maker(seed).make(static_cast<double>(step.count()), days);
}

MadeSeries make_state(std::uint64_t seed, model::Seconds step, double days, double level) {
  return Maker(seed).make_state(static_cast<double>(step.count()), days, level);
}

}  // namespace support
