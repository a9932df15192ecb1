// News, measurements and decisions arrive in a random order, some late, some again in other words,
// some taken back. However they are cut into runs, what is worked out is the same, byte for byte.
#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/correlate.h"
#include "store/model/hash.h"
#include "store/store.h"
#include "tests/support/derived.h"

namespace {

using model::Instant;
using model::Seconds;

constexpr Seconds kHour{3600};
constexpr Seconds kDay{86400};
const Instant kBegin = model::parse_iso("2014-12-01T00:00Z")->at;

struct Country {
  const char* code;
  const char* name;
};
constexpr std::array kCountries = {Country{"KP", "North Korea"}, Country{"SY", "Syria"},
                                   Country{"SD", "Sudan"}, Country{"GA", "Gabon"}};

constexpr std::array kOperators = {"Kitanet", "Zamtelia", "Ostravox"};

// One thing that happens to a store.
struct Step {
  enum class Kind : std::uint8_t { kEntry, kOutage, kSignal, kEdit };
  Kind kind = Kind::kEntry;
  model::Entry entry;
  model::Revision revision;
  model::Outage outage;
  model::Signal signal;
  model::Edit edit;
};

class World {
 public:
  // Outages are of the first `days`.
  explicit World(unsigned seed, std::size_t days = 20) : random_(seed), days_(days) {
    for (int i = 0; i < 8; ++i) outages_.push_back(outage(i));
    for (const auto& country : kCountries) signals_.push_back(signal(country.code));
  }

  std::vector<Step> steps(int many) {
    std::vector<Step> out;
    for (int i = 0; i < many; ++i) {
      auto dice = below(20);
      if (dice < 1) {
        out.push_back(sampled());
      } else if (dice < 5) {
        out.push_back(measured());
      } else if (dice < 8 && entries_ > 4) {
        out.push_back(decided());
      } else if (dice < 11 && entries_ > 0) {
        out.push_back(written(static_cast<int>(below(entries_))));  // in other words, or not
      } else {
        out.push_back(written(static_cast<int>(entries_++)));
      }
    }
    return out;
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }

  model::Outage outage(int number) {
    model::Outage out;
    const auto& country = kCountries.at(below(kCountries.size()));
    out.id = fmt::format("out-{}", number);
    out.scope.country = country.code;
    out.start = kBegin + static_cast<long>(below(days_ * 24)) * kHour;
    out.end = out.start + static_cast<long>(1 + below(30)) * kHour;
    out.start_uncertainty = out.end_uncertainty = Seconds{300};
    out.measurements.push_back({"Measurer", "", "", {}, {}});
    if (number % 4 == 1) out.scope.asn = 64500 + static_cast<std::uint32_t>(number);
    if (number % 4 == 2) name_operator(out);
    if (number == 3) {
      out.scope.asn = 64503;
      out.scope.country.clear();
    }
    return out;
  }

  void name_operator(model::Outage& outage) {
    outage.measurements[0].value = fmt::format("operator {}", kOperators.at(below(3)));
  }

  model::Signal signal(const std::string& country) {
    model::Signal out;
    out.id = "sig-" + country;
    out.scope.country = country;
    out.source = "Measurer";
    out.kind = "bgp";
    out.from = kBegin;
    out.step = kHour;
    return out;
  }

  // Some days more of a country's routes, of which an hour or some may be missing.
  Step sampled() {
    auto& signal = signals_[below(signals_.size())];
    auto down = 20 + below(60);
    auto hours = below(12);
    for (std::size_t i = 0; i < 96; ++i) {
      signal.values.emplace_back(i >= down && i < down + hours ? 0.0 : 100.0);
    }
    Step out;
    out.kind = Step::Kind::kSignal;
    out.signal = signal;
    return out;
  }

  // A measurement, which may come late, or again with another end, operator or place.
  Step measured() {
    auto& outage = outages_[below(outages_.size())];
    if (below(3) == 0) *outage.end += kHour;
    if (below(8) == 0) name_operator(outage);
    if (below(8) == 0) outage.scope.country = kCountries.at(below(kCountries.size())).code;
    Step out;
    out.kind = Step::Kind::kOutage;
    out.outage = outage;
    return out;
  }

  // One that names no country.
  static std::string text_without_place(const model::Outage& outage) {
    if (outage.scope.asn) {
      return fmt::format("A network is offline\nAS{} cannot be reached since {:.16}Z.",
                         *outage.scope.asn, model::to_iso(outage.start));
    }
    auto named = outage.measurements[0].value;
    if (!named.empty()) {
      named.erase(0, named.find(' ') + 1);
      return fmt::format("{} has an outage\nCustomers of {} were offline, it said.", named, named);
    }
    return fmt::format("A host was dark\nIts customers were offline from {:.16}Z for {} hours.",
                       model::to_iso(outage.start),
                       std::chrono::floor<std::chrono::hours>(*outage.end - outage.start).count());
  }

  std::string text_of(const model::Outage& outage) {
    if (outage.scope.country.empty() || below(4) == 0) return text_without_place(outage);
    std::string_view name;
    for (const auto& country : kCountries) {
      if (outage.scope.country == country.code) name = country.name;
    }
    auto hours = std::chrono::duration_cast<std::chrono::hours>(*outage.end - outage.start).count();
    switch (below(5)) {
      case 0:
        return fmt::format(
            "{} is offline\nThe Internet of {} went down at {:.16}Z, engineers said.", name, name,
            model::to_iso(outage.start));
      case 1:
        return fmt::format("Internet back in {}\nIt was restored after an outage of {} hours.",
                           name, hours);
      case 2:
        return fmt::format("{} hit by a second outage\nThe network of {} is down again.", name,
                           name);
      case 3:
        return fmt::format(
            "Hackers leak files of a studio\nThe attackers threatened more, said {}.", name);
      default:
        return fmt::format("Blackout in {}\nAll of {} was cut off for about {} hours.", name, name,
                           hours);
    }
  }

  Step written(int number) {
    const auto& outage = outages_[below(outages_.size())];
    auto text = text_of(outage);
    Step out;
    out.entry.id = out.entry.identity = fmt::format("ent-{:03}", number);
    out.entry.source_id = "src";
    out.entry.first_seen = kBegin;
    auto& revision = out.revision;
    revision.entry_id = out.entry.id;
    revision.published = model::Timestamp{outage.start + static_cast<long>(below(72)) * kHour,
                                          model::Precision::kMinute, "Z"};
    revision.language = "en";
    revision.title = text.substr(0, text.find('\n'));
    revision.body = text.substr(text.find('\n') + 1);
    revision.updated = revision.published;
    revision.seen_at = revision.published->at + kDay;
    revision.content_hash = model::revision_hash(revision);
    return out;
  }

  std::string any_entry() { return fmt::format("ent-{:03}", below(entries_)); }

  Step decided() {
    using model::EditKind;
    Step out;
    out.kind = Step::Kind::kEdit;
    auto& edit = out.edit;
    edit.at = kBegin + kDay * 40 + Seconds{++decided_};
    edit.who = "ann";
    auto a = any_entry();
    auto b = any_entry();
    constexpr std::array kKinds = {EditKind::kMerge,  EditKind::kSplit,  EditKind::kPin,
                                   EditKind::kReject, EditKind::kDelete, EditKind::kUndo};
    edit.kind = kKinds.at(below(kKinds.size()));
    edit.target = below(2) == 0 ? "sty-1" : "inc-1";
    edit.entries = {a, b};
    if (edit.kind == EditKind::kPin || edit.kind == EditKind::kReject) {
      edit.target = a;
      edit.entries = {a};
      edit.value = outages_[below(outages_.size())].id;
    }
    if (edit.kind == EditKind::kDelete) edit.target = a;
    if (edit.kind == EditKind::kUndo) {
      edit.target = std::to_string(1 + below(static_cast<std::size_t>(decided_)));
    }
    return out;
  }

  std::mt19937 random_;
  std::size_t days_;
  std::vector<model::Outage> outages_;
  std::vector<model::Signal> signals_;
  std::size_t entries_ = 0;
  int decided_ = 0;
};

void apply(const Step& step, store::Store& store) {
  auto writer = store.begin();
  ASSERT_TRUE(writer);
  ASSERT_TRUE((*writer)->put(model::Source{"src", "random", {}, "", "", "", {}}));
  if (step.kind == Step::Kind::kEntry) {
    ASSERT_TRUE((*writer)->put(step.entry, step.revision));
  }
  if (step.kind == Step::Kind::kOutage) {
    ASSERT_TRUE((*writer)->put(step.outage));
  }
  if (step.kind == Step::Kind::kSignal) {
    ASSERT_TRUE((*writer)->put(step.signal));
  }
  if (step.kind == Step::Kind::kEdit) {
    ASSERT_TRUE((*writer)->append(step.edit));
  }
  ASSERT_TRUE((*writer)->commit());
}

void correlate(store::Store& store, bool rebuild) {
  auto report = ::correlate::correlate(store, {rebuild, {}});
  ASSERT_TRUE(report) << report.error().message;
}

void go_on(::correlate::Correlator& correlator) {
  auto report = correlator.run({});
  ASSERT_TRUE(report) << report.error().message;
}

class Random : public testing::TestWithParam<unsigned> {};

// Three stores get the same steps: one whose state is kept and brought up to date after each, one
// whose state is kept too but which another process correlates at times, and one that is rebuilt.
TEST_P(Random, KeptEqualsRebuiltAfterEveryStep) {
  constexpr int kSteps = 60;
  auto kept = *store::open_store("memory:");
  auto shared = *store::open_store("memory:");
  auto rebuilt = *store::open_store("memory:");
  ::correlate::Correlator keeper(*kept), sharer(*shared);
  std::mt19937 random{GetParam() + 1};
  std::string want;
  for (const auto& step : World(GetParam()).steps(kSteps)) {
    apply(step, *kept);
    apply(step, *shared);
    apply(step, *rebuilt);
    go_on(keeper);
    correlate(*rebuilt, true);
    want = support::dump_derived(*rebuilt);
    ASSERT_EQ(support::dump_derived(*kept), want);
    if (random() % 3 == 0) continue;
    if (random() % 4 == 0) {
      correlate(*shared, random() % 4 == 0);
    } else {
      go_on(sharer);
    }
    ASSERT_EQ(support::dump_derived(*shared), want);
  }
  EXPECT_NE(want.find("lnk-"), std::string::npos) << "nothing was linked: nothing was tested";
}

TEST_P(Random, IncrementalEqualsRebuiltHoweverItIsCut) {
  constexpr int kSteps = 60;
  auto steps = World(GetParam()).steps(kSteps);
  auto one_by_one = *store::open_store("memory:");
  auto in_pieces = *store::open_store("memory:");
  auto at_once = *store::open_store("memory:");
  std::mt19937 random{GetParam() + 1};
  for (const auto& step : steps) {
    apply(step, *one_by_one);
    correlate(*one_by_one, false);
    apply(step, *in_pieces);
    if (random() % 5 == 0) correlate(*in_pieces, false);
    apply(step, *at_once);
  }
  correlate(*in_pieces, false);
  correlate(*at_once, true);
  auto rebuilt = support::dump_derived(*at_once);
  EXPECT_EQ(support::dump_derived(*one_by_one), rebuilt);
  EXPECT_EQ(support::dump_derived(*in_pieces), rebuilt);
}

// The same over some years, where entries are let go when little is kept of them, and begun anew
// with where one of long ago comes late, changes, or is decided about.
TEST_P(Random, WhatWasLetGoMakesNoDifference) {
  constexpr int kSteps = 90;
  auto little = *store::open_store("memory:");
  auto rebuilt = *store::open_store("memory:");
  auto keeper = std::make_unique<::correlate::Correlator>(*little, ::correlate::Extent{4, 3});
  std::mt19937 random{GetParam() + 1};
  for (const auto& step : World(GetParam(), 900).steps(kSteps)) {
    apply(step, *little);
    apply(step, *rebuilt);
    if (random() % 6 == 0) {
      keeper = std::make_unique<::correlate::Correlator>(*little, ::correlate::Extent{4, 3});
    }
    go_on(*keeper);
    correlate(*rebuilt, true);
    ASSERT_EQ(support::dump_derived(*little), support::dump_derived(*rebuilt));
  }
}

// Wherever a run is given up, the store is as it was, and the next run does it all.
TEST(GivenUp, LeavesTheStoreAsItWas) {
  auto steps = World(1).steps(60);
  auto store = *store::open_store("memory:");
  for (std::size_t i = 0; i < steps.size() / 2; ++i) apply(steps[i], *store);
  ::correlate::Correlator correlator(*store);
  go_on(correlator);
  auto half = support::dump_derived(*store);
  for (std::size_t i = steps.size() / 2; i < steps.size(); ++i) apply(steps[i], *store);
  auto before = support::dump_derived(*store);
  int given_up = 0;
  for (;; ++given_up) {
    int asked = 0;
    ::correlate::Options options;
    options.give_up = [&] { return ++asked > given_up; };
    auto report = correlator.run(options);
    ASSERT_TRUE(report);
    if (!report->given_up) break;
    ASSERT_EQ(support::dump_derived(*store), before) << "asked " << asked << " times";
  }
  EXPECT_GT(given_up, 10) << "it was hardly asked";
  auto gone_on = support::dump_derived(*store);
  EXPECT_NE(gone_on, half);
  correlate(*store, true);
  EXPECT_EQ(gone_on, support::dump_derived(*store));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Random, testing::Range(1U, 25U));

}  // namespace
