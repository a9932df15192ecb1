#include <algorithm>
#include <cstring>

#include "feeds/outages/mrt/print.h"
#include "feeds/outages/mrt/routes.h"
#include "tests/fuzz/input.h"

// A BGP dump, unpacked: it ends; lines are whole; each record lies behind the one before; a route
// is of a network that can be; what is read in small pieces is what is read in large ones.
namespace {

namespace mrt = feeds::outages::mrt;

mrt::Pull pieces(std::string_view file, std::size_t most) {
  return [file, most](char* to, std::size_t size) mutable {
    auto done = std::size_t{0};
    while (done < size && !file.empty()) {
      auto some = std::min({file.size(), size - done, most});
      std::memcpy(to + done, file.data(), some);
      file.remove_prefix(some);
      done += some;
    }
    return done;
  };
}

std::string printed(std::string_view file, std::size_t most) {
  mrt::Notes notes;
  mrt::RecordReader reader(pieces(file, most), notes);
  mrt::Printer printer(notes);
  mrt::Text text;
  for (mrt::Record record; reader.next(record);) printer.print(record, text);
  for (const auto& warning : notes.warnings()) {
    fuzz::require(!warning.message.empty(), "a warning says something");
  }
  return std::string(text.view());
}

void read_routes(std::string_view file) {
  mrt::Notes notes;
  mrt::RecordReader reader(pieces(file, file.size() + 1), notes);
  mrt::RouteReader routes("", notes);
  for (mrt::Record record; reader.next(record);) {
    fuzz::require(record.offset + record.body.left() <= file.size(), "a record is in the file");
    routes.read(record, [](const model::RouteChange& change) {
      fuzz::require(change.prefix.bits <= (change.prefix.v6 ? 128 : 32), "a prefix fits");
      fuzz::require(model::cleared(change.prefix) == change.prefix, "a prefix is cleared");
    });
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto file = fuzz::text_of(data, size);
  auto text = printed(file, size + 1);
  fuzz::require(text.empty() || text.back() == '\n', "lines are whole");
  fuzz::require(text == printed(file, 3), "pieces do not matter");
  read_routes(file);
  return 0;
}
