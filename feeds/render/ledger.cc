#include "feeds/render/ledger.h"

#include <cmath>

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include "feeds/render/shared.h"

namespace feeds::render {
namespace {

namespace json = boost::json;

double sum(const model::Link& link) {
  double bits = 0;
  for (const auto& reason : link.reasons) bits += reason.bits;
  return std::round(bits * 100) / 100;
}

}  // namespace

json::object ledger_json(const model::Link& link) {
  json::array reasons;
  for (const auto& reason : link.reasons) {
    reasons.push_back(
        json::object{{"feature", reason.feature}, {"bits", reason.bits}, {"text", reason.text}});
  }
  json::array hypotheses;
  for (const auto& one : link.hypotheses) {
    json::value outage;
    if (!one.outage_id.empty()) outage = one.outage_id;
    hypotheses.push_back(json::object{{"outage", std::move(outage)}, {"share", one.share}});
  }
  return {{"relation", to_string(link.relation)},
          {"dependent", link.dependent},
          {"bits", sum(link)},
          {"any", link.any},
          {"q", link.q},
          {"decoys", json::object{{"tried", link.decoys}, {"as_high", link.decoys_as_high}}},
          {"hypotheses", std::move(hypotheses)},
          {"reasons", std::move(reasons)}};
}

std::string decoys_text(const model::Link& link) {
  if (link.decoys == 0) return "no timeline was moved to see what chance does";
  return fmt::format("{} of {} timelines moved in time score as high, q {:.4f}",
                     link.decoys_as_high, link.decoys, link.q);
}

std::string ledger_text(const model::Link& link) {
  std::string out = "  bits  reason\n";
  for (const auto& reason : link.reasons) {
    out += fmt::format("{:>+6.1f}  {}: {}\n", reason.bits, reason.feature, printable(reason.text));
  }
  double bits = sum(link);
  out += fmt::format("{:>+6.1f}  sum: odds of 2^{:.1f} to 1; calibrated, probability {:.4f}: {}\n",
                     bits, bits, link.probability, to_string(link.relation));
  if (!link.hypotheses.empty()) out += "\n share  competing outages of that place\n";
  for (const auto& one : link.hypotheses) {
    out += fmt::format("{:>6.2f}  {}\n", one.share,
                       one.outage_id.empty() ? "none of them" : printable(one.outage_id));
  }
  return out + "\nchance  " + decoys_text(link) + "\n";
}

}  // namespace feeds::render
