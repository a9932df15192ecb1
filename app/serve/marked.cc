#include "app/serve/marked.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "feeds/render/told.h"
#include "store/model/text.h"

namespace app::serve {
namespace {

using feeds::render::escaped;

// Piece by piece between the ends of marks.
class Writer {
 public:
  Writer(std::string_view text, std::vector<Marked> marks) : text_(text), marks_(std::move(marks)) {
    std::stable_sort(marks_.begin(), marks_.end(),
                     [](const auto& a, const auto& b) { return a.begin < b.begin; });
    for (const auto& mark : marks_) {
      cuts_.insert(mark.begin);
      cuts_.insert(mark.end);
    }
  }

  std::string write() {
    out_ = "<p dir=\"auto\">";
    std::size_t byte = 0, point = 0, next = 0;
    std::vector<const Marked*> open;
    for (auto cut : cuts_) {
      auto end = byte + model::byte_offset(text_.substr(byte), cut - point);
      piece(text_.substr(byte, end - byte), open);
      byte = end;
      point = cut;
      std::erase_if(open, [&](const Marked* mark) { return mark->end <= cut; });
      for (; next < marks_.size() && marks_[next].begin <= cut; ++next) {
        if (marks_[next].end > cut) open.push_back(&marks_[next]);
      }
    }
    piece(text_.substr(byte), {});
    return out_ + "</p>";
  }

 private:
  void piece(std::string_view text, const std::vector<const Marked*>& open) {
    if (text.empty()) return;
    if (open.empty()) {
      plain(text);
      return;
    }
    std::string style, title, id;
    for (const auto* mark : open) {
      style += (style.empty() ? "" : " ") + mark->style;
      title += (title.empty() ? "" : "; ") + mark->title;
      if (!mark->id.empty() && told_.insert(mark->id).second) id = mark->id;
    }
    out_ += fmt::format("<mark class=\"{}\" title=\"{}\"{}>", style, escaped(title),
                        id.empty() ? "" : fmt::format(" id=\"{}\"", escaped(id)));
    // A paragraph cannot end inside of a mark: its blank line is a blank there.
    out_ += escaped(text);
    out_ += "</mark>";
  }

  void plain(std::string_view text) {
    for (;;) {
      auto end = text.find("\n\n");
      out_ += escaped(text.substr(0, end));
      if (end == text.npos) return;
      out_ += "</p>\n<p dir=\"auto\">";
      text.remove_prefix(end + 2);
    }
  }

  std::string_view text_;
  std::vector<Marked> marks_;
  std::set<std::size_t> cuts_;
  std::set<std::string> told_;
  std::string out_;
};

}  // namespace

std::string marked_html(std::string_view text, std::vector<Marked> marks) {
  std::erase_if(marks, [](const Marked& mark) { return mark.end <= mark.begin; });
  return Writer(text, std::move(marks)).write();
}

std::vector<Marked> marks_of(const model::Extraction& extraction) {
  std::vector<Marked> out;
  for (const auto& claim : extraction.claims) {
    out.push_back({claim.span.begin, claim.span.end, "claim",
                   fmt::format("claim, {}: {} {}", to_string(claim.kind), claim.value, claim.mod),
                   claim.id});
  }
  for (const auto& timex : extraction.times) {
    out.push_back({timex.span.begin,
                   timex.span.end,
                   "time",
                   fmt::format("{} {}", to_string(timex.type), timex.value),
                   {}});
  }
  for (const auto& mention : extraction.mentions) {
    auto where = mention.scope.empty() ? std::string() : ", " + to_string(mention.scope);
    out.push_back({mention.span.begin,
                   mention.span.end,
                   "name",
                   fmt::format("{}: {}{}", to_string(mention.kind), mention.name, where),
                   {}});
  }
  return out;
}

}  // namespace app::serve
