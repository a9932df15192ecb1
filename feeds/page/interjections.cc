#include <algorithm>
#include <array>
#include <string>

#include "feeds/page/boilerplate.h"

namespace feeds::page {
namespace {

// How what stands between paragraphs begins, in small letters.
constexpr auto kInterjections = std::to_array<std::string_view>({"advertisement",
                                                                 "read more",
                                                                 "read also",
                                                                 "read next",
                                                                 "also read",
                                                                 "see also",
                                                                 "see more",
                                                                 "don't miss",
                                                                 "don’t miss",
                                                                 "related:",
                                                                 "related articles",
                                                                 "related stories",
                                                                 "related posts",
                                                                 "related topics",
                                                                 "more from",
                                                                 "more on this",
                                                                 "more:",
                                                                 "you may also like",
                                                                 "you might also like",
                                                                 "recommended",
                                                                 "trending",
                                                                 "top stories",
                                                                 "latest stories",
                                                                 "most read",
                                                                 "most popular",
                                                                 "popular now",
                                                                 "click here",
                                                                 "sign up",
                                                                 "subscribe",
                                                                 "share this",
                                                                 "follow us",
                                                                 "follow @",
                                                                 "story continues",
                                                                 "article continues",
                                                                 "continue reading",
                                                                 "scroll down",
                                                                 "watch:",
                                                                 "listen:",
                                                                 "photo:",
                                                                 "image:",
                                                                 "image credit",
                                                                 "photo credit",
                                                                 "download the",
                                                                 "get the app",
                                                                 "join our",
                                                                 "our latest stories",
                                                                 "what to read next",
                                                                 "next article",
                                                                 "previous article",
                                                                 "filed under",
                                                                 "posted in",
                                                                 "tags:",
                                                                 "tagged",
                                                                 "copyright",
                                                                 "©",
                                                                 "all rights reserved",
                                                                 "loading",
                                                                 "leave a comment",
                                                                 "comments"});

}  // namespace

bool is_interjection(std::string_view text) {
  if (text.size() > 160) return false;
  std::string small;
  for (char c : text) small += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  auto begin = small.find_first_not_of(" -–|*[(");
  if (begin == std::string::npos) return true;
  std::string_view rest = std::string_view(small).substr(begin);
  return std::any_of(kInterjections.begin(), kInterjections.end(), [rest](auto start) {
    if (!rest.starts_with(start)) return false;
    // Words that begin many a sentence: only when little follows.
    return rest.size() <= start.size() + 80;
  });
}

}  // namespace feeds::page
