#include <string>

#include "correlate/extract/places.h"
#include "store/model/scope.h"

namespace correlate::extraction {
namespace {

constexpr std::int64_t kLastAsn = 4294967294;  // RFC 7300

FoundMention network(const Tokens& tokens, std::size_t first, std::size_t last) {
  FoundMention found;
  found.first = first;
  found.last = last;
  found.mention.kind = model::MentionKind::kNetwork;
  found.mention.span = tokens.span(first, last);
  return found;
}

// "AS131279", "AS 131279", "ASN 4837", "autonomous system 4837": the token behind it, else `at`.
std::size_t as_number(const Tokens& tokens, std::size_t at) {
  std::string_view word = tokens.word(at);
  std::size_t number = at;
  if (word == "as" || word == "asn") {
    bool marked = tokens[at].upper;
    number = at + 1;
    if (number < tokens.size() && !tokens[number].spaced && tokens.word(number) == "-") ++number;
    bool close = number < tokens.size() && !tokens[number].spaced;
    if (!marked && !close) return at;
  } else if (word == "autonomous" && tokens.word(at + 1) == "system") {
    number = at + 2;
    if (tokens.word(number) == "number") ++number;
  } else {
    return at;
  }
  bool fits = number < tokens.size() && tokens[number].kind == TokenKind::kNumber &&
              tokens[number].number > 0 && tokens[number].number <= kLastAsn;
  return fits ? number + 1 : at;
}

// The end of the run of address characters that begins at `at`, when it can be an address.
std::size_t address_run(const Tokens& tokens, std::size_t at) {
  constexpr std::size_t kLongest = 24;  // tokens of the longest IPv6 prefix
  int dots = 0;
  int colons = 0;
  std::size_t end = at;
  while (end < tokens.size() && end < at + kLongest && (end == at || !tokens[end].spaced)) {
    std::string_view raw = tokens.raw(end);
    bool hex = raw.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    if (raw == ".") {
      ++dots;
    } else if (raw == ":") {
      ++colons;
    } else if (raw != "/" && !hex) {
      break;
    }
    ++end;
  }
  while (end > at && (tokens.raw(end - 1) == "." || (tokens.raw(end - 1) == ":" && colons < 3) ||
                      tokens.raw(end - 1) == "/")) {
    --end;
    --dots;
  }
  return dots >= 3 || colons >= 2 ? end : at;
}

}  // namespace

std::vector<FoundMention> find_networks(const Tokens& tokens) {
  std::vector<FoundMention> out;
  for (std::size_t i = 0; i < tokens.size();) {
    if (std::size_t end = as_number(tokens, i); end > i) {
      FoundMention found = network(tokens, i, end);
      auto asn = static_cast<std::uint32_t>(tokens[end - 1].number);
      found.mention.scope.asn = asn;
      found.mention.name = "AS" + std::to_string(asn);
      out.push_back(std::move(found));
      i = end;
      continue;
    }
    bool starts = i == 0 || tokens[i].spaced || tokens[i - 1].kind == TokenKind::kPunct;
    bool digit = tokens[i].kind == TokenKind::kNumber || tokens[i].last - tokens[i].first <= 4;
    std::size_t end =
        starts && digit && tokens[i].kind != TokenKind::kGlyph ? address_run(tokens, i) : i;
    std::string prefix =
        end > i ? model::canonical_prefix(tokens.span(i, end).text) : std::string();
    if (prefix.empty()) {
      ++i;
      continue;
    }
    FoundMention found = network(tokens, i, end);
    found.mention.scope.prefix = prefix;
    found.mention.name = prefix;
    out.push_back(std::move(found));
    i = end;
  }
  return out;
}

}  // namespace correlate::extraction
