#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

namespace feeds::page {

// A node of a page: an element, or a piece of text.
struct Node {
  GumboTag tag = GUMBO_TAG_UNKNOWN;
  std::size_t parent = 0;
  std::size_t end = 0;                      // behind the last node inside it
  const GumboVector* attributes = nullptr;  // of elements
  std::string_view text;                    // of text

  bool is_text() const { return attributes == nullptr; }
  // The value of an attribute; empty when there is none.
  std::string_view attribute(const char* name) const;
  bool has(const char* name) const;
};

// A page as a list of nodes in document order: node i holds the nodes i + 1 … end - 1. Whatever
// walks it is a loop. Node 0 is <html>.
class Tree {
 public:
  // Never fails: HTML has no errors (HTML standard section 13.2). Linear, see tame().
  explicit Tree(std::string_view html);

  const std::vector<Node>& nodes() const { return nodes_; }
  const Node& operator[](std::size_t i) const { return nodes_[i]; }
  std::size_t size() const { return nodes_.size(); }
  bool cut() const { return cut_; }    // more tags than are read
  bool flat() const { return flat_; }  // deeper than is read

  // All the text inside a node, white space squeezed.
  std::string text_of(std::size_t i) const;

 private:
  // Where gumbo's nodes lie. They are let go all at once: gumbo's own way is to recurse.
  class Arena {
   public:
    void* take(std::size_t size);

   private:
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    std::size_t left_ = 0;
    std::byte* next_ = nullptr;
  };

  void flatten(const GumboNode* root);

  std::string html_;
  Arena arena_;
  std::vector<Node> nodes_;
  bool cut_ = false;
  bool flat_ = false;
};

}  // namespace feeds::page
