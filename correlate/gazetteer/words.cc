#include "correlate/gazetteer/words.h"

#include "correlate/extract/tokens.h"
#include "store/model/text.h"

namespace correlate::gazetteer {

std::vector<std::string> words_of(std::string_view name) {
  using extraction::TokenKind;
  extraction::Tokens tokens(name);
  std::vector<std::string> out;
  std::size_t letters = 0;
  std::size_t glyphs = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::kWord) letters += model::code_points(tokens.word(i));
    if (tokens[i].kind == TokenKind::kGlyph) ++glyphs;
    out.emplace_back(tokens.word(i));
  }
  if (letters < 3 && glyphs < 2) out.clear();
  return out;
}

}  // namespace correlate::gazetteer
