#include <algorithm>
#include <string>

#include "ingest/freshness.h"
#include "ingest/notes.h"
#include "ingest/websub.h"
#include "store/model/text.h"
#include "tests/fuzz/input.h"

namespace {

const model::Instant kNow = model::parse_iso("2026-01-15T12:00:00Z")->at;

void read_times(const std::string& one, const std::string& other) {
  // One value stands in each of the four places.
  for (auto fresh :
       {ingest::fresh_for(one, other, "", "", kNow), ingest::fresh_for("", "", one, other, kNow)}) {
    fuzz::require(!fresh || fresh->count() >= 0, "nothing is fresh for less than no time");
  }
  auto retry = ingest::retry_at(one, kNow);
  fuzz::require(!retry || *retry >= kNow, "nobody comes back in the past");
}

// A hub's question changes a subscription only where it names what was asked for.
void hear_hub(const std::string& query, const std::string& topic) {
  auto question = ingest::hub_question(query);
  fuzz::require(model::is_utf8(question.reason), "a reason is UTF-8");
  model::Push push;
  push.hub = "https://hub.example/";
  push.topic = topic;
  push.secret = "secret";
  push.asked_at = kNow;
  auto after = ingest::confirmed(push, question, kNow);
  fuzz::require(!after || question.topic == topic, "only the topic that was asked for");
  fuzz::require(!after || !after->until || *after->until > kNow, "a lease ends later");
}

}  // namespace

// What servers and hubs say around a document, one value a line: two header values, a query, a
// topic, a signature; the rest is a body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto rest = fuzz::text_of(data, size);
  auto line = [&rest] {
    auto end = std::min(rest.find('\n'), rest.size());
    std::string out(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return out;
  };
  std::string one = line(), other = line(), query = line(), topic = line(), signature = line();
  read_times(one, other);
  auto target = ingest::link_with_rel({one, other}, "hub");
  bool there = one.find(target) != one.npos || other.find(target) != other.npos;
  fuzz::require(there, "a link is what was sent");
  hear_hub(query, topic);
  if (ingest::is_signed(signature, rest, "secret")) {
    auto more = std::string(rest) + ".";
    fuzz::require(!ingest::is_signed(signature, more, "secret"), "a signature is of one body");
  }
  return 0;
}
