#include "correlate/article.h"

#include <algorithm>
#include <iterator>

#include "store/model/text.h"

namespace correlate {

std::string home_country(std::string_view language, std::string_view url) {
  constexpr std::string_view kSold[] = {"ac", "ag", "ai", "am", "as", "cc", "cd", "co", "dj",
                                        "eu", "fm", "gg", "im", "io", "is", "la", "li", "ly",
                                        "me", "mn", "ms", "mu", "nu", "ph", "pw", "sc", "sh",
                                        "so", "st", "su", "tk", "to", "tv", "vc", "vu", "ws"};
  auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  auto upper = [](std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(c & ~0x20);
    return out;
  };
  auto two = [&](std::string_view text) {
    return text.size() == 2 && is_letter(text[0]) && is_letter(text[1]);
  };
  if (auto dash = language.rfind('-'); dash != std::string_view::npos) {
    if (two(language.substr(dash + 1))) return upper(language.substr(dash + 1));
  }
  auto begin = url.find("://");
  if (begin == std::string_view::npos) return "";
  auto host = url.substr(begin + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  host = host.substr(0, host.find(':'));
  auto last = host.substr(host.rfind('.') + 1);
  bool known = two(last) && last.size() < host.size() &&
               std::find(std::begin(kSold), std::end(kSold), model::fold(last)) == std::end(kSold);
  if (!known) return "";
  return upper(last) == "UK" ? "GB" : upper(last);
}

Article article_of(const model::Revision& revision) {
  return {revision.entry_id,
          revision.number,
          revision.text(),
          model::code_points(revision.title),
          model::anchor_of(revision),
          revision.language,
          home_country(revision.language, revision.url)};
}

}  // namespace correlate
