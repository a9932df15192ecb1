#include <algorithm>
#include <array>
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
      // Words that stand one blank apart are taken together.
      std::size_t end = begin;
      while (end < words.size()) {
        while (end < words.size() && !is_blank(words[end])) ++end;
        bool goes_on = end + 1 < words.size() && words[end] == ' ' && !is_blank(words[end + 1]);
        if (!goes_on) break;
        ++end;
      }
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
