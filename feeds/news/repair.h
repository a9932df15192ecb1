#pragma once

#include <string>
#include <string_view>

namespace feeds::news {

// What is done to XML before it is parsed, in one pass:
// - what stands before the first "<" goes;
// - control characters that XML forbids go (XML 1.0 section 2.2), and so do references to them;
// - C1 control characters, written or referred to, become the windows-1252 characters they were
//   meant to be;
// - HTML's named references and the plain entities of the document's own DTD are replaced, outside
//   of CDATA. The five of XML are left for the parser.
struct Repaired {
  std::string text;
  bool undefined_entity = false;  // a reference that neither XML, HTML nor the DTD knows
  bool control_characters = false;
  bool leading_text = false;  // something but white space stood before the first "<"
};
Repaired repair(std::string text);

}  // namespace feeds::news
