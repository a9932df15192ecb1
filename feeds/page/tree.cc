#include "feeds/page/tree.h"

#include <algorithm>
#include <utility>

#include "feeds/page/tame.h"
#include "store/model/text.h"

namespace feeds::page {
namespace {

constexpr std::size_t kBlock = 256U << 10U;
constexpr std::size_t kAlignment = alignof(std::max_align_t);

const GumboAttribute* find(const GumboVector* attributes, const char* name) {
  return attributes == nullptr ? nullptr : gumbo_get_attribute(attributes, name);
}

}  // namespace

std::string_view Node::attribute(const char* name) const {
  const auto* found = find(attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool Node::has(const char* name) const { return find(attributes, name) != nullptr; }

void* Tree::Arena::take(std::size_t size) {
  size = (size + kAlignment - 1) / kAlignment * kAlignment;
  if (size > left_) {
    left_ = std::max(size, kBlock);
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(left_));
    next_ = blocks_.back().get();
  }
  left_ -= size;
  return std::exchange(next_, next_ + size);
}

Tree::Tree(std::string_view html) {
  auto tamed = tame(html);
  html_ = std::move(tamed.html);
  cut_ = tamed.cut;
  flat_ = tamed.flat;
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  options.userdata = &arena_;
  options.allocator = [](void* arena, std::size_t size) {
    return static_cast<Arena*>(arena)->take(size);
  };
  options.deallocator = [](void*, void*) {};
  const auto* output = gumbo_parse_with_options(&options, html_.data(), html_.size());
  flatten(output->root);
}

void Tree::flatten(const GumboNode* root) {
  struct Step {
    const GumboNode* node;
    std::size_t at;     // in nodes_
    unsigned next = 0;  // child
  };
  std::vector<Step> path;
  auto open = [this, &path](const GumboNode* node, std::size_t parent) {
    nodes_.push_back({node->v.element.tag, parent, 0, &node->v.element.attributes, {}});
    path.push_back({node, nodes_.size() - 1});
  };
  open(root, 0);
  while (!path.empty()) {
    auto& step = path.back();
    const auto& children = step.node->v.element.children;
    if (step.next == children.length) {
      nodes_[step.at].end = nodes_.size();
      path.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children.data[step.next++]);
    if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE) {
      open(child, step.at);
    } else if (child->type != GUMBO_NODE_COMMENT) {
      nodes_.push_back(
          {GUMBO_TAG_UNKNOWN, step.at, nodes_.size() + 1, nullptr, child->v.text.text});
    }
  }
}

std::string Tree::text_of(std::size_t i) const {
  std::string out;
  for (std::size_t n = i; n < nodes_[i].end; ++n) {
    if (nodes_[n].is_text()) {
      out += nodes_[n].text;
    } else if (nodes_[n].tag == GUMBO_TAG_BR) {
      out += ' ';
    }
  }
  return model::squeeze(out);
}

}  // namespace feeds::page
