#include "feeds/news/sanitize.h"

#include <algorithm>
#include <vector>

#include "feeds/news/allowed.h"
#include "feeds/news/html.h"
#include "feeds/news/urls.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

constexpr std::string_view kSvg = "http://www.w3.org/2000/svg";
constexpr std::string_view kMathml = "http://www.w3.org/1998/Math/MathML";
constexpr std::string_view kXlink = "http://www.w3.org/1999/xlink";

// Their content goes with them.
bool is_dropped_whole(std::string_view name) {
  return name == "script" || name == "style" || name == "applet";
}

void append_value(std::string& out, std::string_view value) {
  for (char c : value) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '&':
        out += "&amp;";
        break;
      default:
        out += c;
    }
  }
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  if (text.find(what) == std::string::npos) return;
  std::string out;
  std::size_t pos = 0;
  for (std::size_t at; (at = text.find(what, pos)) != std::string::npos; pos = at + what.size()) {
    out.append(text, pos, at - pos).append(with);
  }
  text = out.append(text, pos);
}

class Sanitizer {
 public:
  Sanitizer(std::string_view base, std::string_view type)
      : base_(base), html_(type == "text/html") {}

  std::string run(std::string_view source) {
    out_.reserve(source.size() + source.size() / 8);
    HtmlTokenizer tokens(source);
    HtmlToken token;
    while (tokens.next(token)) {
      if (token.kind == HtmlToken::Kind::kText) {
        text(token.text);
      } else if (token.kind == HtmlToken::Kind::kStart) {
        start(token);
        // "<b/>" is an empty element in XHTML, and feeds mean it so in HTML too.
        if (token.self_closing && !is_void_element(token.name)) end(token.name);
      } else {
        end(token.name);
      }
    }
    return std::move(out_);
  }

 private:
  void text(std::string_view raw) {
    if (dropping_ > 0) return;
    std::size_t begin = out_.size();
    for (char c : raw) {
      if (c == '<') {
        out_ += "&lt;";
      } else {
        out_ += c;
      }
    }
    if (raw.find("&#3") == std::string_view::npos) return;
    std::string piece = out_.substr(begin);
    replace_all(piece, "&#39;", "'");
    replace_all(piece, "&#34;", "\"");
    out_.replace(begin, std::string::npos, piece);
  }

  bool has(const HtmlToken& token, std::string_view name, std::string_view value) const {
    return std::any_of(token.attributes.begin(), token.attributes.end(),
                       [&](const auto& a) { return a.name == name && a.value == value; });
  }

  // Foreign content may be opened by its own root only, in its own namespace.
  void enter_foreign(HtmlToken& token) {
    std::string_view name_space = token.name == "svg" ? kSvg : token.name == "math" ? kMathml : "";
    if (name_space.empty()) return;
    bool named = std::any_of(token.attributes.begin(), token.attributes.end(),
                             [](const auto& a) { return a.name == "xmlns" && !a.value.empty(); });
    if (html_ && !named) token.attributes.push_back({"xmlns", std::string(name_space)});
    if (!has(token, "xmlns", name_space)) return;
    ++(token.name == "svg" ? svg_ : mathml_);
  }

  void start(HtmlToken& token) {
    if (is_dropped_whole(token.name)) ++dropping_;
    if (!allowed::element(token.name) || svg_ > 0) enter_foreign(token);
    bool html_element = allowed::element(token.name);
    bool math = mathml_ > 0 && allowed::mathml_element(token.name);
    std::string_view svg = svg_ > 0 ? allowed::svg_element(token.name) : "";
    if (!html_element && !math && svg.empty()) return;
    if ((svg_ > 0 || mathml_ > 0) && !has(token, "xmlns:xlink", kXlink) &&
        std::any_of(token.attributes.begin(), token.attributes.end(),
                    [](const auto& a) { return a.name.starts_with("xlink:"); })) {
      token.attributes.push_back({"xmlns:xlink", std::string(kXlink)});
    }
    out_ += '<';
    out_ += svg.empty() ? std::string_view(token.name) : svg;
    for (const auto& a : token.attributes) attribute(a, math, !svg.empty());
    out_ += is_void_element(token.name) ? " />" : ">";
  }

  void attribute(const HtmlAttribute& a, bool math, bool svg) {
    std::string_view name = a.name;
    if (svg) {
      name = allowed::svg_attribute(a.name);
    } else if (math ? !allowed::mathml_attribute(name) : !allowed::attribute(name)) {
      return;
    }
    if (name.empty()) return;
    std::string value = a.value;
    if (name == "style") {
      value = sanitize_style(value, svg_ > 0);
      if (value.empty()) return;
    } else if (allowed::url_attribute(name)) {
      value = resolve_safely(base_, value);
    }
    if (name == "rel" || name == "type") {
      for (char& c : value) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    out_.append(" ").append(name).append("=\"");
    append_value(out_, value);
    out_ += '"';
  }

  void end(std::string_view name) {
    if (is_dropped_whole(name) && dropping_ > 0) --dropping_;
    std::string_view spelt = name;
    if (!allowed::element(name)) {
      std::string_view svg = svg_ > 0 ? allowed::svg_element(name) : "";
      bool math = mathml_ > 0 && allowed::mathml_element(name);
      if (svg.empty() && !math) return;
      if (name == "math" && mathml_ > 0) --mathml_;
      if (name == "svg" && svg_ > 0) --svg_;
      if (!svg.empty()) spelt = svg;
    }
    if (is_void_element(name)) return;
    out_.append("</").append(spelt).append(">");
  }

  std::string_view base_;
  bool html_;
  std::string out_;
  int dropping_ = 0;
  int svg_ = 0;
  int mathml_ = 0;
};

}  // namespace

std::string sanitize(std::string_view html, std::string_view base, std::string_view type) {
  return std::string(model::trim(Sanitizer(base, type).run(html)));
}

bool is_allowed_element(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return allowed::element(lower);
}

}  // namespace feeds::news
