#include "feeds/news/repair.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "feeds/news/entities.h"
#include "feeds/news/names.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

// Entities of a DTD may only stand for a few characters, so that no document can grow by them.
constexpr std::size_t kLongestEntity = 64;
constexpr std::size_t kMostEntities = 256;
// And all together may add this much.
constexpr std::size_t kMostGrowth = 1 << 20;

using Entities = std::unordered_map<std::string, std::string>;

bool is_name_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '-' || c == '.';
}

std::string_view next_word(std::string_view text, std::size_t& pos) {
  pos = std::min(text.find_first_not_of(" \t\r\n", pos), text.size());
  std::size_t begin = pos;
  while (pos < text.size() && is_name_char(text[pos])) ++pos;
  return text.substr(begin, pos - begin);
}

// `<!ENTITY name "value">` of the internal subset, where the value has no references but numeric
// ones and no markup.
Entities declared_entities(std::string_view text) {
  Entities entities;
  // The root element ends the prologue.
  std::size_t root = 0;
  while ((root = text.find('<', root)) != std::string_view::npos && root + 1 < text.size() &&
         (text[root + 1] == '!' || text[root + 1] == '?')) {
    ++root;
  }
  std::string_view prologue = text.substr(0, root);
  std::size_t pos = prologue.find("<!DOCTYPE");
  if (pos == std::string_view::npos) return entities;
  while (entities.size() < kMostEntities &&
         (pos = prologue.find("<!ENTITY", pos)) != std::string_view::npos) {
    pos += 8;
    std::string name(next_word(prologue, pos));
    std::size_t open = prologue.find_first_not_of(" \t\r\n", pos);
    if (name.empty() || open == std::string_view::npos) continue;
    char quote = prologue[open];
    std::size_t close = prologue.find(quote, open + 1);
    if ((quote != '"' && quote != '\'') || close == std::string_view::npos) continue;
    auto value = prologue.substr(open + 1, close - open - 1);
    bool plain = value.size() <= kLongestEntity && value.find('<') == std::string_view::npos &&
                 (value.find('&') == std::string_view::npos || value.starts_with("&#"));
    if (plain) entities.emplace(std::move(name), decode_entities(value));
    pos = close;
  }
  return entities;
}

// Characters that need a look: "&", "<", control characters, and 0xC2, which begins C1 controls.
constexpr std::array<bool, 256> make_table() {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = c != '\t' && c != '\n' && c != '\r';
  table['&'] = table['<'] = table[0xC2] = true;
  return table;
}
constexpr auto kInteresting = make_table();

// One that XML forbids.
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && kInteresting[static_cast<unsigned char>(c)];
}

bool is_special(char32_t c) { return c == '<' || c == '>' || c == '&' || c == '"' || c == '\''; }

class Pass {
 public:
  Pass(std::string_view text, Entities entities) : text_(text), entities_(std::move(entities)) {
    out_.text.reserve(text.size() + 64);
  }

  Repaired run() {
    while (pos_ < text_.size()) {
      std::size_t begin = pos_;
      while (pos_ < text_.size() && !kInteresting[static_cast<unsigned char>(text_[pos_])]) ++pos_;
      out_.text.append(text_, begin, pos_ - begin);
      if (pos_ < text_.size()) step(text_[pos_]);
    }
    return std::move(out_);
  }

 private:
  void step(char c) {
    if (c == '&' && !in_cdata()) {
      reference();
    } else if (c == '<') {
      markup();
    } else if (c == '\xC2') {
      c1_control();
    } else if (c == '&') {
      out_.text += text_[pos_++];
    } else {
      out_.control_characters = true;
      ++pos_;
    }
  }

  bool in_cdata() const { return pos_ < cdata_end_; }

  void markup() {
    if (!in_cdata() && text_.substr(pos_).starts_with("<![CDATA[")) {
      cdata_end_ = std::min(text_.find("]]>", pos_), text_.size());
    }
    out_.text += text_[pos_++];
  }

  void c1_control() {
    auto next = pos_ + 1 < text_.size() ? static_cast<unsigned char>(text_[pos_ + 1]) : 0U;
    if (next < 0x80 || next > 0x9F) {
      out_.text += text_[pos_++];
      return;
    }
    append_utf8(out_.text, from_windows_1252(next));
    pos_ += 2;
  }

  void reference() {
    std::size_t end = pos_ + 1;
    while (end < text_.size() && end - pos_ < kLongestEntity &&
           (is_name_char(text_[end]) || text_[end] == '#')) {
      ++end;
    }
    bool closed = end < text_.size() && text_[end] == ';' && end > pos_ + 1;
    if (!closed) {
      // A bare "&": text, which the parser would not mind, but which may be taken for a name.
      out_.text += "&amp;";
      ++pos_;
      return;
    }
    auto name = text_.substr(pos_ + 1, end - pos_ - 1);
    replace(name, text_.substr(pos_, end + 1 - pos_));
    pos_ = end + 1;
  }

  void replace(std::string_view name, std::string_view whole) {
    if (name == "lt" || name == "gt" || name == "amp" || name == "quot" || name == "apos") {
      out_.text += whole;
      return;
    }
    std::string value;
    if (name[0] == '#') {
      value = decode_entities(whole);
      if (value.size() == 1 && is_special(static_cast<unsigned char>(value[0]))) {
        out_.text += whole;
        return;
      }
      if (value.size() == 1 && kInteresting[static_cast<unsigned char>(value[0])]) return;
    } else if (auto found = entities_.find(std::string(name)); found != entities_.end()) {
      if (grown_ + found->second.size() <= kMostGrowth) value = found->second;
      grown_ += found->second.size();
    } else {
      value = named_entity(name);
    }
    if (value.empty()) {
      out_.undefined_entity = true;
      out_.text.append("&amp;").append(whole.substr(1));
      return;
    }
    for (char c : value) {
      if (is_special(static_cast<unsigned char>(c))) {
        out_.text.append("&#").append(std::to_string(static_cast<unsigned char>(c))).append(";");
      } else if (!is_control(c)) {
        out_.text += c;  // "&#5uml;" begins with a character that XML forbids
      }
    }
  }

  std::string_view text_;
  Entities entities_;
  std::size_t pos_ = 0;
  std::size_t cdata_end_ = 0;
  std::size_t grown_ = 0;
  Repaired out_;
};

// Whether a control character that XML forbids is among these bytes; eight at a time.
bool has_controls(std::string_view text) {
  constexpr std::uint64_t kSpaces = 0x2020202020202020U;
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    // A byte below 0x20 borrows into its high bit, which then it has not itself.
    if (((eight - kSpaces) & ~eight & kHighBits) == 0) continue;
    auto some = text.substr(at, sizeof eight);
    if (std::any_of(some.begin(), some.end(), is_control)) return true;
  }
  return std::any_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_control);
}

// A reference that the parser reads as it should: one of XML's five, or the number of a character
// beyond Latin-1.
bool is_sound_reference(std::string_view text) {
  char second = text.size() > 2 ? text[1] : ' ';
  if (second == 'l' || second == 'g') return text[2] == 't' && text.substr(3).starts_with(';');
  if (second == 'a') return text.starts_with("&amp;") || text.starts_with("&apos;");
  if (second == 'q') return text.starts_with("&quot;");
  if (second != '#') return false;
  std::uint32_t value = 0;
  std::size_t end = 2;
  for (; end < text.size() && end < 8 && text[end] >= '0' && text[end] <= '9'; ++end) {
    value = value * 10 + static_cast<std::uint32_t>(text[end] - '0');
  }
  return end > 4 && value > 0xFF && value < 0xD800 && end < text.size() && text[end] == ';';
}

// Whether a Pass would change nothing that the parser would not read the same: most feeds are
// sound, and looking costs a tenth of copying.
bool is_sound(std::string_view text) {
  for (auto at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    if (!is_sound_reference(text.substr(at, 16))) return false;
  }
  for (auto at = text.find('\xC2'); at != std::string_view::npos; at = text.find('\xC2', at + 1)) {
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) return false;
  }
  return !has_controls(text);
}

// The name of the element that begins at this "<", without prefix, in small letters.
std::string element_at(std::string_view text, std::size_t at) {
  auto end = at + 1;
  while (end < text.size() && (is_name_char(text[end]) || text[end] == ':')) ++end;
  std::string name(local_name(text.substr(at + 1, end - at - 1)));
  for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return name;
}

// Where the document begins: at its first tag, unless that is none that a document begins with and
// a declaration or a root of ours comes later, behind what a server printed before it.
std::size_t start_of(std::string_view text) {
  constexpr std::size_t kReach = 64 * 1024;
  constexpr std::array<std::string_view, 7> kRoots{"rss",    "feed",         "rdf",    "opml",
                                                   "urlset", "sitemapindex", "channel"};
  auto first = std::min(text.find('<'), text.size());
  // What is no element comes before any root.
  if (first + 1 >= text.size() || text[first + 1] == '?' || text[first + 1] == '!') return first;
  if (element_at(text, first) == "entry") return first;
  auto head = text.substr(0, kReach);
  for (auto at = first; at < head.size(); at = head.find('<', at + 1)) {
    if (head.substr(at).starts_with("<?xml ")) return at;
    auto name = element_at(head, at);
    if (std::find(kRoots.begin(), kRoots.end(), name) != kRoots.end()) return at;
  }
  return first;
}

}  // namespace

Repaired repair(std::string text) {
  std::size_t first = start_of(text);
  if (first == 0 && is_sound(text)) {
    Repaired sound;
    sound.text = std::move(text);
    return sound;
  }
  bool leading = !model::trim(std::string_view(text).substr(0, first)).empty();
  std::string_view body = std::string_view(text).substr(first);
  Repaired out = Pass(body, declared_entities(body)).run();
  out.leading_text = leading;
  return out;
}

}  // namespace feeds::news
