#include "correlate/dependence.h"

#include <algorithm>
#include <string>

#include "store/model/text.h"

namespace correlate {
namespace {

// Whether an outage's measurements come from a measurer, by the first word of its name.
bool measured_by(const model::Outage& outage, const std::string& measurer) {
  std::string word = model::fold(measurer.substr(0, measurer.find(' ')));
  return std::any_of(outage.measurements.begin(), outage.measurements.end(),
                     [&](const model::Measurement& one) {
                       return model::fold(one.source).find(word) != std::string::npos;
                     });
}

}  // namespace

std::optional<model::Reason> dependence(const model::Extraction& extraction,
                                        const model::Outage& outage) {
  const std::string* cited = nullptr;
  for (const auto& mention : extraction.mentions) {
    if (mention.kind != model::MentionKind::kMeasurer) continue;
    if (measured_by(outage, mention.name)) {
      return model::Reason{"dependence", 0,
                           "it cites " + mention.name +
                               ", who measured this outage, and confirms nothing by itself"};
    }
    if (cited == nullptr) cited = &mention.name;
  }
  if (cited == nullptr) return std::nullopt;
  return model::Reason{
      "dependence", 0,
      "it cites " + *cited + ", who measure outages, and may confirm nothing by itself"};
}

}  // namespace correlate
