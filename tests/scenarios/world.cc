#include "tests/scenarios/world.h"

#include <array>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "store/model/hash.h"

namespace scenarios {
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

model::Signal signal_of(const std::string& country) {
  model::Signal out;
  out.id = "sig-" + country;
  out.scope.country = country;
  out.source = "Measurer";
  out.kind = "bgp";
  out.from = kBegin;
  out.step = kHour;
  return out;
}

class World {
 public:
  World(unsigned seed, std::size_t days) : random_(seed), days_(days) {
    for (int i = 0; i < 8; ++i) outages_.push_back(outage(i));
    for (const auto& country : kCountries) signals_.push_back(signal_of(country.code));
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

}  // namespace

std::vector<Step> random_steps(unsigned seed, int many, std::size_t days) {
  return World(seed, days).steps(many);
}

Step outage_of(const std::string& id, const std::string& country) {
  Step out;
  out.kind = Step::Kind::kOutage;
  out.outage.id = id;
  out.outage.scope.country = country;
  out.outage.start = model::parse_iso("2014-12-22T16:15Z")->at;
  out.outage.end = out.outage.start + 9 * kHour;
  out.outage.measurements.push_back({"Measurer", "", "", {}, {}});
  return out;
}

Step report_of(const std::string& place) {
  Step out;
  out.entry.id = out.entry.identity = "ent-1";
  out.entry.source_id = "src";
  auto& revision = out.revision;
  revision.entry_id = out.entry.id;
  revision.published = revision.updated = model::parse_iso("2014-12-23T08:00Z");
  revision.language = "en";
  revision.title = place + " is offline";
  revision.body = "The Internet of " + place + " went down at 16:15 UTC on Monday.";
  revision.content_hash = model::revision_hash(revision);
  return out;
}

Step routes_of(const std::string& country, std::size_t hours, const std::set<std::size_t>& down) {
  Step out;
  out.kind = Step::Kind::kSignal;
  out.signal = signal_of(country);
  for (std::size_t i = 0; i < hours; ++i) {
    out.signal.values.emplace_back(down.contains(i) ? 0.0 : 100.0);
  }
  return out;
}

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

}  // namespace scenarios
