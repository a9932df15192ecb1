#include "feeds/page/article.h"

#include <algorithm>
#include <vector>

#include "feeds/news/feed.h"
#include "feeds/page/blocks.h"
#include "feeds/page/boilerplate.h"

namespace feeds::page {
namespace {

// A part with these names is not left out when it holds so much of the page's text: then the name
// was given for something else ("page with-sidebar").
constexpr double kTooMuchForAside = 0.4;
constexpr double kTooMuchForComments = 0.8;
// What a paragraph gives its ancestors: all to its parent, half to the next, then ever less.
constexpr int kLevels = 5;
// An ancestor is taken instead when it has so much more of the article.
constexpr double kWorthClimbing = 0.12;
constexpr double kMostlyProse = 0.6;
constexpr int kMostClimbed = 6;
// How many nodes into a frame a quotation begins.
constexpr std::size_t kNearby = 12;
// Less text than this (bytes) is no article.
constexpr std::size_t kShortestArticle = 140;

// Elements whose own text may be many paragraphs, with <br> between them.
bool may_hold_paragraphs(GumboTag tag) {
  return tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_SECTION || tag == GUMBO_TAG_ARTICLE ||
         tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_TD || tag == GUMBO_TAG_CENTER;
}

class Article {
 public:
  explicit Article(const Tree& tree) : tree_(tree), blocks_(tree), out_(tree.size(), false) {}

  std::string text() {
    leave_out_unread();
    leave_out_named();
    score();
    std::size_t root = best();
    root = climb(root);
    clean(root);
    auto text = blocks_.render(root, out_);
    return text.size() < kShortestArticle ? std::string() : text;
  }

 private:
  void leave_out(std::size_t i) {
    std::fill(out_.begin() + static_cast<std::ptrdiff_t>(i),
              out_.begin() + static_cast<std::ptrdiff_t>(tree_[i].end), true);
  }

  // Calls `see` for the elements that are still in; it may leave them out.
  template <typename See>
  void each_element(std::size_t root, See see) {
    for (std::size_t i = root; i < tree_[root].end; ++i) {
      if (out_[i]) {
        i = tree_[i].end - 1;
      } else if (!tree_[i].is_text()) {
        see(i);
      }
    }
  }

  void leave_out_unread() {
    each_element(0, [this](std::size_t i) {
      if (is_unread(tree_[i])) leave_out(i);
    });
    blocks_.count(out_);
  }

  void leave_out_named() {
    double all = static_cast<double>(std::max<std::size_t>(blocks_.prose(0), 1));
    each_element(0, [&](std::size_t i) {
      if (i == 0 || tree_[i].tag == GUMBO_TAG_BODY) return;
      double part = static_cast<double>(blocks_.prose(i)) / all;
      auto hint = hint_of(tree_[i]);
      if (hint == Hint::kAside && is_quote(i)) return;
      if ((hint == Hint::kAside && part < kTooMuchForAside) ||
          (hint == Hint::kComments && part < kTooMuchForComments)) {
        leave_out(i);
      }
    });
    blocks_.count(out_);
  }

  // A post of a social network that the article quotes, with what its frame is called.
  bool is_quote(std::size_t i) const {
    for (std::size_t n = i; n < tree_[i].end && n < i + kNearby; ++n) {
      if (tree_[n].tag == GUMBO_TAG_BLOCKQUOTE) return blocks_.length(n) * 2 > blocks_.length(i);
    }
    return false;
  }

  void score() {
    scores_.assign(tree_.size(), 0);
    each_element(0, [this](std::size_t i) {
      double points = blocks_.points(i);
      if (points <= 0) return;
      double share = 1;
      std::size_t at = i;
      if (may_hold_paragraphs(tree_[i].tag)) scores_[i] += points;
      for (int level = 0; level < kLevels && at != 0; ++level) {
        at = tree_[at].parent;
        scores_[at] += points * share;
        share = level == 0 ? 0.5 : 1.0 / (3 * (level + 1));
      }
    });
  }

  std::size_t best() {
    std::size_t best = 0;
    double most = 0;
    each_element(0, [&](std::size_t i) {
      double weight = hint_of(tree_[i]) == Hint::kArticle ? 1.25 : 1.0;
      double score = scores_[i] * weight * (1 - blocks_.link_density(i));
      if (score > most) {
        most = score;
        best = i;
      }
    });
    return best;
  }

  // From the best node to an ancestor that holds much more of the article: its text was cut into
  // several parts by what stands between them.
  std::size_t climb(std::size_t root) {
    std::size_t at = root;
    for (int level = 0; level < kMostClimbed && at != 0 && !is_whole(at); ++level) {
      at = tree_[at].parent;
      if (tree_[at].tag == GUMBO_TAG_BODY) break;
      auto more = static_cast<double>(blocks_.length(at) - blocks_.length(root));
      auto prose = static_cast<double>(blocks_.prose(at) - blocks_.prose(root));
      bool worth = prose > kWorthClimbing * static_cast<double>(blocks_.prose(root));
      if (worth && prose > kMostlyProse * more) root = at;
    }
    return root;
  }

  bool is_whole(std::size_t i) const {
    return tree_[i].tag == GUMBO_TAG_ARTICLE || tree_[i].tag == GUMBO_TAG_MAIN ||
           tree_[i].attribute("itemprop") == "articleBody";
  }

  void clean(std::size_t root) {
    each_element(root, [&](std::size_t i) {
      if (i != root && is_beside(i, root)) leave_out(i);
    });
  }

  bool is_beside(std::size_t i, std::size_t root) {
    const auto& node = tree_[i];
    switch (node.tag) {
      case GUMBO_TAG_H1:
        return true;
      case GUMBO_TAG_FORM:
      case GUMBO_TAG_HEADER:
        return blocks_.prose(i) * 4 < blocks_.prose(root);
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
      case GUMBO_TAG_DL:
      case GUMBO_TAG_TABLE:
      case GUMBO_TAG_DIV:
      case GUMBO_TAG_SECTION:
        return is_list_of_links(i);
      case GUMBO_TAG_P:
        return blocks_.label_density(i) > 0.5;
      default:
        return false;
    }
  }

  bool is_list_of_links(std::size_t i) {
    double labels = blocks_.label_density(i);
    if (labels > 0.5 || blocks_.link_density(i) > 0.7) return true;
    return labels > 0.2 && blocks_.prose(i) * 2 < blocks_.length(i);
  }

  const Tree& tree_;
  Blocks blocks_;
  std::vector<bool> out_;
  std::vector<double> scores_;
};

}  // namespace

std::string article_text(const Tree& tree, std::string_view stated) {
  auto text = Article(tree).text();
  bool much_more = stated.size() >= kShortestArticle && text.size() * 2 < stated.size();
  if (!much_more) return text;
  // Some sites write markup into it.
  news::Text markup;
  markup.value = stated;
  markup.type = "text/html";
  return news::plain_text(markup);
}

}  // namespace feeds::page
