#include "feeds/page/tame.h"

#include <algorithm>
#include <array>
#include <vector>

#include "feeds/news/html.h"

namespace feeds::page {
namespace {

using news::HtmlToken;

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The active formatting elements of HTML standard section 13.2.4.3, without "a": of that one the
// standard keeps but one open.
bool is_formatting(std::string_view name) {
  static constexpr std::array<std::string_view, 13> kNames = {
      "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"};
  return contains(kNames, name);
}

bool is_unseen(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kNames = {"style",    "svg",      "math",
                                                             "template", "noframes", "iframe"};
  return contains(kNames, name);
}

// Their end tags may be missing (HTML standard section 13.1.2.4). None of them nests directly in
// its like, so they add no more than a few levels to those that are counted.
bool closes_itself(std::string_view name) {
  static constexpr std::array<std::string_view, 18> kNames = {
      "p",     "li",   "dt",   "dd",   "tr",      "td", "th",     "thead",    "tbody",
      "tfoot", "html", "head", "body", "caption", "rt", "option", "optgroup", "colgroup"};
  return contains(kNames, name);
}

// An end tag for one of these closes what is open inside it; those of all others stop at one.
bool is_inline(std::string_view name) {
  static constexpr std::array<std::string_view, 22> kNames = {
      "a",     "abbr", "acronym", "bdi", "bdo",  "cite", "data", "del", "dfn", "ins",  "kbd",
      "label", "mark", "q",       "rp",  "ruby", "samp", "span", "sub", "sup", "time", "var"};
  return contains(kNames, name) || name.find('-') != std::string_view::npos;
}

bool is_kept(std::string_view attribute) {
  static constexpr std::array<std::string_view, 24> kNames = {
      "class",    "id",         "href",     "rel",         "type",        "name",
      "property", "content",    "itemprop", "itemtype",    "itemscope",   "datetime",
      "lang",     "role",       "hidden",   "style",       "title",       "charset",
      "pubdate",  "http-equiv", "xml:lang", "aria-hidden", "data-testid", "data-component"};
  return contains(kNames, attribute);
}

class Tamer {
 public:
  explicit Tamer(std::string_view html) : tokens_(html) { out_.html.reserve(html.size() / 2); }

  Tame run() {
    HtmlToken token;
    while (tokens_.next(token)) {
      if (token.kind != HtmlToken::Kind::kText && ++tags_ > kMostTags) {
        out_.cut = true;
        break;
      }
      if (!unseen_.empty()) {
        inside_unseen(token);
      } else if (token.kind == HtmlToken::Kind::kText) {
        out_.html += token.text;
      } else if (token.kind == HtmlToken::Kind::kEnd) {
        end(token.name);
      } else {
        start(token);
      }
    }
    return std::move(out_);
  }

 private:
  void inside_unseen(const HtmlToken& token) {
    if (token.kind == HtmlToken::Kind::kText || token.name != unseen_) return;
    if (token.kind == HtmlToken::Kind::kEnd) {
      if (--unseen_depth_ == 0) unseen_.clear();
    } else if (!token.self_closing) {
      ++unseen_depth_;
    }
  }

  void start(const HtmlToken& token) {
    if (is_formatting(token.name)) return;
    bool script = token.name == "script" && !is_json_ld(token);
    if (script || is_unseen(token.name)) {
      if (token.self_closing) return;
      unseen_ = token.name;
      unseen_depth_ = 1;
      return;
    }
    bool counted = !news::is_void_element(token.name) && !closes_itself(token.name);
    if (counted && (beyond_ > 0 || open_.size() >= kDeepest)) {
      out_.flat = true;
      ++beyond_;
      return;
    }
    if (counted) open_.push_back(token.name);
    write(token);
  }

  void end(const std::string& name) {
    if (is_formatting(name) || is_unseen(name)) return;
    bool counted = !news::is_void_element(name) && !closes_itself(name);
    if (counted && beyond_ > 0) {
      --beyond_;
      return;
    }
    if (counted) close(name);
    out_.html += "</";
    out_.html += name;
    out_.html += '>';
  }

  // Takes off what the tree builder will certainly have closed, never more.
  void close(const std::string& name) {
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i] == name) {
        open_.resize(i);
        return;
      }
      bool barrier = open_[i] == "table" || open_[i] == "marquee" || open_[i] == "object" ||
                     open_[i] == "applet" || open_[i] == "button";
      if (barrier || (is_inline(name) && !is_inline(open_[i]))) return;
    }
  }

  static bool is_json_ld(const HtmlToken& token) {
    return std::any_of(token.attributes.begin(), token.attributes.end(), [](const auto& a) {
      return a.name == "type" && a.value.find("ld+json") != std::string::npos;
    });
  }

  void write(const HtmlToken& token) {
    out_.html += '<';
    out_.html += token.name;
    for (const auto& attribute : token.attributes) {
      if (!is_kept(attribute.name)) continue;
      out_.html += ' ';
      out_.html += attribute.name;
      out_.html += "=\"";
      for (char c : attribute.value) {
        if (c == '"') {
          out_.html += "&quot;";
        } else if (c == '&') {
          out_.html += "&amp;";
        } else {
          out_.html += c;
        }
      }
      out_.html += '"';
    }
    out_.html += '>';
  }

  news::HtmlTokenizer tokens_;
  Tame out_;
  std::vector<std::string> open_;  // those that are counted
  std::string unseen_;             // inside an element that is left out: its name
  std::size_t unseen_depth_ = 0;
  std::size_t beyond_ = 0;  // start tags left out because they nest too deep, not yet closed
  std::size_t tags_ = 0;
};

}  // namespace

Tame tame(std::string_view html) { return Tamer(html).run(); }

}  // namespace feeds::page
