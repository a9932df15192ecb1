#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "feeds/page/tree.h"

namespace feeds::page {

bool is_block(GumboTag tag);

// The text of a page by blocks: elements that stand in lines of their own, each with the text that
// stands directly in it. All sums over the inside of a node cost O(1).
class Blocks {
 public:
  explicit Blocks(const Tree& tree);

  // Counts what is not left out. To be called before any of the sums, and again when `out` changed.
  void count(const std::vector<bool>& out);

  // Bytes of text in node i without white space; those in links; those in paragraphs.
  std::size_t length(std::size_t i) const { return sum(length_, i); }
  std::size_t prose(std::size_t i) const { return sum(prose_, i); }
  double link_density(std::size_t i) const;
  // Of the text of node i, what stands in blocks that are links and nothing else: headlines of
  // other articles, menus.
  double label_density(std::size_t i) const;
  // What block i itself is worth as a paragraph: 0 for none, then by length and commas.
  double points(std::size_t i) const { return points_[i]; }

  // The text of node i without what is left out.
  std::string render(std::size_t i, const std::vector<bool>& out) const;

 private:
  std::size_t sum(const std::vector<std::size_t>& sums, std::size_t i) const {
    return sums[tree_[i].end] - sums[i];
  }

  const Tree& tree_;
  std::vector<std::size_t> block_;  // of node i: the block that it stands in, or is
  std::vector<bool> in_link_;
  std::vector<std::size_t> length_;  // sums over the nodes before i
  std::vector<std::size_t> links_;
  std::vector<std::size_t> labels_;
  std::vector<std::size_t> prose_;
  std::vector<double> points_;
};

}  // namespace feeds::page
