#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/model/claim.h"
#include "store/model/join.h"
#include "store/model/outage.h"
#include "store/model/result.h"
#include "store/store.h"

namespace correlate {

// What a run writes, kept in memory until it is known or there is much of it: only then is the
// store locked, so that others go on writing facts while a run reads and thinks. Facts that come
// meanwhile are the next run's, whether this one has read them or not.
class LateWriter {
 public:
  // At most `most` writes are kept. `unchanged`: whether what is derived is still as the run found
  // it, asked once, when the store is locked.
  LateWriter(store::Store& store, std::size_t most, std::function<model::Result<bool>()> unchanged)
      : store_(store), most_(most), unchanged_(std::move(unchanged)) {}

  // Done when the store is locked.
  using Write = std::function<model::Status(store::Writer&)>;
  model::Status add(Write write);

  model::Status set_extraction(const model::Extraction& extraction);
  model::Status set_links(const std::string& entry_id, const std::vector<model::Link>& links);
  model::Status set_verdicts(const std::string& entry_id,
                             const std::vector<model::Verdict>& verdicts);
  model::Status set_fused(const model::Outage& outage);
  model::Status remove_fused(const std::string& id);
  model::Status set_story(const model::Story& story);
  model::Status remove_story(const std::string& id);
  model::Status set_incident(const model::Incident& incident);
  model::Status remove_incident(const std::string& id);
  model::Status clear_derived();

  // Locks the store, unless it is, and writes what was kept. kConflict when another process has
  // correlated since; overtaken() is true then.
  model::Status lock();
  bool overtaken() const { return overtaken_; }
  // Where it is locked.
  store::Writer& locked() { return *writer_; }
  model::Status commit() { return writer_->commit(); }

 private:
  store::Store& store_;
  std::size_t most_;
  std::function<model::Result<bool>()> unchanged_;
  std::vector<Write> kept_;
  std::unique_ptr<store::Writer> writer_;
  bool overtaken_ = false;
};

}  // namespace correlate
