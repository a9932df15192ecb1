#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <unordered_set>

#include "feeds/news/entities.h"
#include "feeds/news/feed.h"
#include "feeds/news/html.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Elements that stand in lines of their own (HTML standard section 15.3, "display: block").
bool is_block(std::string_view name) {
  if (name == "p" || name == "div") return true;
  static const std::unordered_set<std::string_view> kNames = {
      "address", "article", "aside",   "blockquote", "body", "center",   "dd",         "details",
      "dialog",  "dir",     "div",     "dl",         "dt",   "fieldset", "figcaption", "figure",
      "footer",  "form",    "h1",      "h2",         "h3",   "h4",       "h5",         "h6",
      "header",  "hr",      "li",      "main",       "menu", "nav",      "ol",         "p",
      "pre",     "section", "summary", "table",      "tr",   "ul",       "caption",    "legend"};
  return kNames.contains(name);
}

// Elements whose text no reader sees.
bool is_hidden(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {"script",   "style",  "template",
                                                             "applet",   "iframe", "noembed",
                                                             "noframes", "title",  "textarea"};
  return contains(kNames, name);
}

constexpr std::array<bool, 256> blanks() {
  std::array<bool, 256> table{};
  for (char c : {' ', '\t', '\r', '\n', '\f'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr auto kBlank = blanks();
bool is_blank(char c) { return kBlank[static_cast<unsigned char>(c)]; }

// Where the words that begin at `pos` and stand one blank apart end. Looks at eight bytes at a time
// for what may end them: a byte below " ", or two blanks in a row.
std::size_t end_of_words(std::string_view text, std::size_t pos) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U, kHighBits = 0x8080808080808080U;
  constexpr std::uint64_t kSpaces = 0x2020202020202020U;
  auto eight_at = [&](std::size_t at) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, sizeof eight);
    return eight;
  };
  auto spaces_in = [&](std::uint64_t eight) {
    eight ^= kSpaces;
    return (eight - kOnes) & ~eight & kHighBits;
  };
  while (pos < text.size()) {
    while (pos + sizeof(std::uint64_t) < text.size()) {
      auto here = eight_at(pos);
      auto below = (here - kSpaces) & ~here & kHighBits;
      if ((below | (spaces_in(here) & spaces_in(eight_at(pos + 1)))) != 0) break;
      pos += sizeof here;
    }
    auto stop = std::min(pos + sizeof(std::uint64_t), text.size());
    for (; pos < stop; ++pos) {
      if (!is_blank(text[pos])) continue;
      bool goes_on = text[pos] == ' ' && pos + 1 < text.size() && !is_blank(text[pos + 1]);
      if (!goes_on) return pos;
    }
  }
  return pos;
}

// Puts words together: runs of white space are one blank, breaks are kept apart from it.
class Writer {
 public:
  // `most`: bytes of the markup, which are more than those of its text.
  explicit Writer(std::size_t most) { out_.reserve(most); }
  void text(std::string_view words) {
    for (std::size_t pos = 0; pos < words.size();) {
      std::size_t begin = pos;
      while (begin < words.size() && is_blank(words[begin])) ++begin;
      if (begin > pos) blank_ = true;
      if (begin == words.size()) return;
      std::size_t end = end_of_words(words, begin);
      flush();
      out_ += words.substr(begin, end - begin);
      pos = end;
    }
  }
  void blank() { blank_ = true; }
  void line() { breaks_ = std::max(breaks_, 1); }
  void paragraph() { breaks_ = 2; }
  std::string take() { return std::move(out_); }

 private:
  void flush() {
    if (!out_.empty() && breaks_ > 0) {
      out_.append(static_cast<std::size_t>(breaks_), '\n');
    } else if (!out_.empty() && blank_) {
      out_ += ' ';
    }
    breaks_ = 0;
    blank_ = false;
  }

  std::string out_;
  int breaks_ = 0;
  bool blank_ = false;
};

std::string text_of_html(std::string_view html) {
  Writer writer(html.size());
  HtmlTokenizer tokens(html, HtmlTokenizer::Attributes::kSkip);
  HtmlToken token;
  std::string hidden;  // inside an element whose text is not shown: its name
  while (tokens.next(token)) {
    bool tag = token.kind != HtmlToken::Kind::kText;
    if (!hidden.empty()) {
      if (token.kind == HtmlToken::Kind::kEnd && token.name == hidden) hidden.clear();
    } else if (!tag) {
      bool plain = token.text.find('&') == std::string_view::npos;
      plain ? writer.text(token.text) : writer.text(decode_entities(token.text));
    } else if (token.kind == HtmlToken::Kind::kStart && !token.self_closing &&
               is_hidden(token.name)) {
      hidden = token.name;
    } else if (token.name == "br") {
      writer.line();
    } else if (is_block(token.name)) {
      writer.paragraph();
    } else if (token.name == "td" || token.name == "th") {
      writer.blank();
    }
  }
  return writer.take();
}

}  // namespace

std::string plain_text(const Text& text) {
  bool html = text.type == "text/html" || text.type == "application/xhtml+xml";
  return html ? text_of_html(text.value) : std::string(model::trim(text.value));
}

}  // namespace feeds::news
