#include "feeds/page/blocks.h"

#include <algorithm>
#include <string_view>

#include "feeds/page/boilerplate.h"
#include "store/model/text.h"

namespace feeds::page {
namespace {

// A block with less text (bytes) is a label, not a paragraph.
constexpr std::size_t kShortestParagraph = 60;
constexpr double kMostLinks = 0.4;
// A block that is one link and little else.
constexpr double kNothingButLink = 0.8;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_space(c); }));
}

// Commas of the scripts that news is written in.
std::size_t commas_of(std::string_view text) {
  auto n = static_cast<std::size_t>(std::count(text.begin(), text.end(), ','));
  for (std::string_view comma : {"，", "、", "،"}) {
    for (auto at = text.find(comma); at != std::string_view::npos; at = text.find(comma, at + 1))
      ++n;
  }
  return n;
}

}  // namespace

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL:
      return true;
    default:
      return false;
  }
}

Blocks::Blocks(const Tree& tree) : tree_(tree), block_(tree.size()), in_link_(tree.size()) {
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const auto& node = tree[i];
    bool own = i == 0 || (!node.is_text() && is_block(node.tag));
    block_[i] = own ? i : block_[node.parent];
    in_link_[i] = i != 0 && (node.tag == GUMBO_TAG_A || (in_link_[node.parent]));
  }
}

void Blocks::count(const std::vector<bool>& out) {
  std::size_t n = tree_.size();
  std::vector<std::size_t> text(n), links(n), commas(n);
  length_.assign(n + 1, 0);
  links_.assign(n + 1, 0);
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t length = 0;
    if (tree_[i].is_text() && !out[i]) {
      length = length_of(tree_[i].text);
      text[block_[i]] += length;
      commas[block_[i]] += commas_of(tree_[i].text);
      if (in_link_[i]) links[block_[i]] += length;
    }
    length_[i + 1] = length_[i] + length;
    links_[i + 1] = links_[i] + (in_link_[i] ? length : 0);
  }
  prose_.assign(n + 1, 0);
  labels_.assign(n + 1, 0);
  points_.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    auto all = static_cast<double>(text[i]);
    bool paragraph =
        text[i] >= kShortestParagraph && static_cast<double>(links[i]) < kMostLinks * all;
    bool label = text[i] > 0 && static_cast<double>(links[i]) >= kNothingButLink * all;
    labels_[i + 1] = labels_[i] + (label ? text[i] : 0);
    prose_[i + 1] = prose_[i] + (paragraph ? text[i] : 0);
    if (!paragraph) continue;
    points_[i] = 1 + static_cast<double>(commas[i]) + std::min(all / 100, 3.0);
  }
}

double Blocks::link_density(std::size_t i) const {
  auto all = length(i);
  return all == 0 ? 0 : static_cast<double>(sum(links_, i)) / static_cast<double>(all);
}

double Blocks::label_density(std::size_t i) const {
  auto all = length(i);
  return all == 0 ? 0 : static_cast<double>(sum(labels_, i)) / static_cast<double>(all);
}

std::string Blocks::render(std::size_t root, const std::vector<bool>& out) const {
  std::string text;
  std::string line;
  std::size_t block = root;
  std::size_t breaks = 0;  // <br> in a row
  auto flush = [&](std::string_view between) {
    auto squeezed = model::squeeze(line);
    line.clear();
    if (squeezed.empty() || is_interjection(squeezed)) return;
    if (!text.empty()) text += between;
    text += squeezed;
  };
  std::string_view between = "\n\n";
  for (std::size_t i = root; i < tree_[root].end; ++i) {
    if (out[i]) {
      i = tree_[i].end - 1;
      continue;
    }
    const auto& node = tree_[i];
    if (block_[i] != block) {
      flush(between);
      bool cell = (node.tag == GUMBO_TAG_TD || node.tag == GUMBO_TAG_TH) &&
                  tree_[block].parent == node.parent && tree_[block].tag != GUMBO_TAG_TABLE &&
                  block != node.parent;
      between = cell ? " " : "\n\n";
      block = block_[i];
    }
    if (node.is_text()) {
      line += node.text;
      if (length_of(node.text) > 0) breaks = 0;
    } else if (node.tag == GUMBO_TAG_BR) {
      flush(between);
      between = ++breaks > 1 ? "\n\n" : "\n";
    }
  }
  flush(between);
  return text;
}

}  // namespace feeds::page
