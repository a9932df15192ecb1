#include "store/rules/terms.h"

#include <algorithm>
#include <utility>

#include "store/model/text.h"

namespace store::rules {
namespace {

// A stretch of text in CJK characters or in others.
struct Run {
  std::string text;
  bool cjk = false;
};

std::size_t length_of_character(char lead) {
  auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Asks the one function that knows the scripts: only a CJK character leaves a piece behind.
bool is_cjk(std::string_view character) {
  return character.size() > 1 && !model::cjk_bigrams(character).empty();
}

bool separates(std::string_view character) {
  if (character == "’" || character == "·") return true;
  char c = character.front();
  bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return character.size() == 1 && !alphanumeric;
}

std::vector<Run> runs_of(std::string_view text) {
  std::vector<Run> runs;
  std::string folded = model::fold(text);
  std::string_view rest = folded;
  while (!rest.empty()) {
    auto character = rest.substr(0, length_of_character(rest.front()));
    rest.remove_prefix(character.size());
    bool cjk = is_cjk(character);
    if (runs.empty() || runs.back().cjk != cjk) runs.push_back({"", cjk});
    runs.back().text += separates(character) ? std::string_view(" ") : character;
  }
  return runs;
}

void split_at_blanks(std::string_view text, std::vector<std::string>& out) {
  while (!text.empty()) {
    auto piece = text.substr(0, text.find(' '));
    if (!piece.empty()) out.emplace_back(piece);
    text.remove_prefix(std::min(text.size(), piece.size() + 1));
  }
}

void add_words(const std::string& text, std::vector<std::string>& out) {
  bool ascii = std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
  // What is left of ASCII is letters, digits and blanks, where UAX 29 breaks at blanks only (WB5,
  // WB8 to WB10); this is four times as fast.
  if (ascii) return split_at_blanks(text, out);
  for (const auto& piece : model::words(text)) out.emplace_back(piece.of(text));
}

std::vector<std::string> pairs_of(const std::string& run) {
  std::vector<std::string> out;
  split_at_blanks(model::cjk_bigrams(run), out);
  return out;
}

void add_grams(const std::string& run, std::vector<std::string>& out) {
  auto pairs = pairs_of(run);
  bool pair = model::code_points(run) > 1;
  out.insert(out.end(), pairs.begin(), pairs.end());
  if (pair) out.push_back(run.substr(model::byte_offset(run, model::code_points(run) - 1)));
}

std::vector<Term> terms_of(std::string_view text) {
  std::vector<Term> terms;
  for (const auto& run : runs_of(text)) {
    Term term;
    term.cjk = run.cjk;
    if (run.cjk) {
      term.pieces = pairs_of(run.text);
      term.prefix = model::code_points(run.text) == 1;
    } else {
      add_words(run.text, term.pieces);
    }
    if (!term.pieces.empty()) terms.push_back(std::move(term));
  }
  return terms;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Punctuation beyond ASCII that stands in running text of any language and separates words in
// every one: no-break space, dashes, quotation marks, ellipsis, the apostrophe.
std::size_t common_mark(std::string_view text) {
  if (text.starts_with("\xC2\xA0")) return 2;
  for (std::string_view mark : {"’", "–", "—", "“", "”", "…"}) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

// A stretch without blanks whose letters are all ASCII: cut at everything else. False, and nothing
// done, when it has other letters.
bool add_plain(std::string_view stretch, std::string& out) {
  std::size_t before = out.size();
  for (std::size_t i = 0; i < stretch.size();) {
    char c = stretch[i];
    std::size_t mark = (c & 0x80) != 0 ? common_mark(stretch.substr(i)) : 0;
    if ((c & 0x80) != 0 && mark == 0) {
      out.resize(before);
      return false;
    }
    bool upper = c >= 'A' && c <= 'Z';
    bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) {
      out += upper ? static_cast<char>(c + 32) : c;
    } else if (out.size() > before && out.back() != ' ') {
      out += ' ';
    }
    i += std::max<std::size_t>(mark, 1);
  }
  if (out.size() > before && out.back() != ' ') out += ' ';
  return true;
}

void add_pieces(const std::vector<std::string>& pieces, std::string& out) {
  for (const auto& piece : pieces) out.append(piece).append(" ");
}

bool occurs(const Term& term, const Fields& fields) {
  return std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
    const auto& pieces = term.cjk ? field.grams : field.words;
    if (term.prefix) {
      return std::any_of(pieces.begin(), pieces.end(), [&](const std::string& piece) {
        return piece.starts_with(term.pieces.front());
      });
    }
    return std::search(pieces.begin(), pieces.end(), term.pieces.begin(), term.pieces.end()) !=
           pieces.end();
  });
}

bool all_occur(const std::vector<Term>& terms, const Fields& fields) {
  return std::all_of(terms.begin(), terms.end(),
                     [&](const Term& term) { return occurs(term, fields); });
}

}  // namespace

Field cut(std::string_view text) {
  Joined joined = cut_joined(text);
  Field field;
  split_at_blanks(joined.words, field.words);
  split_at_blanks(joined.grams, field.grams);
  return field;
}

// Blanks end words and runs of CJK characters alike, so each stretch between them is cut alone;
// most are ASCII and need no ICU.
Joined cut_joined(std::string_view text) {
  Joined out;
  out.words.reserve(text.size() + 1);
  while (!text.empty()) {
    if (is_blank(text.front())) {
      text.remove_prefix(1);
      continue;
    }
    auto end = std::find_if(text.begin(), text.end(), is_blank);
    auto stretch = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(stretch.size());
    if (add_plain(stretch, out.words)) continue;
    std::vector<std::string> pieces;
    for (const auto& run : runs_of(stretch)) {
      pieces.clear();
      run.cjk ? add_grams(run.text, pieces) : add_words(run.text, pieces);
      add_pieces(pieces, run.cjk ? out.grams : out.words);
    }
  }
  return out;
}

SearchText cut_joined(const model::Revision& revision) {
  std::string tags;
  for (const auto& tag : revision.tags) tags.append(tag).append("\n");
  return {cut_joined(revision.title), cut_joined(revision.body), cut_joined(revision.publisher),
          cut_joined(tags)};
}

Fields cut(const model::Revision& revision) {
  std::string tags;
  for (const auto& tag : revision.tags) tags.append(tag).append("\n");
  return {cut(revision.title), cut(revision.body), cut(revision.publisher), cut(tags)};
}

Result<Terms> compile(const TextQuery& query) {
  if (query.words.size() + query.phrases.size() + query.without.size() > kMaxParts) {
    return model::Error{model::Errc::kInvalid, "The query has more than " +
                                                   std::to_string(kMaxParts) +
                                                   " words and phrases; ask for fewer."};
  }
  Terms terms;
  for (const auto* parts : {&query.words, &query.phrases}) {
    for (const auto& part : *parts) {
      for (auto& term : terms_of(part)) terms.all.push_back(std::move(term));
    }
  }
  for (const auto& part : query.without) {
    auto group = terms_of(part);
    if (!group.empty()) terms.without.push_back(std::move(group));
  }
  return terms;
}

bool matches(const Terms& terms, const Fields& fields) {
  return !terms.all.empty() && all_occur(terms.all, fields) &&
         std::none_of(terms.without.begin(), terms.without.end(),
                      [&](const auto& group) { return all_occur(group, fields); });
}

}  // namespace store::rules
