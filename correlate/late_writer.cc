#include "correlate/late_writer.h"

namespace correlate {

using model::Status;
using store::Writer;

Status LateWriter::add(Write write) {
  if (writer_ != nullptr) return write(*writer_);
  kept_.push_back(std::move(write));
  return kept_.size() <= most_ ? Status() : lock();
}

Status LateWriter::lock() {
  if (writer_ != nullptr) return {};
  auto writer = store_.begin();
  if (!writer) return writer.error();
  auto unchanged = unchanged_();
  if (!unchanged) return unchanged.error();
  overtaken_ = !*unchanged;
  if (overtaken_) {
    return model::Error{model::Errc::kConflict, "Another process has correlated meanwhile."};
  }
  for (const auto& write : std::exchange(kept_, {})) {
    if (auto done = write(**writer); !done) return done;
  }
  writer_ = *std::move(writer);
  return {};
}

Status LateWriter::set_extraction(const model::Extraction& extraction) {
  return add([=](Writer& to) { return to.set_extraction(extraction); });
}

Status LateWriter::set_links(const std::string& entry_id, const std::vector<model::Link>& links) {
  return add([=](Writer& to) { return to.set_links(entry_id, links); });
}

Status LateWriter::set_verdicts(const std::string& entry_id,
                                const std::vector<model::Verdict>& verdicts) {
  return add([=](Writer& to) { return to.set_verdicts(entry_id, verdicts); });
}

Status LateWriter::set_fused(const model::Outage& outage) {
  return add([=](Writer& to) { return to.set_fused(outage); });
}

Status LateWriter::remove_fused(const std::string& id) {
  return add([=](Writer& to) { return to.remove_fused(id); });
}

Status LateWriter::set_story(const model::Story& story) {
  return add([=](Writer& to) { return to.set_story(story); });
}

Status LateWriter::remove_story(const std::string& id) {
  return add([=](Writer& to) { return to.remove_story(id); });
}

Status LateWriter::set_incident(const model::Incident& incident) {
  return add([=](Writer& to) { return to.set_incident(incident); });
}

Status LateWriter::remove_incident(const std::string& id) {
  return add([=](Writer& to) { return to.remove_incident(id); });
}

Status LateWriter::clear_derived() {
  return add([](Writer& to) { return to.clear_derived(); });
}

}  // namespace correlate
