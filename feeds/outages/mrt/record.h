#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "feeds/outages/mrt/bytes.h"
#include "feeds/outages/mrt/notes.h"

namespace feeds::outages::mrt {

// RFC 6396 section 4, RFC 8050; 5 and the subtypes of 16 behind 1 are older than them.
enum Type : std::uint16_t {
  kBgp = 5,
  kTableDump = 12,
  kTableDumpV2 = 13,
  kBgp4mp = 16,
  kBgp4mpEt = 17
};

// One record, pointing into the reader's buffer: valid until the next one is read.
struct Record {
  std::uint64_t offset = 0;  // of its header, in decompressed bytes
  std::uint32_t seconds = 0;
  std::uint32_t micros = 0;  // of BGP4MP_ET; as written, so it may be a million and more
  std::uint16_t type = 0;
  std::uint16_t subtype = 0;
  Bytes body;  // without the microseconds
};

// Whether a stream that begins so can be MRT: its first bytes are a header, and so are those behind
// the record, as far as they are given.
bool begins_as_mrt(std::string_view begin);

// Gives up to `size` bytes; fewer only at the end, 0 behind it.
using Pull = std::function<std::size_t(char* to, std::size_t size)>;

// Real tables have records of some 300 KB; what is longer is a length that lies.
inline constexpr std::size_t kLargestRecord = 16U << 20U;

// Cuts a stream into records. A header that cannot be one is not believed: the reader goes back to
// behind the header before it (whose length may have been the lie) and searches for two records
// that follow each other, or one that ends with the stream, dated within a week of the last good
// one. What is passed over is noted with its place.
class RecordReader {
 public:
  RecordReader(Pull pull, Notes& notes);
  bool next(Record& record);

 private:
  struct Header {
    std::uint32_t seconds;
    std::uint16_t type;
    std::uint16_t subtype;
    std::uint32_t length;
  };

  const std::uint8_t* at(std::uint64_t offset) const { return buffer_.data() + (offset - base_); }
  bool have(std::uint64_t offset, std::size_t count);  // reads on until it has, or the stream ends
  bool header_at(std::uint64_t offset, Header& out);
  bool believable(std::uint64_t offset);  // the stream ends here, or a header stands here
  bool starts_chain(std::uint64_t offset);
  bool resynchronise();
  std::size_t length_of(const Header& header);
  void deliver(const Header& header, std::size_t length, Record& record);

  Pull pull_;
  Notes& notes_;
  std::vector<std::uint8_t> buffer_;
  std::uint64_t base_ = 0;   // offset of buffer_[0]
  std::size_t filled_ = 0;   // octets in buffer_
  std::uint64_t next_ = 0;   // where the next header is expected
  std::uint64_t retry_ = 0;  // from where to search if it is not there
  std::uint32_t seconds_ = 0;
  bool any_ = false;  // a good record was read
  bool ended_ = false;
};

}  // namespace feeds::outages::mrt
