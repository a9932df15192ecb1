#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/mail/came.h"
#include "correlate/timeline.h"
#include "store/query/query.h"
#include "store/store.h"

namespace app::mail {

// What an issue tells of: incidents as they are and as they were, and what of them is new.
class News {
 public:
  virtual ~News() = default;

  // The incidents in which something may be new for this query, those with the most first.
  virtual model::Result<std::vector<std::string>> incidents(const store::query::Query& query) = 0;
  // What of the incident the query finds: ids of entries and outages, and maybe of others too.
  // Asked for after incidents(), with the same query.
  virtual model::Result<std::set<std::string>> found(const store::query::Query& query,
                                                     const std::string& id) = 0;
  // As it is told now; without lines where there is nothing to tell.
  virtual model::Result<const model::TimelineIncident*> now(const std::string& id) = 0;
  // … and as it was told before; null where nothing but entries has come.
  virtual model::Result<const model::TimelineIncident*> before(const std::string& id) = 0;
  // Whether the entry was not told before.
  virtual bool is_new(const model::TimelineEntry& entry) const = 0;
  // What the records of an outage said before where they were revised since.
  virtual model::Result<std::optional<model::Outage>> revised(const model::Outage& outage) = 0;
};

// Incidents under one request, each worked out once while it is asked for again and again.
class KeptTimelines {
 public:
  KeptTimelines(store::Store& store, correlate::TimelineRequest request)
      : timelines_(store, std::move(request)) {}

  // Good until the next call that works one out.
  model::Result<const model::TimelineIncident*> of(const std::string& id);

 private:
  correlate::Timelines timelines_;
  std::map<std::string, model::TimelineIncident> kept_;
};

// What came with the changes after one.
class NewsSince final : public News {
 public:
  NewsSince(store::Store& store, const Came& came, KeptTimelines& now, KeptTimelines& before)
      : store_(store), came_(came), now_(now), before_(before) {}

  model::Result<std::vector<std::string>> incidents(const store::query::Query& query) override;
  model::Result<std::set<std::string>> found(const store::query::Query& query,
                                             const std::string& id) override;
  model::Result<const model::TimelineIncident*> now(const std::string& id) override;
  model::Result<const model::TimelineIncident*> before(const std::string& id) override;
  bool is_new(const model::TimelineEntry& entry) const override;
  model::Result<std::optional<model::Outage>> revised(const model::Outage& outage) override;

 private:
  bool has_revised(const model::TimelineIncident& incident) const;
  model::Status find_new(const store::query::Query& query);
  model::Result<std::vector<std::string>> touched(const store::query::Query& query);

  store::Store& store_;
  const Came& came_;
  KeptTimelines& now_;
  KeptTimelines& before_;
  std::set<std::string> new_;  // entries that came and that the query finds
};

// What came to be known to the public in a window.
class NewsWithin final : public News {
 public:
  NewsWithin(store::Store& store, const model::Interval& window);

  model::Result<std::vector<std::string>> incidents(const store::query::Query& query) override;
  model::Result<std::set<std::string>> found(const store::query::Query& query,
                                             const std::string& id) override;
  model::Result<const model::TimelineIncident*> now(const std::string& id) override;
  model::Result<const model::TimelineIncident*> before(const std::string& id) override;
  bool is_new(const model::TimelineEntry& entry) const override;
  model::Result<std::optional<model::Outage>> revised(const model::Outage& outage) override;

 private:
  store::Store& store_;
  model::Interval window_;
  KeptTimelines now_;
  KeptTimelines before_;
};

}  // namespace app::mail
