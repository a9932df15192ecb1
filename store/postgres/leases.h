#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "store/model/result.h"
#include "store/postgres/db.h"

namespace store::postgres {

// What the name of every session of a worker begins with (application_name).
inline constexpr std::string_view kWorkerPrefix = "faultline worker ";

// The URL with a name for its sessions, and with limits after which a connection that nothing comes
// through counts as lost (half a minute; TCP alone waits for a quarter of an hour).
std::string worker_url(std::string_view url, std::string_view name);

// One session by which processes that share a database know of one another: each beats every few
// seconds. Who did not for `quiet` is taken for stopped or cut off: the others end its sessions, so
// that it holds neither a lease nor the writers' lock, and what it had not committed is rolled
// back. Leases are advisory locks of this session. They save work twice done; what is right does
// not depend on them, since every write is under the writers' lock. For several threads.
class Leases {
 public:
  // kIo when the server cannot be reached. The URL is one of worker_url().
  static Result<std::unique_ptr<Leases>> open(std::string_view url, std::chrono::seconds quiet);

  // Says that we live; how many sessions of others were ended. After an error all leases are gone.
  // A lease that was not asked for again in its time is given back: whoever had it hangs, though
  // the process lives.
  Result<std::int64_t> beat();
  // Whether the lease is ours; takes it where it is free. To be asked again within `time`.
  Result<bool> take(std::string_view lease, std::chrono::seconds time = std::chrono::minutes(1));

 private:
  Leases(Place place, std::chrono::seconds quiet) : place_(std::move(place)), quiet_(quiet) {}
  Status connect();
  Status give_back_unasked();
  // The first column of the only row.
  Result<std::int64_t> ask(std::string_view sql, const sql::Values& values);

  std::mutex mutex_;
  Place place_;
  std::chrono::seconds quiet_;
  std::unique_ptr<Db> db_;
  // By this session, each with until when it is to be asked for again.
  std::map<std::string, std::chrono::steady_clock::time_point, std::less<>> held_;
};

}  // namespace store::postgres
