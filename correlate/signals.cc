#include "correlate/signals.h"

#include <algorithm>
#include <utility>

namespace correlate {
namespace {

// 128 MB of samples; more are kept only where one question needs them all.
constexpr std::size_t kMostSamples = 8'000'000;

void cut(model::Signal& signal, model::Instant as_of) {
  auto known = std::max<std::int64_t>(0, (as_of - signal.from) / signal.step);
  if (static_cast<std::size_t>(known) < signal.values.size()) {
    signal.values.resize(static_cast<std::size_t>(known));
  }
}

}  // namespace

model::Result<SignalList> Signals::of(const std::set<std::string>& countries) {
  if (samples_ > kMostSamples) {
    kept_.clear();
    samples_ = 0;
  }
  SignalList out;
  for (const auto& country : countries) {
    if (country.empty()) continue;
    auto [place, fresh] = kept_.try_emplace(country);
    if (fresh) {
      auto read = store_.signals(country);
      if (!read) return read.error();
      place->second = *std::move(read);
      for (auto& signal : place->second) {
        if (as_of_) cut(signal, *as_of_);
        samples_ += signal.values.size();
      }
    }
    for (const auto& signal : place->second) out.push_back(&signal);
  }
  return out;
}

std::set<std::string> claimed_countries(const model::Extraction& extraction) {
  std::set<std::string> out;
  for (const auto& claim : extraction.claims) {
    if (is_measurable(claim.kind)) out.insert(claim.countries.begin(), claim.countries.end());
  }
  return out;
}

}  // namespace correlate
