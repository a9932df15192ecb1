#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/parse.h"
#include "store/model/instant.h"
#include "store/model/result.h"

// How measurement APIs are asked. Pure: addresses in and out, nothing is fetched here.
namespace ingest::measure {

enum class Paging { kNone, kPageFromZero, kPageFromOne, kOffset };
// How an API wants the times of a window.
enum class Clock { kNone, kEpoch, kIso, kIsoPlain, kDay };

// One kind of question to one API.
struct Adapter {
  std::string_view name;      // "ioda-events": Poll::adapter
  std::string_view provider;  // "ioda"
  std::string_view data;      // "events": what `sources add ioda --data` takes
  feeds::Kind kind;
  std::string_view path;   // below the base address
  std::string_view fixed;  // part of the query that is always the same
  Paging paging = Paging::kNone;
  std::string_view size_name, page_name;  // "limit", "page"
  int page_size = 0;
  Clock clock = Clock::kNone;
  std::string_view from_name, until_name;
  model::Seconds longest{0};  // of a window; 0: none is asked for
  model::Seconds align{0};  // rounds begin at multiples of it: what is told from there keeps its id
  model::Seconds overlap{0};   // so far back each round begins again, for late corrections
  model::Seconds every{3600};  // between rounds
  bool streamed = false;       // a WebSocket stream: never fetched
};

// A publisher of measurements.
struct Provider {
  std::string_view name;   // "ioda"
  std::string_view title;  // "IODA, Georgia Institute of Technology"
  std::string_view base;   // "https://api.ioda.inetintel.cc.gatech.edu/v2"
  std::string_view terms;  // one sentence
  bool needs_key = false;
};

std::span<const Provider> providers();
std::span<const Adapter> adapters();
const Provider* provider_named(std::string_view name);
const Adapter* adapter_named(std::string_view name);

// What a person wants to know of: at most one of each.
struct Wanted {
  std::string provider;
  std::vector<std::string> data;  // "events", "alerts"; empty: what most want
  std::string country, asn, region, prefix;
  std::string base;  // instead of the provider's own: a mirror
};

// One address to poll, without window and page, for each kind of data.
struct Question {
  const Adapter* adapter = nullptr;
  std::string address;
  std::string title;  // "IODA events of KP"
};

// kInvalid, with a sentence, for what the provider cannot be asked. `region` must be IODA's code.
model::Result<std::vector<Question>> questions(const Wanted& wanted);

// Where IODA is asked for the code of a region by its name.
std::string region_search(const Wanted& wanted);

}  // namespace ingest::measure
