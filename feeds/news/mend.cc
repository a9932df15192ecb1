#include "feeds/news/mend.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "feeds/news/mend_words.h"
#include "feeds/news/names.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

constexpr std::size_t kMostWarnings = 20;
constexpr std::string_view kBlanks = " \t\r\n";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

bool is_blank(char c) { return kBlanks.find(c) != kBlanks.npos; }
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_char(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// An element that is open.
struct Open {
  std::string_view tag;  // as written
  std::string name;      // in small letters
};

class Pass {
 public:
  explicit Pass(std::string_view text) : text_(text) {}

  Mended run() {
    out_.text.reserve(text_.size() + 64);
    while (pos_ < text_.size()) {
      auto next = std::min(text_.find('<', pos_), text_.size());
      out_.text.append(text_, pos_, next - pos_);
      pos_ = next;
      if (pos_ < text_.size()) markup();
    }
    if (stack_.size() > (ended_ ? 1U : 0U))
      tell(pos_, "the document ends inside <" + shown(stack_.back().tag) + ">");
    while (!stack_.empty()) pop();
    if (untold_ > 0) {
      out_.warnings.back().message = "and " + std::to_string(untold_ + 1) + " more like these";
    }
    return std::move(out_);
  }

 private:
  static std::string shown(std::string_view name) { return model::truncate(name, 40); }

  void tell(std::size_t at, std::string message) {
    if (out_.warnings.size() == kMostWarnings) {
      ++untold_;
      return;
    }
    // A tag that is cut off is told of after what stands in it.
    auto lines =
        std::count(text_.begin() + static_cast<std::ptrdiff_t>(std::min(counted_, at)),
                   text_.begin() + static_cast<std::ptrdiff_t>(std::max(counted_, at)), '\n');
    line_ += at < counted_ ? -lines : lines;
    counted_ = at;
    out_.warnings.push_back(
        {"line " + std::to_string(line_) + ", byte " + std::to_string(at), std::move(message)});
  }

  std::string_view rest() const { return text_.substr(pos_); }
  bool at(char c) const { return pos_ < text_.size() && text_[pos_] == c; }
  void skip_blanks() { pos_ = std::min(text_.find_first_not_of(kBlanks, pos_), text_.size()); }

  std::string_view read_name() {
    auto begin = pos_;
    if (pos_ < text_.size() && is_name_start(text_[pos_])) {
      while (pos_ < text_.size() && is_name_char(text_[pos_])) ++pos_;
    }
    return text_.substr(begin, pos_ - begin);
  }

  void markup() {
    if (rest().starts_with("<!--")) {
      verbatim("-->", true);
    } else if (rest().starts_with("<![CDATA[")) {
      cdata();
    } else if (rest().starts_with("<?")) {
      verbatim("?>", true);
    } else if (rest().starts_with("<!")) {
      declaration();
    } else if (rest().starts_with("</")) {
      end_tag();
    } else {
      start_tag();
    }
  }

  // "<" here begins no tag.
  void as_text() {
    tell(pos_, "“<” begins no tag and was read as text");
    out_.text += "&lt;";
    ++pos_;
  }

  // Up to the end of a comment and the like.
  void verbatim(std::string_view end, bool keep) {
    // What was once looked for in vain does not come later either.
    auto found = missing_[end] ? text_.npos : text_.find(end, pos_);
    if (found == text_.npos) {
      missing_[end] = true;
      as_text();
      return;
    }
    found += end.size();
    if (keep) out_.text.append(text_, pos_, found - pos_);
    pos_ = found;
  }

  // One without an end goes up to the end tag of its element, or to the end.
  void cdata() {
    auto found = missing_["]]>"] ? text_.npos : text_.find("]]>", pos_);
    if (found != text_.npos) return verbatim("]]>", true);
    missing_["]]>"] = true;
    tell(pos_, "a CDATA section is not closed");
    auto end = text_.npos;
    if (!stack_.empty()) end = text_.find("</" + std::string(stack_.back().tag) + ">", pos_);
    end = std::min(end, text_.size());
    out_.text.append(text_, pos_, end - pos_).append("]]>");
    pos_ = end;
  }

  // A DTD says nothing that is not known already.
  void declaration() {
    bool subset = false;
    if (rest().starts_with("<!DOCTYPE") && stack_.empty() && !std::exchange(doctype_, true)) {
      subset = text_.find('[', pos_) < text_.find('>', pos_);
    }
    verbatim(subset ? "]>" : ">", false);
  }

  void end_tag() {
    auto begin = pos_;
    pos_ += 2;
    skip_blanks();
    auto tag = read_name();
    auto close = text_.find_first_of("<>", pos_);
    if (tag.empty()) {
      pos_ = begin;
      return as_text();
    }
    pos_ = close == text_.npos ? text_.size() : text_[close] == '>' ? close + 1 : close;
    auto name = lower(tag);
    // A head goes on to the end of the document, whatever is said before.
    auto local = local_name(name);
    if (is_in(kHeads, local) && local != "channel" && positions_[name].size() == 1) {
      ended_ = true;
      return;
    }
    auto place = find(name, local);
    if (place == text_.npos) {
      if (!is_in(kVoid, std::string_view(name)))
        tell(begin, "</" + shown(tag) + "> closes nothing and was left out");
      return;
    }
    if (place + 1 < stack_.size()) not_closed(begin, "</" + shown(tag) + ">");
    close_down_to(place);
  }

  void not_closed(std::size_t where, const std::string& by) {
    tell(where, "<" + shown(stack_.back().tag) + "> is closed by " + by);
  }

  // Where on the stack the element is that this end tag closes: within the record, except for those
  // that hold records.
  std::size_t find(const std::string& name, std::string_view local) {
    auto found = positions_.find(name);
    if (found == positions_.end() || found->second.empty()) return text_.npos;
    auto place = found->second.back();
    bool structure = is_in(kHeads, local) || is_in(kRecords, local);
    return structure || bounds_.empty() || place >= bounds_.back() ? place : text_.npos;
  }

  void close_down_to(std::size_t place) {
    while (stack_.size() > place) pop();
  }

  void pop() {
    out_.text.append("</").append(stack_.back().tag).append(">");
    positions_[stack_.back().name].pop_back();
    stack_.pop_back();
    if (!bounds_.empty() && bounds_.back() == stack_.size()) bounds_.pop_back();
  }

  void push(std::string_view tag, std::string name) {
    auto local = local_name(name);
    if (is_in(kHeads, local) || is_in(kRecords, local)) bounds_.push_back(stack_.size());
    positions_[name].push_back(stack_.size());
    stack_.push_back({tag, std::move(name)});
  }

  void start_tag() {
    auto begin = pos_++;
    auto tag = read_name();
    bool sound = !tag.empty() && !tag.ends_with(':') &&
                 (pos_ == text_.size() || is_blank(text_[pos_]) || at('>') || at('<') ||
                  (at('/') && rest().substr(1).starts_with('>')));
    if (!sound) {
      pos_ = begin;
      return as_text();
    }
    std::string attributes;
    bool empty = false;
    if (!read_attributes(attributes, empty)) {
      // Cut off inside a tag.
      tell(begin, "the document ends inside the tag <" + shown(tag) + ">");
      pos_ = text_.size();
      return;
    }
    auto name = lower(tag);
    close_before(begin, name);
    bool inside = !bounds_.empty() && bounds_.back() + 1 < stack_.size();
    bool closed = empty || (inside && is_in(kVoid, std::string_view(name)));
    out_.text.append("<").append(tag).append(attributes).append(closed ? "/>" : ">");
    if (!closed) push(tag, std::move(name));
  }

  // What may not stand around an element that begins here.
  void close_before(std::size_t begin, const std::string& name) {
    if (bounds_.empty()) return;
    auto bound = bounds_.back();
    auto local = known_name(name);
    bool record = is_in(kRecords, local);
    if (record && stack_[bound].name == name) {
      not_closed(begin, "the next <" + shown(name) + ">");
      close_down_to(bound);
      return;
    }
    auto above = bound + 1;
    if (above >= stack_.size() || !(record || is_member(local))) return;
    auto around = known_name(stack_[above].name);
    bool on_top = above + 1 == stack_.size();
    bool ends = record || is_in(kPlain, around) ||
                (is_in(kRich, around) && (on_top || !is_in(kAlsoHtml, local)));
    if (!ends) return;
    not_closed(begin, "<" + shown(name) + ">");
    close_down_to(above);
  }

  // Up to behind the ">"; false when there is none.
  bool read_attributes(std::string& out, bool& empty) {
    for (;;) {
      skip_blanks();
      if (pos_ == text_.size()) return false;
      if (at('<')) {
        tell(pos_, "a tag is not closed");
        return true;
      }
      if (at('>')) {
        ++pos_;
        return true;
      }
      empty = rest().starts_with("/>");
      auto begin = pos_;
      auto name = read_name();
      if (name.empty()) {
        ++pos_;  // a slash, or junk
        continue;
      }
      skip_blanks();
      if (!at('=')) {
        tell(begin, "the attribute “" + shown(name) + "” has no value");
        out.append(" ").append(name).append("=\"\"");
        continue;
      }
      ++pos_;
      skip_blanks();
      out.append(" ").append(name).append("=");
      value(out);
    }
  }

  void value(std::string& out) {
    char quote = at('\'') ? '\'' : '"';
    if (at(quote)) {
      auto begin = pos_ + 1;
      auto& missing = missing_[quote == '"' ? "\"" : "'"];
      auto end = missing ? text_.npos : text_.find(quote, begin);
      missing = end == text_.npos;
      // A quote that is followed by more belongs to another tag, when there is one between.
      bool whole = end != text_.npos;
      if (whole && end + 1 < text_.size() && !is_blank(text_[end + 1]) && text_[end + 1] != '/' &&
          text_[end + 1] != '>' && text_[end + 1] != '<') {
        whole = text_.substr(begin, end - begin).find('<') == text_.npos;
      }
      if (whole) {
        out.append(text_, pos_, end + 1 - pos_);
        pos_ = end + 1;
        return;
      }
      pos_ = begin;
    }
    tell(pos_, "the value of an attribute stands in no quotes");
    auto end = std::min(text_.find_first_of(" \t\r\n<>", pos_), text_.size());
    auto bare = text_.substr(pos_, end - pos_);
    pos_ = end;
    bool slash = bare.ends_with('/') && at('>');
    if (slash) --pos_, bare.remove_suffix(1);
    out += '"';
    for (char c : bare) {
      if (c == '"') {
        out += "&quot;";
      } else {
        out += c;
      }
    }
    out += '"';
  }

  std::string_view text_;
  std::size_t pos_ = 0;
  Mended out_;
  std::size_t untold_ = 0;
  bool doctype_ = false;
  bool ended_ = false;  // the outermost head
  std::ptrdiff_t line_ = 1;
  std::size_t counted_ = 0;  // up to where lines are counted
  std::vector<Open> stack_;
  std::vector<std::size_t> bounds_;  // where heads and records are on the stack
  std::unordered_map<std::string, std::vector<std::size_t>> positions_;  // on the stack, by name
  std::unordered_map<std::string_view, bool> missing_;  // what does not come any more
};

}  // namespace

Mended mend(std::string_view text) { return Pass(text).run(); }

}  // namespace feeds::news
