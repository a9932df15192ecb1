#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "feeds/outages/mrt/message.h"
#include "store/model/route.h"

namespace feeds::outages::mrt {

// Records → changes of routes, of unicast networks of IPv4 and IPv6. Messages that the collector
// sent are left out: they are no view of a peer. An UPDATE with a list that cannot be read whole
// gives nothing at all, since its other networks may be misread too. One reader for one stream.
class RouteReader {
 public:
  using Take = std::function<void(const model::RouteChange&)>;

  // `collector`: the name that each change carries.
  RouteReader(std::string collector, Notes& notes);
  void read(const Record& record, const Take& take);

 private:
  void message(const Record& record, const Take& take);
  void update(const Record& record, const Message& message, const Take& take);
  void state_change(const Record& record, const Take& take);
  void table(const Record& record, const Take& take);
  void peer_table(const Record& record, const Take& take);
  void rib(const Record& record, const Take& take);
  void list(const Message& message, Bytes networks, bool v6, model::RouteKind kind,
            const Take& take);
  void set_path(const Attributes& attributes);

  Notes& notes_;
  model::RouteChange change_;
  PeerTable peers_;
  Update update_;
  TableEntry entry_;
  RibEntry rib_entry_;
  // Of a TABLE_DUMP, which has no list of peers: those that had their kTableBegin.
  std::set<std::pair<model::Address, std::uint32_t>> begun_;
};

}  // namespace feeds::outages::mrt
