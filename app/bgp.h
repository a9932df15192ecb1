#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "ingest/visibility/visibility.h"
#include "store/model/outage.h"
#include "store/model/result.h"

namespace app {

// What a user asks of BGP dumps, as it stands on the command line.
struct BgpOptions {
  std::vector<std::string> prefixes;
  std::vector<std::string> ases;  // "131279" or "AS131279"
  std::vector<std::string> countries;
  std::vector<std::string> delegated;  // files
  std::string collector;
  bool every_country = false;
  bool every_as = false;
  bool every_peer = false;
  long step = 300;
  long longest_silence = 1800;
  std::size_t least_peers = 2;
};

void add_bgp_options(CLI::App& options, BgpOptions& given);

// True where a file's first bytes, unpacked, are those of an MRT record.
bool is_mrt(const std::string& path);

// The signals of these dumps, read in this order; tables before the updates that follow them. Kept
// streams of RIS Live and answers of RIPEstat's bgp-updates are read too, by the rule for sources
// without tables.
// Warnings and what was left out go to stderr. kInvalid for options that cannot be, kNotFound and
// kIo for files.
model::Result<std::vector<model::Signal>> visibility_of(const std::vector<std::string>& files,
                                                        const BgpOptions& given);

// {"scope":{…},"source":…,"kind":…,"unit":…,"step":…,"from":…,"values":[…]}: what `faultline
// detect` and `faultline ingest` read.
std::string to_json_line(const model::Signal& signal);

}  // namespace app
