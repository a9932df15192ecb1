#include "store/query/words.h"

#include "store/model/text.h"

namespace store::query {

std::string folded_words(std::string_view text) {
  auto folded = model::fold(text);
  std::string out;
  for (const auto& piece : model::words(folded)) {
    if (!out.empty()) out += ' ';
    out += piece.of(folded);
  }
  return out;
}

}  // namespace store::query
