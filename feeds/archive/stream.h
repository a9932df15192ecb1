#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace feeds::archive {

// Gives the next bytes of a file: at most `size`, into `to`; how many there were, 0 at the end.
using Source = std::function<std::size_t(char* to, std::size_t size)>;

// A file of any size as a run of bytes, unpacked where it is gzip, of one member or of many (as
// WARC files are, one a record). Holds no more than it was asked for and 128 kB.
class Stream {
 public:
  explicit Stream(Source source);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // The next line without its end ("\n" or "\r\n"), cut to `limit` bytes, all of it consumed.
  // False at the end.
  bool line(std::string& out, std::size_t limit);
  // The next `size` bytes, of which at most `limit` are kept in `out`. False when there are fewer.
  bool bytes(std::string& out, std::size_t size, std::size_t limit);

  bool broken() const { return broken_; }       // the gzip data were damaged; nothing follows
  std::size_t taken() const { return taken_; }  // bytes of the file itself, for progress

 private:
  bool fill();
  bool inflate_some();

  struct Inflater;
  Source source_;
  std::unique_ptr<Inflater> inflater_;  // none: the file is not packed
  std::string buffer_;                  // unpacked, from pos_ on not consumed
  std::size_t pos_ = 0;
  std::size_t taken_ = 0;
  bool started_ = false;
  bool broken_ = false;
};

}  // namespace feeds::archive
