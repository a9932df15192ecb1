#include "feeds/outages/mrt/notes.h"

namespace feeds::outages::mrt {
namespace {

constexpr std::size_t kPlacesKept = 3;
// Sentences carry numbers from the dump; a hostile one could make a new one each time.
constexpr std::size_t kMostSentences = 200;

}  // namespace

void Notes::add(std::uint64_t offset, const std::string& sentence) {
  ++count_;
  bool full = faults_.size() >= kMostSentences && index_.count(sentence) == 0;
  const std::string& kept = full ? "is damaged in yet another way" : sentence;
  auto [at, fresh] = index_.emplace(kept, faults_.size());
  if (fresh) faults_.push_back({kept, {}, 0});
  auto& fault = faults_[at->second];
  if (fault.first.size() < kPlacesKept) fault.first.push_back(offset);
  ++fault.count;
}

std::vector<model::Warning> Notes::warnings() const {
  std::vector<model::Warning> out;
  for (const auto& fault : faults_) {
    for (auto offset : fault.first) {
      out.push_back({"byte " + std::to_string(offset), fault.sentence});
    }
    auto more = fault.count - fault.first.size();
    if (more > 0) out.push_back({std::to_string(more) + " more records", fault.sentence});
  }
  return out;
}

}  // namespace feeds::outages::mrt
