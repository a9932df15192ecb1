#include <algorithm>
#include <cctype>
#include <string>

#include "feeds/news/allowed.h"
#include "feeds/news/sanitize.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

// Leaves out every "url(…)".
std::string without_urls(std::string_view style) {
  std::string out;
  std::string small = lower(style);
  std::size_t pos = 0;
  for (std::size_t at; (at = small.find("url", pos)) != std::string::npos;) {
    std::size_t open = small.find_first_not_of(" \t\r\n\f", at + 3);
    if (open == std::string::npos || small[open] != '(') {
      out.append(style, pos, at + 3 - pos);
      pos = at + 3;
      continue;
    }
    out.append(style, pos, at - pos).append(" ");
    pos = std::min(small.find(')', open), small.size() - 1) + 1;
  }
  return out.append(style, pos);
}

// True when the style is made of plain words, numbers, quoted words and lists of numbers only: what
// is more can be read in another way by another browser.
bool is_plain(std::string_view style) {
  for (std::size_t pos = 0; pos < style.size(); ++pos) {
    char c = style[pos];
    if (c == '\'' || c == '"' || c == '(') {
      char close = c == '(' ? ')' : c;
      std::size_t end = style.find(close, pos + 1);
      if (end == std::string_view::npos || end == pos + 1) return false;
      auto inside = style.substr(pos + 1, end - pos - 1);
      bool ok = std::all_of(inside.begin(), inside.end(), [c](char i) {
        return is_blank(i) || (c == '(' ? is_digit(i) || i == ',' : is_word(i));
      });
      if (!ok) return false;
      pos = end;
    } else if (c == '-') {
      bool between =
          pos > 0 && pos + 1 < style.size() && is_word(style[pos - 1]) && is_word(style[pos + 1]);
      if (!between) return false;
    } else if (!is_blank(c) && !is_word(c) &&
               std::string_view(":,;#%.!").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return style.find('_') == std::string_view::npos;
}

// "#c0ffee", "rgb(1,2,3)", "12.5px", "50%", "0".
bool is_measure(std::string_view word) {
  if (word.starts_with('#')) {
    return word.size() > 1 && std::all_of(word.begin() + 1, word.end(), [](char c) {
             return is_digit(c) || (c >= 'a' && c <= 'f');
           });
  }
  if (word.starts_with("rgb(")) {
    return std::all_of(word.begin() + 4, word.end(),
                       [](char c) { return is_digit(c) || c == '%' || c == ',' || c == ')'; });
  }
  std::size_t pos = 0;
  auto digits = [&] {
    for (int i = 0; i < 2 && pos < word.size() && is_digit(word[pos]); ++i) ++pos;
  };
  digits();
  if (pos < word.size() && word[pos] == '.') ++pos;
  digits();
  static constexpr std::string_view kUnits[] = {"",   "cm", "em", "ex", "in", "mm",
                                                "pc", "pt", "px", "%",  ",",  ")"};
  return std::find(std::begin(kUnits), std::end(kUnits), word.substr(pos)) != std::end(kUnits);
}

bool all_words_known(std::string_view value) {
  for (std::size_t pos = 0; pos < value.size();) {
    std::size_t begin = value.find_first_not_of(" \t\r\n\f", pos);
    if (begin == std::string_view::npos) break;
    std::size_t end = std::min(value.find_first_of(" \t\r\n\f", begin), value.size());
    auto word = value.substr(begin, end - begin);
    if (!allowed::css_keyword(word) && !is_measure(word)) return false;
    pos = end;
  }
  return true;
}

bool is_allowed(std::string_view property, std::string_view value, bool svg) {
  std::string name = lower(property);
  if (allowed::css_property(name) || (svg && allowed::svg_css_property(name))) return true;
  std::string_view group = std::string_view(name).substr(0, name.find('-'));
  bool boxed =
      group == "background" || group == "border" || group == "margin" || group == "padding";
  return boxed && all_words_known(value);
}

}  // namespace

std::string sanitize_style(std::string_view text, bool svg) {
  std::string style = without_urls(text);
  if (!is_plain(style)) return "";
  std::string out;
  for (std::size_t pos = 0; pos < style.size();) {
    std::size_t end = std::min(style.find(';', pos), style.size());
    std::string_view declaration = std::string_view(style).substr(pos, end - pos);
    pos = end + 1;
    std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) {
      if (!model::trim(declaration).empty()) return "";
      continue;
    }
    auto property = model::trim(declaration.substr(0, colon));
    auto value = declaration.substr(colon + 1);
    if (property.empty() || value.find(':') != std::string_view::npos) return "";
    value.remove_prefix(std::min(value.find_first_not_of(" \t\r\n\f"), value.size()));
    if (value.empty() || !is_allowed(property, value, svg)) continue;
    if (!out.empty()) out += ' ';
    out.append(property).append(": ").append(value).append(";");
  }
  return out;
}

}  // namespace feeds::news
