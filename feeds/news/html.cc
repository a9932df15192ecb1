#include "feeds/news/html.h"

#include <algorithm>
#include <array>

#include "feeds/news/entities.h"

namespace feeds::news {
namespace {

// No tag that a newsroom writes comes near; beyond it lie attacks.
constexpr std::size_t kMostAttributes = 128;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
char to_lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); }

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Their content is text up to their own end tag (HTML standard section 13.1.2).
bool is_raw_text_element(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"};
  return contains(kNames, name);
}

}  // namespace

bool HtmlTokenizer::next(HtmlToken& token) {
  token.attributes.clear();
  token.self_closing = token.raw = false;
  if (!raw_until_.empty() && read_raw_text(token)) return true;
  while (pos_ < html_.size()) {
    if (opens_markup()) {
      if (read_markup(token)) return true;
      continue;
    }
    std::size_t begin = pos_;
    do {
      pos_ = std::min(html_.find('<', pos_ + 1), html_.size());
    } while (pos_ < html_.size() && !opens_markup());
    token.kind = HtmlToken::Kind::kText;
    token.text = html_.substr(begin, pos_ - begin);
    return true;
  }
  return false;
}

bool HtmlTokenizer::opens_markup() const {
  if (html_[pos_] != '<' || pos_ + 1 >= html_.size()) return false;
  char c = html_[pos_ + 1];
  return is_letter(c) || c == '/' || c == '!' || c == '?';
}

// At "<". True when it was a tag; false when it was left out. pos_ is behind it.
bool HtmlTokenizer::read_markup(HtmlToken& token) {
  std::string_view rest = html_.substr(pos_);
  if (rest.starts_with("<!--")) {
    skip_comment();
    return false;
  }
  bool end_tag = rest.starts_with("</");
  std::size_t name = end_tag ? 2 : 1;
  if (name >= rest.size() || !is_letter(rest[name])) {
    skip_to(">");
    return false;
  }
  pos_ += name;
  token.kind = end_tag ? HtmlToken::Kind::kEnd : HtmlToken::Kind::kStart;
  token.name.clear();
  while (pos_ < html_.size() && !is_blank(html_[pos_]) && html_[pos_] != '/' &&
         html_[pos_] != '>' && html_[pos_] != '<') {
    token.name += to_lower(html_[pos_++]);
  }
  read_attributes(token);
  if (!end_tag && !token.self_closing && is_raw_text_element(token.name)) raw_until_ = token.name;
  return true;
}

void HtmlTokenizer::read_attributes(HtmlToken& token) {
  while (pos_ < html_.size()) {
    char c = html_[pos_];
    if (c == '>') {
      ++pos_;
      return;
    }
    // A tag that was never closed: the next one begins.
    if (c == '<') return;
    if (is_blank(c) || c == '/') {
      token.self_closing = c == '/' && pos_ + 1 < html_.size() && html_[pos_ + 1] == '>';
      ++pos_;
    } else {
      read_attribute(token);
    }
  }
}

void HtmlTokenizer::read_attribute(HtmlToken& token) {
  std::size_t begin = pos_;
  while (pos_ < html_.size() && !is_blank(html_[pos_]) && html_[pos_] != '>' &&
         html_[pos_] != '<' && (html_[pos_] != '=' || pos_ == begin) && html_[pos_] != '/') {
    ++pos_;
  }
  std::size_t end = pos_;
  std::size_t after = pos_;
  while (after < html_.size() && is_blank(html_[after])) ++after;
  std::string_view value;
  if (after < html_.size() && html_[after] == '=') {
    pos_ = after + 1;
    value = read_value();
  }
  if (attributes_ == Attributes::kSkip || token.attributes.size() >= kMostAttributes) return;
  std::string name(html_.substr(begin, end - begin));
  std::transform(name.begin(), name.end(), name.begin(), to_lower);
  for (const auto& attribute : token.attributes) {
    if (attribute.name == name) return;
  }
  token.attributes.push_back({std::move(name), decode_entities(value)});
}

std::string_view HtmlTokenizer::read_value() {
  while (pos_ < html_.size() && is_blank(html_[pos_])) ++pos_;
  if (pos_ >= html_.size()) return {};
  char quote = html_[pos_];
  std::size_t begin = pos_;
  if (quote == '"' || quote == '\'') {
    ++begin;
    std::size_t end = std::min(html_.find(quote, begin), html_.size());
    pos_ = std::min(end + 1, html_.size());
    return html_.substr(begin, end - begin);
  }
  while (pos_ < html_.size() && !is_blank(html_[pos_]) && html_[pos_] != '>') ++pos_;
  return html_.substr(begin, pos_ - begin);
}

// Text up to the end tag of the element; false when there is none before it.
bool HtmlTokenizer::read_raw_text(HtmlToken& token) {
  std::size_t end = pos_;
  while ((end = html_.find("</", end)) != std::string_view::npos) {
    auto name = html_.substr(end + 2, raw_until_.size());
    std::size_t behind = end + 2 + raw_until_.size();
    bool same = std::equal(name.begin(), name.end(), raw_until_.begin(), raw_until_.end(),
                           [](char a, char b) { return to_lower(a) == b; });
    if (same && (behind >= html_.size() || !is_letter(html_[behind]))) break;
    end += 2;
  }
  end = std::min(end, html_.size());
  token.kind = HtmlToken::Kind::kText;
  token.text = html_.substr(pos_, end - pos_);
  token.raw = raw_until_ != "title" && raw_until_ != "textarea";
  pos_ = end;
  raw_until_.clear();
  return !token.text.empty();
}

void HtmlTokenizer::skip_comment() {
  // "<!-->" and "<!--->" are whole comments.
  std::size_t end = html_.find("-->", pos_ + 2);
  std::size_t odd = html_.substr(0, end).find("--!>", pos_ + 4);
  if (odd != std::string_view::npos) {
    pos_ = odd + 4;
  } else {
    pos_ = end == std::string_view::npos ? html_.size() : end + 3;
  }
}

void HtmlTokenizer::skip_to(std::string_view end) {
  std::size_t found = html_.find(end, pos_);
  pos_ = found == std::string_view::npos ? html_.size() : found + end.size();
}

bool is_void_element(std::string_view name) {
  static constexpr std::array<std::string_view, 20> kNames = {
      "area", "base",  "basefont", "bgsound", "br",   "col",  "command", "embed",  "frame", "hr",
      "img",  "input", "isindex",  "keygen",  "link", "meta", "param",   "source", "track", "wbr"};
  return contains(kNames, name);
}

}  // namespace feeds::news
