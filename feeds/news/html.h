#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace feeds::news {

struct HtmlAttribute {
  std::string name;   // lower case
  std::string value;  // character references decoded
};

// A piece of HTML.
struct HtmlToken {
  enum class Kind : std::uint8_t { kText, kStart, kEnd };
  Kind kind = Kind::kText;
  std::string_view text;  // of kText: as it stands in the source
  bool raw = false;       // of kText: it stands in an element where references mean nothing
  std::string name;       // of tags: lower case
  std::vector<HtmlAttribute> attributes;
  bool self_closing = false;
};

// Cuts HTML into tags and text as HTML standard section 13.2.5 does; comments, declarations and
// processing instructions are left out. One pass, no tree: the work and the memory are linear in
// the text, which a tree builder cannot promise (its rules for misnested formatting elements can
// square the size of a hostile text).
class HtmlTokenizer {
 public:
  enum class Attributes : std::uint8_t { kRead, kSkip };
  explicit HtmlTokenizer(std::string_view html, Attributes attributes = Attributes::kRead)
      : html_(html), attributes_(attributes) {}
  // False at the end. `token` is overwritten.
  bool next(HtmlToken& token);

 private:
  bool opens_markup() const;
  bool read_markup(HtmlToken& token);
  void read_attributes(HtmlToken& token);
  void read_attribute(HtmlToken& token);
  std::string_view read_value();
  bool read_raw_text(HtmlToken& token);
  void skip_comment();
  void skip_to(std::string_view end);

  std::string_view html_;
  Attributes attributes_;
  std::size_t pos_ = 0;
  std::string raw_until_;  // inside an element whose content is no markup: its name
};

// Elements that have no end tag (HTML standard section 13.1.2), and those of older HTML.
bool is_void_element(std::string_view name);

}  // namespace feeds::news
