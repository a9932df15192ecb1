#include "correlate/query.h"

#include <charconv>

#include <fmt/format.h>

#include "store/model/text.h"

namespace correlate {
namespace {

using model::Errc;
using model::Error;
using model::Result;
using model::Status;

constexpr std::size_t kMostBytes = 1000;  // longer queries are mistakes or attacks

Error bad(std::size_t at, std::string_view what) {
  return {Errc::kInvalid, fmt::format("query, character {}: {}", at + 1, what)};
}

Status add_field(Query& query, std::string_view name, std::string_view value, std::size_t at) {
  if (name == "country") {
    bool letters = value.size() == 2;
    for (char c : value) letters = letters && ((c | 32) >= 'a' && (c | 32) <= 'z');
    if (!letters) return bad(at, "country: takes a two-letter code, as in country:KP");
    query.country = {static_cast<char>(value[0] & ~32), static_cast<char>(value[1] & ~32)};
    return {};
  }
  if (name == "as") {
    if (value.starts_with("AS") || value.starts_with("as")) value.remove_prefix(2);
    std::uint32_t number = 0;
    auto [rest, failure] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (failure != std::errc() || rest != value.data() + value.size()) {
      return bad(at, "as: takes an AS number, as in as:131279");
    }
    query.asn = number;
    return {};
  }
  return bad(at, fmt::format("no field “{}”; there are country: and as:", name));
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// One word, from `pos` on, which moves behind it.
Status add_word(Query& query, std::string_view text, std::size_t& pos) {
  std::size_t begin = pos;
  bool without = text[pos] == '-';
  if (without) ++pos;
  std::size_t end = pos;
  while (end < text.size() && !is_blank(text[end]) && text[end] != '"') ++end;
  std::string_view word = text.substr(pos, end - pos);
  pos = end;
  auto colon = word.find(':');
  if (!without && colon != std::string_view::npos && colon > 0 && colon + 1 < word.size()) {
    return add_field(query, word.substr(0, colon), word.substr(colon + 1), begin);
  }
  if (model::words(word).empty()) {
    return bad(begin, fmt::format("“{}” is not a word", text.substr(begin, end - begin)));
  }
  (without ? query.text.without : query.text.words).emplace_back(word);
  return {};
}

}  // namespace

Result<Query> parse_query(std::string_view text) {
  if (text.size() > kMostBytes) return bad(kMostBytes, "longer than 1,000 bytes");
  if (!model::is_utf8(text)) return Error{Errc::kInvalid, "the query is not UTF-8 text"};
  Query out;
  for (std::size_t pos = 0; pos < text.size();) {
    if (is_blank(text[pos])) {
      ++pos;
    } else if (text[pos] == '"') {
      auto close = text.find('"', pos + 1);
      if (close == std::string_view::npos) return bad(pos, "this quote is never closed");
      auto phrase = text.substr(pos + 1, close - pos - 1);
      if (model::words(phrase).empty()) return bad(pos, "there is no word between these quotes");
      out.text.phrases.emplace_back(phrase);
      pos = close + 1;
    } else if (auto status = add_word(out, text, pos); !status) {
      return status.error();
    }
  }
  if (out.empty()) {
    return Error{Errc::kInvalid, "the query names nothing to look for; try a word, as in sony"};
  }
  return out;
}

}  // namespace correlate
