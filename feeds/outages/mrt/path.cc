#include "feeds/outages/mrt/path.h"

#include <algorithm>

namespace feeds::outages::mrt {
namespace {

// bgpdump ends a path that grows beyond this with "...".
constexpr std::size_t kLongestPrinted = 7900;

struct Segment {
  std::uint8_t type;
  std::uint8_t count;
  Bytes asns;
};

// False when what comes next is no segment.
bool read_segment(Bytes& path, unsigned octets, Segment& out) {
  out.type = path.u8();
  out.count = path.u8();
  if (path.overran() || out.type < kSet || out.type > kConfedSet) return false;
  if (path.left() < std::size_t{out.count} * octets) return false;
  out.asns = path.take(std::size_t{out.count} * octets);
  return true;
}

bool is_set(std::uint8_t type) { return type == kSet || type == kConfedSet; }
bool is_confederation(std::uint8_t type) { return type == kConfedSequence || type == kConfedSet; }

char opening(std::uint8_t type) { return type == kSet ? '{' : type == kConfedSet ? '[' : '('; }
char closing(std::uint8_t type) { return type == kSet ? '}' : type == kConfedSet ? ']' : ')'; }

// ASes as bgpdump counts them to join AS_PATH and AS4_PATH: a set as one, confederations too. None
// for a path that cannot be read.
unsigned counted(Bytes path, unsigned octets) {
  unsigned out = 0;
  Segment segment{};
  while (path.left() > 0) {
    if (!read_segment(path, octets, segment)) return 0;
    out += is_set(segment.type) ? 1 : segment.count;
  }
  return out;
}

// Puts segments behind each other.
class Printed {
 public:
  explicit Printed(Text& out) : out_(out), begin_(out.size()) {}

  // False when nothing more is to be printed.
  bool add(const Segment& segment, unsigned octets) {
    if (last_ != kSequence) out_.put(closing(last_));
    if (space_) out_.put(' ');
    if (segment.type != kSequence) out_.put(opening(segment.type));
    auto asns = segment.asns;
    for (std::size_t i = 0; i < segment.count; ++i) {
      if (i > 0) out_.put(is_set(segment.type) ? ',' : ' ');
      out_.number(asns.asn(octets));
      if (out_.size() - begin_ <= kLongestPrinted) continue;
      out_.put("...");
      return false;
    }
    space_ = segment.count > 0;
    last_ = segment.type;
    return true;
  }
  void end() {
    if (last_ != kSequence) out_.put(closing(last_));
  }
  void fail() {
    out_.cut(begin_);
    out_.put("! Error !");
  }
  bool add_all(Bytes path, unsigned octets) {
    Segment segment{};
    while (path.left() > 0) {
      if (!read_segment(path, octets, segment)) {
        fail();
        return false;
      }
      if (!add(segment, octets)) return false;
    }
    return true;
  }

 private:
  Text& out_;
  std::size_t begin_;
  bool space_ = false;
  std::uint8_t last_ = kSequence;
};

// RFC 6793 section 4.2.3: as much of the front of AS_PATH as AS4_PATH does not have. Where that is
// more than its first segment, bgpdump repeats the first one instead of going on to the next; so do
// we, since this is only what is printed.
bool add_front(Bytes path, unsigned wanted, Printed& printed) {
  Segment segment{};
  if (wanted == 0 || !read_segment(path, 2, segment)) return true;
  while (wanted > 0) {
    unsigned weight = is_set(segment.type) ? 1 : segment.count;
    if (weight == 0) return true;  // bgpdump would never end
    if (weight > wanted) {
      segment.count = static_cast<std::uint8_t>(wanted);
      weight = wanted;
    }
    wanted -= weight;
    if (!printed.add(segment, 2)) return false;
  }
  return true;
}

// Whether the end of the path is to be read from AS4_PATH.
bool is_joined(const Attributes& attributes, unsigned& front) {
  if (attributes.as_octets == 4 || !attributes.has(kAs4Path) || !attributes.has(kAsPath)) {
    return false;
  }
  auto two = counted(attributes.as_path, 2);
  auto four = counted(attributes.as4_path, 4);
  front = two - std::min(two, four);
  return two >= four;
}

}  // namespace

void print_path(const Attributes& attributes, Text& out) {
  Printed printed(out);
  unsigned front = 0;
  if (!is_joined(attributes, front)) {
    if (printed.add_all(attributes.as_path, attributes.as_octets)) printed.end();
    return;
  }
  if (!add_front(attributes.as_path, front, printed)) return;
  if (printed.add_all(attributes.as4_path, 4)) printed.end();
}

void origins_of(const Attributes& attributes, std::vector<std::uint32_t>& out) {
  out.clear();
  unsigned front = 0;
  bool joined = is_joined(attributes, front) && attributes.as4_path.left() > 0;
  auto path = joined ? attributes.as4_path : attributes.as_path;
  unsigned octets = joined ? 4 : attributes.as_octets;
  Segment segment{};
  while (path.left() > 0) {
    if (!read_segment(path, octets, segment)) return out.clear();
    if (is_confederation(segment.type) || segment.count == 0) continue;
    out.clear();
    auto asns = segment.asns;
    if (!is_set(segment.type)) asns.skip(std::size_t{octets} * (segment.count - 1U));
    while (asns.left() > 0) out.push_back(asns.asn(octets));
  }
}

std::uint16_t length_of(const Attributes& attributes) {
  auto path = attributes.as_path;  // joining does not change how many there are
  Segment segment{};
  unsigned out = 0;
  while (path.left() > 0 && read_segment(path, attributes.as_octets, segment)) {
    if (!is_confederation(segment.type)) out += is_set(segment.type) ? 1 : segment.count;
  }
  return static_cast<std::uint16_t>(std::min(out, 0xFFFFU));
}

}  // namespace feeds::outages::mrt
