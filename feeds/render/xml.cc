#include "feeds/render/xml.h"

namespace feeds::render {

std::string legal_xml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    auto octet = static_cast<unsigned char>(c);
    bool forbidden = octet < 0x20 && c != '\n' && c != '\t' && c != '\r';
    if (forbidden) {
      out += "\xEF\xBF\xBD";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace feeds::render
