#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/verdict/verdict.h"
#include "tests/support/shared_data.h"

namespace correlate::verdict {
namespace {

using support::text_of;

model::Outage outage_of(const boost::json::object& row) {
  model::Outage out;
  out.id = text_of(row, "id");
  out.scope.country = text_of(row.at("scope").as_object(), "country");
  out.start = model::parse_iso(text_of(row, "start"))->at;
  if (auto end = model::parse_iso(text_of(row, "end"))) out.end = end->at;
  out.open = row.at("open").as_bool();
  auto seconds = [&](const char* name) -> std::optional<model::Seconds> {
    if (!row.at(name).is_int64()) return std::nullopt;
    return model::Seconds{row.at(name).as_int64()};
  };
  out.start_uncertainty = seconds("start_uncertainty_s");
  out.end_uncertainty = seconds("end_uncertainty_s");
  return out;
}

model::Claim claim_of(const boost::json::object& row, const std::string& publisher) {
  const auto& stated = row.at("claim").as_object();
  model::Claim out;
  std::string kind = text_of(stated, "kind");
  out.kind = kind == "duration" ? model::ClaimKind::kDuration
             : kind == "start"  ? model::ClaimKind::kStart
                                : model::ClaimKind::kEnd;
  out.span.text = text_of(stated, "span");
  out.value = text_of(stated, "value");
  out.mod = text_of(stated, "mod");
  if (const auto* zones = row.if_contains("zones"); zones != nullptr && zones->is_array()) {
    std::string zone(zones->as_array().at(0).as_string());
    out.zone = zone == "place" ? "local" : zone == "pub" ? publisher : zone;
  }
  if (const auto* ongoing = row.if_contains("ongoing")) {
    out.ongoing = ongoing->is_bool() && ongoing->as_bool();
  }
  return out;
}

// Every claim whose reading is clear gets the verdict that was worked out for it by hand.
TEST(VerdictGold, ClearClaims) {
  NEED_SHARED_DATA("links/verdicts.jsonl");
  auto folder = support::shared_data() / "links";
  std::map<std::string, model::Outage> outages;
  for (const auto& row : support::read_jsonl(folder / "outages.jsonl")) {
    auto outage = outage_of(row);
    outages[outage.id] = outage;
  }
  std::map<std::string, model::Timestamp> published;
  for (const auto& row : support::read_jsonl(folder / "items.jsonl")) {
    published[text_of(row, "id")] = *model::parse_iso(text_of(row, "published"));
  }
  int clear = 0;
  int wrong = 0;
  for (const auto& row : support::read_jsonl(folder / "verdicts.jsonl")) {
    if (!row.at("clear").as_bool()) continue;
    ++clear;
    const auto& written = published.at(text_of(row, "item"));
    auto claim = claim_of(row, written.zone);
    auto got =
        judge(claim, outages.at(text_of(row, "outage")), {written.interval(), written.zone, false});
    if (to_string(got.verdict) == text_of(row, "verdict")) continue;
    ++wrong;
    fmt::print("{} \"{}\" {} {}: want {}, got {} ({})\n", text_of(row, "item"), claim.span.text,
               claim.value, text_of(row, "outage"), text_of(row, "verdict"), to_string(got.verdict),
               got.note);
  }
  RecordProperty("clear", clear);
  EXPECT_GT(clear, 300);
  EXPECT_LE(wrong, clear / 50) << "of " << clear;
}

}  // namespace
}  // namespace correlate::verdict
