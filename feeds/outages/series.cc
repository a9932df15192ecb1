#include "feeds/outages/series.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "feeds/outages/record.h"
#include "store/model/hash.h"

namespace feeds::outages {

void add(Parsed& parsed, model::Signal signal) {
  std::size_t room = kMostSamplesOfAll - std::min(kMostSamplesOfAll, parsed.samples);
  if (signal.values.size() > std::min(room, kMostSamples)) {
    if (!parsed.too_many) {
      parsed.warnings.push_back(
          {signal.place,
           "has more samples than are read of one document; it and what follows it "
           "that is as long was left out"});
    }
    parsed.too_many = true;
    return;
  }
  parsed.samples += signal.values.size();
  if (signal.id.empty()) {
    signal.id = model::make_id("sig", model::to_string(signal.scope) + "|" + signal.source + "|" +
                                          signal.kind + "|" + model::to_iso(signal.from));
  }
  parsed.signals.push_back(std::move(signal));
}

void set_samples(model::Signal& signal, std::vector<Sample> samples, model::Seconds usual) {
  signal.values.clear();
  if (samples.empty()) return;
  std::stable_sort(samples.begin(), samples.end(),
                   [](const Sample& a, const Sample& b) { return a.at < b.at; });
  std::int64_t step = usual.count();
  for (const Sample& sample : samples) {
    step = std::gcd(step, (sample.at - samples.front().at).count());
  }
  constexpr std::int64_t kUsual = 300;  // of a lone sample nothing can be told
  if (step == 0) step = kUsual;
  auto count = (samples.back().at - samples.front().at).count() / step + 1;
  if (count > static_cast<std::int64_t>(kMostSamples)) return;
  signal.from = samples.front().at;
  signal.step = model::Seconds{step};
  signal.values.resize(static_cast<std::size_t>(count));
  for (const Sample& sample : samples) {
    signal.values[static_cast<std::size_t>((sample.at - signal.from).count() / step)] =
        sample.value;
  }
}

}  // namespace feeds::outages
