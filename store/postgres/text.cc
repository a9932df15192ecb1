#include "store/postgres/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <utility>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <fmt/format.h>

namespace store::postgres {
namespace {

using sql::Condition;

constexpr std::string_view kMark = "\xEF\xB7\x90";  // U+FDD0, no character and never one

// Length of the UTF-8 sequence that `text` begins with; 0 when it begins with none.
std::size_t sequence(std::string_view text) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned lead = byte(0);
  std::size_t size = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (lead > 0xF4 || size == 0 || size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  if (size < 3) return size;
  unsigned second = byte(1);
  bool bad = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
             (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
  return bad ? 0 : size;
}

// Bytes that stay as they are at the beginning of `text`; 0 for one that must be escaped.
std::size_t plain(std::string_view text) {
  if (text.front() == '\0') return 0;
  auto size = sequence(text);
  return size == 3 && text.starts_with(kMark) ? 0 : size;
}

// A piece as a tsvector holds it. Longer ones are cut: what tells them apart is asked of the text.
constexpr std::size_t kLongestLexeme = 500;
constexpr std::size_t kLongestVector = 900'000;  // PostgreSQL's own end is at 1 MB

std::string_view lexeme(std::string_view piece) {
  if (piece.size() <= kLongestLexeme) return piece;
  auto size = kLongestLexeme;
  while (size > 0 && (static_cast<unsigned char>(piece[size]) & 0xC0U) == 0x80) --size;
  return piece.substr(0, size);
}

// Before a piece that stands in the title; no piece holds it.
constexpr std::string_view kInTitle = "=";

void add_quoted(std::string_view mark, std::string_view piece, std::string& out) {
  out.append("'").append(mark);
  for (char c : piece) out.append(c == '\'' || c == '\\' ? 2 : 1, c);
  out += '\'';
}

// What is asked of the vector: all pieces, or one that begins so.
std::string tsquery(const rules::Term& term, std::string_view mark) {
  std::string out;
  for (const auto& piece : term.pieces) {
    if (!out.empty()) out += " & ";
    add_quoted(mark, lexeme(piece), out);
  }
  return term.prefix ? out + ":*" : out;
}

// The pieces one after the other, as they stand in the text.
std::string sequence_of(const rules::Term& term) {
  std::string out = " ";
  for (const auto& piece : term.pieces) out.append(piece).append(" ");
  if (term.prefix) out.pop_back();
  return out;
}

// All fields one after the other; no phrase reaches over a line's end.
std::string lines_of(const SearchText& text, std::string Joined::*pieces) {
  std::string out;
  for (const auto& field : text) {
    if (!(field.*pieces).empty()) out.append(" ").append(field.*pieces).append("\n");
  }
  return out;
}

std::string title_of(const SearchText& text, std::string Joined::*pieces) {
  const auto& title = text.front().*pieces;
  return title.empty() ? std::string() : " " + title;
}

void add_hex(char c, std::string& out) {
  out += fmt::format("{:02x}", static_cast<unsigned char>(c));
}

char from_hex(char c) { return static_cast<char>(c <= '9' ? c - '0' : c - 'a' + 10); }

}  // namespace

bool needs_escape(std::string_view text) {
  while (!text.empty()) {
    // Nearly all is ASCII.
    auto end =
        std::find_if(text.begin(), text.end(), [](char c) { return c == '\0' || (c & 0x80) != 0; });
    text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
    if (text.empty()) return false;
    auto size = plain(text);
    if (size == 0) return true;
    text.remove_prefix(size);
  }
  return false;
}

std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto size = plain(text);
    if (size > 0) {
      out.append(text.substr(0, size));
      text.remove_prefix(size);
      continue;
    }
    out.append(kMark);
    add_hex(text.front(), out);
    text.remove_prefix(1);
  }
  return out;
}

std::string unescaped(std::string text) {
  if (text.find(kMark) == std::string::npos) return text;
  std::string out;
  std::string_view rest = text;
  while (!rest.empty()) {
    auto mark = std::min(rest.find(kMark), rest.size());
    out.append(rest.substr(0, mark));
    rest.remove_prefix(mark);
    if (rest.size() < kMark.size() + 2) break;
    auto digits = rest.substr(kMark.size(), 2);
    out += static_cast<char>(from_hex(digits[0]) * 16 + from_hex(digits[1]));
    rest.remove_prefix(kMark.size() + 2);
  }
  return out;
}

std::string array_of(const std::vector<std::string>& texts) {
  std::string out = "{";
  for (const auto& text : texts) {
    out += out.size() > 1 ? ",\"" : "\"";
    for (char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out += '}';
}

std::string array_of(const std::vector<std::int64_t>& numbers) {
  return fmt::format("{{{}}}", fmt::join(numbers, ","));
}

Lexemes lexemes_of(std::string_view title, std::string_view all) {
  Lexemes out;
  for (auto [mark, joined] : {std::pair{kInTitle, title}, std::pair{std::string_view(), all}}) {
    std::unordered_set<std::string_view> seen;
    while (!joined.empty()) {
      auto piece = joined.substr(0, joined.find_first_of(" \n"));
      joined.remove_prefix(std::min(joined.size(), piece.size() + 1));
      piece = lexeme(piece);
      if (piece.empty() || !seen.insert(piece).second) continue;
      out.whole = out.vector.size() + piece.size() <= kLongestVector;
      if (!out.whole) return out;
      if (!out.vector.empty()) out.vector += ' ';
      add_quoted(mark, piece, out.vector);
    }
  }
  return out;
}

namespace {

// The vector says which rows may have the words, and is exact for a single one. In what order they
// stand, the column of text says: positions in a tsvector end at 16,383.
Condition matching(const rules::Term& term, std::string_view mark, std::string_view column) {
  // A lexeme that was cut is at most three bytes short of the longest.
  bool exact = term.pieces.size() == 1 && term.pieces.front().size() < kLongestLexeme - 3;
  Condition out;
  out.sql = fmt::format(
      "e.n IN (SELECT entry FROM entry_texts WHERE ({}_vector @@ CAST(? AS tsquery) {} NOT whole{} "
      "AND strpos({}, ?) > 0{})",
      term.cjk ? "grams" : "words", exact ? "OR (" : "OR", exact ? "" : ")", column,
      exact ? "))" : "");
  out.values.emplace_back(tsquery(term, mark));
  out.values.emplace_back(sequence_of(term));
  return out;
}

}  // namespace

Condition PostgresDialect::has(const rules::Term& term, bool /*few*/) const {
  return matching(term, "", term.cjk ? "grams" : "words");
}

Condition PostgresDialect::has_in_title(const rules::Term& term, bool /*few*/) const {
  return matching(term, kInTitle, term.cjk ? "title_grams" : "title_words");
}

std::optional<sql::Dialect::Walk> PostgresDialect::walk(const std::vector<rules::Term>&) const {
  return std::nullopt;
}

Condition PostgresDialect::among(std::string_view column,
                                 const std::vector<std::string>& texts) const {
  Condition out{fmt::format("{} = ANY (CAST(? AS text[]))", column), {}};
  out.values.emplace_back(array_of(texts));
  return out;
}

Condition PostgresDialect::among(std::string_view column,
                                 const std::vector<std::int64_t>& numbers) const {
  Condition out{fmt::format("{} = ANY (CAST(? AS bigint[]))", column), {}};
  out.values.emplace_back(array_of(numbers));
  return out;
}

// Lists are JSON as we write it: each text in quotes, with nothing between.
Condition PostgresDialect::list_holds(std::string_view column, const std::string& text) const {
  Condition out{fmt::format("strpos({}, ?) > 0", column), {}};
  out.values.emplace_back(boost::json::serialize(boost::json::string(text)));
  return out;
}

std::string PostgresDialect::month(std::string_view column) const {
  return fmt::format(
      "to_char(to_timestamp(least(greatest({}, -62135596800), 253402300799)) AT TIME ZONE 'UTC', "
      "'YYYY-MM')",
      column);
}

std::string_view PostgresDialect::callback_token() const {
  return "left(encode(sha256(decode('callback' || chr(10) || replace(polls.hub_secret, '\\', "
         "'\\\\'), 'escape')), 'hex'), 32)";
}

TextRow row_of(const SearchText& text) {
  TextRow out{title_of(text, &Joined::words),
              title_of(text, &Joined::grams),
              lines_of(text, &Joined::words),
              lines_of(text, &Joined::grams),
              {},
              {}};
  out.of_words = lexemes_of(out.title_words, out.words);
  out.of_grams = lexemes_of(out.title_grams, out.grams);
  return out;
}

Status index(sql::Db& db, std::int64_t entry, bool first, const SearchText& text) {
  constexpr static sql::Column kEntry[] = {{"entry", 0}};
  if (!first) {
    if (auto done = db.erase("entry_texts", kEntry, {entry}); !done) return done;
  }
  auto row = row_of(text);
  if (row.words.empty() && row.grams.empty()) return {};
  return db.insert("entry_texts", {entry, row.title_words, row.title_grams, row.words, row.grams,
                                   row.of_words.vector, row.of_grams.vector,
                                   row.of_words.whole && row.of_grams.whole});
}

}  // namespace store::postgres
