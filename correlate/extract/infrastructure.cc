#include <algorithm>
#include <string>

#include "correlate/extract/networks.h"
#include "correlate/extract/phrases.h"

namespace correlate::extraction {
namespace {

struct Installation {
  model::MentionKind kind = model::MentionKind::kMeasurer;
  std::string_view name;
  std::string_view country;  // of exchanges
  bool doubtful = false;     // an operator's name too
};

const Phrases<Installation>& installations() {
  static const Phrases<Installation> kMade = [] {
    Phrases<Installation> made;
    each_form(measurer_table(), [&](std::string_view head, std::string_view form) {
      bool doubtful = form.starts_with("? ");
      if (doubtful) form.remove_prefix(2);
      made.add(form, {model::MentionKind::kMeasurer, head, {}, doubtful});
    });
    each_form(cable_table(), [&](std::string_view head, std::string_view form) {
      made.add(form, {model::MentionKind::kCable, head, {}, false});
    });
    each_form(exchange_table(), [&](std::string_view head, std::string_view form) {
      made.add(form, {model::MentionKind::kExchange, head.substr(3), head.substr(0, 2), false});
    });
    return made;
  }();
  return kMade;
}

// Whether somebody at [first, last) says or measures something: a word of saying close by, "data
// from", or its head.
bool speaks(const Tokens& tokens, const std::vector<FoundWord>& words, std::size_t first,
            std::size_t last) {
  constexpr std::size_t kReach = 6;
  std::size_t from = first > kReach ? first - kReach : 0;
  auto word =
      std::lower_bound(words.begin(), words.end(), from,
                       [](const FoundWord& found, std::size_t at) { return found.first < at; });
  for (; word != words.end() && word->first < last + kReach; ++word) {
    bool same = tokens[word->first].sentence == tokens[first].sentence;
    if (same && word->word->sense == Sense::kSay) return true;
  }
  static constexpr std::string_view kHeads[] = {"president", "chief",  "ceo",   "head", "data",
                                                "figures",   "charts", "graph", "blog"};
  for (std::size_t i = first > 3 ? first - 3 : 0; i < std::min(tokens.size(), last + 4); ++i) {
    bool same = tokens[i].sentence == tokens[first].sentence;
    if (same &&
        std::find(std::begin(kHeads), std::end(kHeads), tokens.word(i)) != std::end(kHeads)) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<FoundMention> find_infrastructure(const Tokens& tokens,
                                              const std::vector<FoundWord>& words) {
  std::vector<FoundMention> out;
  for (std::size_t i = 0; i < tokens.size();) {
    bool name = tokens[i].kind == TokenKind::kGlyph ||
                (tokens[i].kind == TokenKind::kWord && !tokens[i].plain &&
                 (tokens[i].capital || tokens[i].upper || (tokens.raw(i).front() & 0x80) != 0)) ||
                tokens[i].kind == TokenKind::kNumber;
    auto found = name ? installations().find(tokens, i) : Phrases<Installation>::Found{};
    if (!found) {
      ++i;
      continue;
    }
    std::size_t end = i + found.length;
    const Installation& one = found.meanings->front();
    if (!one.doubtful || speaks(tokens, words, i, end)) {
      FoundMention mention;
      mention.first = i;
      mention.last = end;
      mention.mention.kind = one.kind;
      mention.mention.span = tokens.span(i, end);
      mention.mention.name = one.name;
      mention.mention.scope.country = one.country;
      out.push_back(std::move(mention));
    }
    i = end;
  }
  return out;
}

}  // namespace correlate::extraction
