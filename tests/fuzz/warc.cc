#include "feeds/archive/warc.h"

#include <algorithm>
#include <cstring>

#include "tests/fuzz/input.h"

// A WARC file, packed or not; what is read in small pieces is what is read in large ones.
namespace {

std::size_t read_all(std::string_view file, std::size_t piece) {
  feeds::archive::WarcReader reader(
      [file, piece](char* to, std::size_t size) mutable {
        auto some = std::min({file.size(), size, piece});
        std::memcpy(to, file.data(), some);
        file.remove_prefix(some);
        return some;
      },
      1U << 20U);
  feeds::archive::Capture capture;
  std::size_t sum = 0;
  while (reader.next(capture)) sum = sum * 31 + capture.body.size() + capture.url.size();
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto file = fuzz::text_of(data, size);
  fuzz::require(read_all(file, 1U << 16U) == read_all(file, 7), "pieces do not matter");
  return 0;
}
