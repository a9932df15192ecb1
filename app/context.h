#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/mail/message.h"
#include "feeds/outages/mapping.h"
#include "ingest/fetcher.h"
#include "store/model/instant.h"
#include "store/model/result.h"
#include "store/store.h"

namespace app {

// What all commands share.
struct Context {
  std::string db = "sqlite:faultline.db";
  std::string now_text;  // --now; empty: the machine's clock
  bool json = false;
  std::string contact;                   // in the User-Agent: an address or a page
  std::vector<std::string> allow_hosts;  // may be fetched from although they are not public

  mail::Settings mail;      // how digests go out; the password is never printed, never stored
  std::string radar_token;  // Cloudflare Radar's key; never printed, never stored
  std::map<std::string, feeds::outages::Mapping> mappings;  // [mapping.…] of the configuration
  std::string configuration_error;                          // what of it cannot be; empty: nothing

  // The keys of measurement APIs, by their providers; those that are given.
  std::map<std::string, std::string> keys() const;
  // The mapping of that name. kInvalid, saying which there are, when there is none.
  model::Result<const feeds::outages::Mapping*> mapping(const std::string& name) const;
  // Our clock: --now where given. kInvalid when that is no time.
  model::Result<model::Instant> now() const;
  // How to fetch: User-Agent, allow-list, the environment's proxies. kInvalid for what is none.
  model::Result<ingest::FetcherOptions> network() const;
  // The store that --db names; `read_only` for commands that only look.
  model::Result<std::unique_ptr<store::Store>> open(bool read_only) const;
};

// Says on stderr what went wrong; the exit code that goes with it.
int fail(const model::Error& error);
int bad_usage(std::string_view sentence);
void warn(std::string_view source, const model::Warning& warning);

// A moment as the command line gives it: ISO 8601, UTC where no zone is written. The day
// "2014-12-23" is its first instant.
model::Result<model::Instant> parse_moment(std::string_view option, std::string_view text);

// The whole of a file, or of standard input for "-". Errors: kNotFound, kIo, kInvalid when it is
// larger than `kMostBytes`.
inline constexpr std::size_t kMostBytes = 64UL << 20U;
model::Result<std::string> read_file(const std::string& path);

// Whether messages may use colour and move the cursor.
bool stdout_is_terminal();
bool stderr_is_terminal();
// Columns of the terminal; 100 where there is none.
std::size_t terminal_width();

}  // namespace app
