#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "correlate/item.h"
#include "store/model/instant.h"

namespace correlate {

// One thing that taking an item did to the stories, which go by their numbers.
struct StoryEvent {
  enum class Kind : std::uint8_t {
    kJoined,  // the item joined the story; a number that was not there before is a new story
    kMoved,   // it left `from` and joined the story
    kMerged,  // all of `from` went into the story; `item` is null
  };
  Kind kind = Kind::kJoined;
  std::uint32_t story = 0;
  std::uint32_t from = 0;
  const Item* item = nullptr;  // lives until it is taken back
  bool copy = false;           // of another of the story: says nothing of its own
};

// What taking one item did, in order.
struct Taken {
  const Item* item = nullptr;
  bool recording = true;  // it may be taken back; else neither it nor one before it will be
  // At times: nothing that was published before will be taken back.
  std::optional<model::Instant> settled{};
  std::vector<StoryEvent> events{};
};

// Whoever follows the stories as they grow, item by item, and goes back with them.
class Follower {
 public:
  virtual ~Follower() = default;
  virtual void take(const Taken& step) = 0;
  virtual void take_back() = 0;   // the last that was taken and not yet taken back
  virtual void begin_anew() = 0;  // all is taken back at once
  virtual void catch_up() {}      // returns when everything that was told is done
};

}  // namespace correlate
