#include "feeds/outages/mrt/record.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace feeds::outages::mrt {
namespace {

constexpr std::size_t kHeader = 12;
constexpr std::size_t kMicroseconds = 4;
constexpr std::size_t kChunk = 1U << 18U;
// A dump covers minutes, or the days since its oldest session; a clock that was set jumps less.
constexpr std::int64_t kNear = 7 * 24 * 3600;
// Collectors of 1999 to 2001 left the view and the sequence out of the length of TABLE_DUMP.
constexpr std::size_t kLeftOut = 4;

// A record of BGP as RFC 6396, RFC 8050 and their forerunners number it.
bool is_bgp(std::uint16_t type, std::uint16_t subtype) {
  switch (type) {
    case kBgp:
      return subtype <= 7 || subtype == 133;
    case kTableDump:
      return subtype >= 1 && subtype <= 4;
    case kTableDumpV2:
      return subtype >= 1 && subtype <= 12;
    case kBgp4mp:
    case kBgp4mpEt:
      return subtype <= 11;
    default:
      return false;
  }
}

// What RFC 6396 gives to other protocols, or takes out of use.
bool is_other(std::uint16_t type) {
  return type <= 11 || type == 32 || type == 33 || type == 48 || type == 49;
}

}  // namespace

bool begins_as_mrt(std::string_view begin) {
  Bytes bytes(reinterpret_cast<const std::uint8_t*>(begin.data()), begin.size());
  if (bytes.left() < kHeader) return false;
  while (bytes.left() >= kHeader) {
    bytes.u32();
    auto type = bytes.u16();
    auto subtype = bytes.u16();
    std::size_t length = bytes.u32();
    if (!is_bgp(type, subtype) || length < kMicroseconds || length > kLargestRecord) return false;
    if (type == kTableDump || length > bytes.left()) return true;  // its length may be 4 short
    bytes.skip(length);
  }
  return true;
}

RecordReader::RecordReader(Pull pull, Notes& notes) : pull_(std::move(pull)), notes_(notes) {}

bool RecordReader::have(std::uint64_t offset, std::size_t count) {
  auto wanted = static_cast<std::size_t>(offset - base_) + count;
  if (wanted <= filled_) return true;
  if (ended_) return false;
  // What stands before both can never be asked for again.
  auto kept = std::min({retry_, next_, offset});
  auto gone = std::min(static_cast<std::size_t>(kept - base_), filled_);
  if (gone > 0) {
    std::memmove(buffer_.data(), buffer_.data() + gone, filled_ - gone);
    filled_ -= gone;
    base_ += gone;
    wanted -= gone;
  }
  while (filled_ < wanted && !ended_) {
    auto room = std::max(wanted, filled_ + kChunk);
    if (buffer_.size() < room) buffer_.resize(room);
    auto asked = buffer_.size() - filled_;
    auto got = pull_(reinterpret_cast<char*>(buffer_.data() + filled_), asked);
    filled_ += got;
    ended_ = got < asked;
  }
  return filled_ >= wanted;
}

bool RecordReader::header_at(std::uint64_t offset, Header& out) {
  if (!have(offset, kHeader)) return false;
  Bytes bytes(at(offset), kHeader);
  out.seconds = bytes.u32();
  out.type = bytes.u16();
  out.subtype = bytes.u16();
  out.length = bytes.u32();
  if (out.length > kLargestRecord) return false;
  if (out.type == kBgp4mpEt && out.length < kMicroseconds) return false;
  return is_bgp(out.type, out.subtype) || is_other(out.type);
}

bool RecordReader::believable(std::uint64_t offset) {
  Header header{};
  if (header_at(offset, header)) return true;
  return ended_ && offset == base_ + filled_;
}

// Two records one behind the other, or the last one.
bool RecordReader::starts_chain(std::uint64_t offset) {
  Header header{};
  if (!header_at(offset, header) || !is_bgp(header.type, header.subtype)) return false;
  if (header.length < kMicroseconds) return false;
  auto apart = static_cast<std::int64_t>(header.seconds) - static_cast<std::int64_t>(seconds_);
  if (any_ && (apart > kNear || apart < -kNear)) return false;
  auto end = offset + kHeader + header.length;
  if (!have(offset, kHeader + header.length)) return false;
  if (believable(end)) return true;
  return header.type == kTableDump && believable(end + kLeftOut);
}

bool RecordReader::resynchronise() {
  auto lost = next_;
  auto from = retry_;
  for (next_ = from; have(next_, kHeader); ++next_) {
    retry_ = next_;
    if (!starts_chain(next_)) continue;
    notes_.add(lost, "holds no record; reading goes on at the next place that does");
    return true;
  }
  auto left = base_ + filled_ - lost;
  notes_.add(
      lost, any_ ? "ends in the middle of a record; " + std::to_string(left) + " bytes are left out"
                 : "is no MRT: no record was found");
  next_ = base_ + filled_;
  retry_ = next_;
  return false;
}

std::size_t RecordReader::length_of(const Header& header) {
  if (header.type != kTableDump) return header.length;
  auto end = next_ + kHeader + header.length;
  if (believable(end) || !believable(end + kLeftOut)) return header.length;
  return header.length + kLeftOut;
}

void RecordReader::deliver(const Header& header, std::size_t length, Record& record) {
  record.offset = next_;
  record.seconds = header.seconds;
  record.type = header.type;
  record.subtype = header.subtype;
  record.body = Bytes(at(next_ + kHeader), length);
  record.micros = header.type == kBgp4mpEt ? record.body.u32() : 0;
  seconds_ = header.seconds;
  any_ = true;
  retry_ = next_ + 1;
  next_ += kHeader + length;
}

bool RecordReader::next(Record& record) {
  for (;;) {
    if (!have(next_, 1)) return false;
    Header header{};
    bool good = header_at(next_, header) && have(next_, kHeader + header.length);
    // A type that nobody has given out yet is passed over where its length leads somewhere.
    if (!good && have(next_, kHeader) && header.length > 0 && header.length <= kLargestRecord) {
      auto end = next_ + kHeader + header.length;
      bool leads = have(next_, kHeader + header.length) && believable(end);
      if (leads && any_) {
        notes_.add(next_, "is of MRT type " + std::to_string(header.type) + ", subtype " +
                              std::to_string(header.subtype) + ", which is not known");
        retry_ = next_ + 1;
        next_ = end;
        continue;
      }
    }
    if (!good) {
      if (!resynchronise()) return false;
      continue;
    }
    deliver(header, length_of(header), record);
    return true;
  }
}

}  // namespace feeds::outages::mrt
