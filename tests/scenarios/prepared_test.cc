// What others work out ahead of a run, whenever, in whatever order, and however often, makes no
// difference in what the run leaves; it only makes it shorter.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/correlate.h"
#include "correlate/prepare.h"
#include "store/store.h"
#include "tests/scenarios/world.h"
#include "tests/support/derived.h"

namespace {

using correlate::Correlator;
using correlate::Preparer;
using scenarios::apply;
using scenarios::outage_of;
using scenarios::report_of;

// What was given out, as the foreman does (app/worker/correlate.cc).
struct Job {
  std::int64_t after = 0, to = 0;
};

// Entries that a run linked itself.
std::int64_t linked_in(const correlate::Report& report) {
  for (const auto& pass : report.passes) {
    if (pass.name == "link") return pass.looked_at;
  }
  return 0;
}

// The links of all entries that people decided about at the last run, as text.
std::string decided_links(store::Store& store) {
  std::istringstream lines(*store.meta("correlate.decided"));
  std::string out;
  for (std::string id; std::getline(lines, id);) {
    id = id.substr(0, id.find(' '));
    for (const auto& link : *store.links_of_entry(id)) {
      out += fmt::format("{} {} {}\n", id, link.outage_id, link.probability);
    }
  }
  return out;
}

class Prepared : public testing::TestWithParam<unsigned> {
 protected:
  std::size_t below(std::size_t n) { return random_() % n; }

  // Stretches of what is new, of which some overlap or are never given out.
  void give_out(store::Store& store) {
    auto newest = *store.newest_change();
    given_out_ = std::max(given_out_, correlate::progress(store)->seq);
    if (below(8) == 0) given_out_ -= std::min<std::int64_t>(given_out_, 2);
    while (given_out_ < newest) {
      auto many = 1 + static_cast<std::int64_t>(below(4));
      Job job{given_out_, std::min(newest, given_out_ + many)};
      given_out_ = job.to;
      if (below(6) != 0) jobs_.push_back(job);
    }
  }

  // One that waits, not the first one; some come again.
  Job take() {
    auto i = static_cast<std::ptrdiff_t>(below(jobs_.size()));
    auto job = jobs_[static_cast<std::size_t>(i)];
    if (below(5) != 0) jobs_.erase(jobs_.begin() + i);
    return job;
  }

  std::mt19937 random_{GetParam() + 7};
  std::vector<Job> jobs_;
  std::int64_t given_out_ = 0;
};

TEST_P(Prepared, AheadInAnyOrderMakesNoDifference) {
  constexpr int kSteps = 150;
  auto ahead = *store::open_store("memory:");
  auto alone = *store::open_store("memory:");
  auto rebuilt = *store::open_store("memory:");
  ASSERT_TRUE(correlate::make_ready(*ahead));
  auto runner = std::make_unique<Correlator>(*ahead);
  Correlator lonely(*alone);
  std::array<Preparer, 2> workers{{Preparer(*ahead), Preparer(*ahead)}};
  std::vector<std::pair<Preparer*, std::shared_ptr<Preparer::Work>>> under_way;
  std::int64_t linked_ahead = 0, linked = 0, linked_alone = 0;
  for (const auto& step : scenarios::random_steps(GetParam(), kSteps)) {
    for (auto* store : {ahead.get(), alone.get(), rebuilt.get()}) apply(step, *store);
    give_out(*ahead);
    while (!jobs_.empty() && below(3) != 0) {
      auto job = take();
      auto& preparer = workers.at(below(2));
      auto work = preparer.work_out(job.after, job.to);
      ASSERT_TRUE(work) << work.error().message;
      under_way.push_back({&preparer, *work});
    }
    // Some take long: others, and runs, come between.
    while (!under_way.empty() && below(3) != 0) {
      auto i = static_cast<std::ptrdiff_t>(below(under_way.size()));
      auto [preparer, work] = under_way.at(static_cast<std::size_t>(i));
      under_way.erase(under_way.begin() + i);
      auto before = decided_links(*ahead);
      auto done = preparer->keep(*work);
      ASSERT_TRUE(done) << done.error().message;
      linked_ahead += done->linked;
      ASSERT_EQ(decided_links(*ahead), before) << "what a person decided was overruled";
    }
    if (below(8) != 0) continue;
    if (below(4) == 0) runner = std::make_unique<Correlator>(*ahead);
    auto report = runner->run({});
    auto report_alone = lonely.run({});
    ASSERT_TRUE(report && report_alone);
    linked += linked_in(*report);
    linked_alone += linked_in(*report_alone);
    ASSERT_TRUE(correlate::correlate(*rebuilt, {true, {}}));
    ASSERT_EQ(support::dump_derived(*ahead), support::dump_derived(*rebuilt));
  }
  EXPECT_GT(linked_ahead, 0);
  EXPECT_LT(linked, linked_alone) << "what was linked ahead was linked again";
}

// A worker that was stopped brings the links of what the entry said once; another one has linked
// what it says now.
TEST(PreparedLate, TheOlderRevisionDoesNotReplaceTheNewer) {
  auto ahead = *store::open_store("memory:");
  ASSERT_TRUE(correlate::make_ready(*ahead));
  Correlator runner(*ahead);
  Preparer stopped(*ahead), other(*ahead);
  apply(outage_of("out-1", "KP"), *ahead);
  apply(outage_of("out-2", "SY"), *ahead);
  ASSERT_TRUE(runner.run({}));
  auto before = *ahead->newest_change();
  apply(report_of("Syria"), *ahead);
  auto between = *ahead->newest_change();
  auto late = stopped.work_out(before, between);
  apply(report_of("North Korea"), *ahead);
  ASSERT_TRUE(other.prepare(between, *ahead->newest_change()));
  ASSERT_TRUE(late && stopped.keep(**late));
  auto report = runner.run({});
  ASSERT_TRUE(report);
  EXPECT_EQ(linked_in(*report), 0) << "it was linked ahead";
  auto links = *ahead->links_of_entry("ent-1");
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].revision, 2);
  auto gone_on = support::dump_derived(*ahead);
  ASSERT_TRUE(correlate::correlate(*ahead, {true, {}}));
  EXPECT_EQ(gone_on, support::dump_derived(*ahead));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Prepared, testing::Range(1U, 17U));

}  // namespace
