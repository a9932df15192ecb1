#include <algorithm>

#include "correlate/extract/places.h"

namespace correlate::extraction {

std::vector<FoundMention> find_names(const Tokens& tokens, const std::vector<FoundMention>& taken) {
  std::vector<FoundMention> out;
  auto next_taken = taken.begin();
  for (std::size_t i = 0; i < tokens.size();) {
    while (next_taken != taken.end() && next_taken->last <= i) ++next_taken;
    if (next_taken != taken.end() && next_taken->first <= i) {
      i = next_taken->last;
      continue;
    }
    std::size_t end = i;
    while (end < tokens.size() && end < i + 6 && tokens[end].kind == TokenKind::kWord &&
           tokens[end].capital && tokens[end].sentence == tokens[i].sentence &&
           (end == i || tokens[end].spaced)) {
      ++end;
    }
    bool first = i == 0 || tokens[i - 1].sentence != tokens[i].sentence;
    std::size_t begin = first && end > i + 2 ? i : first ? i + 1 : i;
    bool acronym = end == i + 1 && tokens[i].upper && tokens[i].last - tokens[i].first > 2;
    if ((end > begin + 1 && begin >= i) || acronym) {
      FoundMention mention;
      mention.first = acronym ? i : begin;
      mention.last = end;
      mention.mention.kind = model::MentionKind::kName;
      mention.mention.span = tokens.span(mention.first, end);
      mention.mention.name = mention.mention.span.text;
      out.push_back(std::move(mention));
    }
    i = std::max(end, i + 1);
  }
  return out;
}

}  // namespace correlate::extraction
