#include "correlate/extract/networks.h"

#include <charconv>
#include <string>
#include <unordered_map>

#include "correlate/extract/phrases.h"
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

// The token where the number begins that the words at `at` announce as one of an AS, else `at`.
std::size_t announced_number(const Tokens& tokens, std::size_t at) {
  std::string_view word = tokens.word(at);
  std::size_t number = at;
  if (word == "as" || word == "asn" || word == "asns" || word == "ases") {
    bool marked = tokens[at].upper || word == "asns" || word == "ases";
    number = at + 1;
    if (tokens.word(number) == "number" || tokens.word(number) == "numbers") ++number;
    if (number < tokens.size() && !tokens[number].spaced && tokens.word(number) == "-") ++number;
    bool close = number < tokens.size() && !tokens[number].spaced;
    if (!marked && !close) return at;
  } else if ((word == "autonomous" || word == "autonomes" || word == "autonome") &&
             tokens.word(at + 1).starts_with("system")) {
    number = at + 2;
    if (tokens.word(number) == "number" || tokens.word(number) == "numbers") ++number;
  }
  return number;
}

struct AsNumber {
  std::uint32_t asn = 0;
  std::size_t end = 0;  // behind its last token; 0: there is none
};

// A number as AS numbers are written: plain, or of RFC 5396's "high.low".
AsNumber read_number(const Tokens& tokens, std::size_t at) {
  constexpr std::int64_t kHalf = 65536;
  auto value = [&](std::size_t i) -> std::int64_t {
    return i < tokens.size() && tokens[i].kind == TokenKind::kNumber ? tokens[i].number : -1;
  };
  std::int64_t number = value(at);
  if (number < 0 || number > kLastAsn) return {};
  bool dotted = at + 2 < tokens.size() && tokens.raw(at + 1) == "." && !tokens[at + 1].spaced &&
                !tokens[at + 2].spaced && value(at + 2) >= 0;
  if (dotted && number < kHalf && value(at + 2) < kHalf) {
    return {static_cast<std::uint32_t>(number * kHalf + value(at + 2)), at + 3};
  }
  return number == 0 ? AsNumber{} : AsNumber{static_cast<std::uint32_t>(number), at + 1};
}

// The countries of the AS numbers in the table of operators.
const std::unordered_map<std::uint32_t, std::string>& countries_of_as() {
  static const std::unordered_map<std::uint32_t, std::string> kMade = [] {
    std::unordered_map<std::uint32_t, std::string> made;
    each_form(operator_table(), [&](std::string_view head, std::string_view) {
      std::uint32_t asn = 0;
      std::from_chars(head.data() + 3, head.data() + head.size(), asn);
      if (asn != 0) made.try_emplace(asn, head.substr(0, 2));
    });
    return made;
  }();
  return kMade;
}

struct KnownPrefix {
  std::uint32_t address = 0;
  int length = 0;
  std::string_view country;
};

// "1.2.3.4" or "1.2.3.0/24"; length -1 where it is none of IPv4.
KnownPrefix read_prefix(std::string_view text) {
  KnownPrefix out;
  out.length = 32;
  const char* at = text.data();
  const char* end = at + text.size();
  for (int byte = 0; byte < 4; ++byte) {
    std::uint32_t value = 0;
    auto [next, failure] = std::from_chars(at, end, value);
    if (failure != std::errc() || value > 255) return {0, -1, {}};
    out.address = out.address << 8U | value;
    at = next < end && *next == '.' ? next + 1 : next;
  }
  if (at < end && *at == '/') std::from_chars(at + 1, end, out.length);
  return out;
}

// The country of a known prefix that covers this one.
std::string_view country_of(std::string_view prefix) {
  static const std::vector<KnownPrefix> kKnown = [] {
    std::vector<KnownPrefix> known;
    std::string_view table = prefix_table();
    while (!table.empty()) {
      std::string_view line = table.substr(0, table.find('\n'));
      table.remove_prefix(std::min(table.size(), line.size() + 1));
      std::size_t blank = line.find(' ');
      if (blank == std::string_view::npos) continue;
      known.push_back(read_prefix(line.substr(0, blank)));
      known.back().country = line.substr(blank + 1, 2);
    }
    return known;
  }();
  KnownPrefix one = read_prefix(prefix);
  if (one.length < 0) return {};
  for (const auto& known : kKnown) {
    auto shift = static_cast<unsigned>(32 - known.length);
    if (one.length >= known.length && one.address >> shift == known.address >> shift) {
      return known.country;
    }
  }
  return {};
}

FoundMention as_mention(const Tokens& tokens, std::size_t from, const AsNumber& number) {
  FoundMention found = network(tokens, from, number.end);
  found.mention.scope.asn = number.asn;
  found.mention.name = "AS" + std::to_string(number.asn);
  auto known = countries_of_as().find(number.asn);
  if (known != countries_of_as().end()) found.mention.scope.country = known->second;
  return found;
}

// Adds the AS numbers that begin at `at`. The token behind the last, `at` when there are none.
std::size_t add_as_numbers(const Tokens& tokens, std::size_t at, std::vector<FoundMention>& out) {
  std::size_t start = announced_number(tokens, at);
  if (start == at) return at;
  AsNumber number = read_number(tokens, start);
  if (number.end == 0) return at;
  out.push_back(as_mention(tokens, at, number));
  bool many = tokens.word(at) == "asns" || tokens.word(at) == "ases" ||
              tokens.word(start - 1) == "numbers" || tokens.word(start - 1) == "systems";
  constexpr int kMost = 64;  // of one list
  for (int n = 0; many && n < kMost; ++n) {
    std::size_t next = number.end;
    if (tokens.word(next) == ",") ++next;
    if (tokens.word(next) == "and" || tokens.word(next) == "or") ++next;
    AsNumber another = next > number.end ? read_number(tokens, next) : AsNumber{};
    if (another.end == 0) break;
    number = another;
    out.push_back(as_mention(tokens, next, number));
  }
  return number.end;
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

// The canonical prefix of an address or prefix; an address alone is the longest prefix.
std::string prefix_of(const std::string& text) {
  if (text.find('/') != std::string::npos) return model::canonical_prefix(text);
  return model::canonical_prefix(text + (text.find(':') == std::string::npos ? "/32" : "/128"));
}

// "Version 10.0.19.1".
bool is_version(const Tokens& tokens, std::size_t at) {
  std::string_view before = at > 0 ? tokens.word(at - 1) : std::string_view();
  return before == "version" || before == "v" || before == "release" || before == "build";
}

// Whether an AS number or an address can begin with the token: most words neither begin with "as"
// or "autonom" nor are hexadecimal.
bool may_begin(const Token& token) {
  if (token.kind == TokenKind::kNumber || token.kind == TokenKind::kPunct) return true;
  return token.folded.starts_with('a') ||
         (token.last - token.first <= 4 &&
          token.folded.find_first_not_of("0123456789abcdef") == std::string_view::npos);
}

}  // namespace

std::vector<FoundMention> find_networks(const Tokens& tokens) {
  std::vector<FoundMention> out;
  for (std::size_t i = 0; i < tokens.size();) {
    if (!may_begin(tokens[i])) {
      ++i;
      continue;
    }
    if (std::size_t end = add_as_numbers(tokens, i, out); end > i) {
      i = end;
      continue;
    }
    bool starts = i == 0 || tokens[i].spaced || tokens[i - 1].kind == TokenKind::kPunct;
    bool digit = tokens[i].kind == TokenKind::kNumber || tokens[i].last - tokens[i].first <= 4;
    std::size_t end =
        starts && digit && tokens[i].kind != TokenKind::kGlyph ? address_run(tokens, i) : i;
    std::string prefix = end > i ? prefix_of(tokens.span(i, end).text) : std::string();
    if (!prefix.empty() && is_version(tokens, i)) prefix.clear();
    if (prefix.empty()) {
      ++i;
      continue;
    }
    FoundMention found = network(tokens, i, end);
    found.mention.scope.prefix = prefix;
    found.mention.scope.country = country_of(prefix);
    found.mention.name = prefix;
    out.push_back(std::move(found));
    i = end;
  }
  return out;
}

}  // namespace correlate::extraction
