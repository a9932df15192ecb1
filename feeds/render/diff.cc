#include "feeds/render/diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "feeds/render/shared.h"
#include "store/model/text.h"

namespace feeds::render {
namespace {

using Kind = Change::Kind;

// Words that are compared. Long texts that repeat themselves are alike on many diagonals.
constexpr std::int64_t kMostWork = 20'000'000;
using Words = std::vector<std::string_view>;

// Words and what stands between them, so that nothing is lost.
Words cut(std::string_view text) {
  Words out;
  std::size_t at = 0;
  for (const auto& word : model::words(text)) {
    if (word.begin > at) out.push_back(text.substr(at, word.begin - at));
    out.push_back(word.of(text));
    at = word.end;
  }
  if (at < text.size()) out.push_back(text.substr(at));
  return out;
}

void add(std::vector<Change>& out, Kind kind, std::string_view text) {
  if (out.empty() || out.back().kind != kind) out.push_back({kind, ""});
  out.back().text += text;
}

using Index = std::ptrdiff_t;

// Myers' greedy search for the furthest point on each diagonal, with a trace of all rounds to walk
// back along: O(edits²) memory, which kMostEdits bounds.
class Script {
 public:
  Script(const Words& a, const Words& b, std::size_t begin, std::size_t end_a, std::size_t end_b)
      : a_(a),
        b_(b),
        begin_(static_cast<Index>(begin)),
        n_(static_cast<Index>(end_a - begin)),
        m_(static_cast<Index>(end_b - begin)) {}

  // The steps, first to last; false when more than kMostEdits or kMostWork are needed.
  bool find(std::vector<std::pair<Kind, Index>>& steps) {
    Index most = std::min<Index>(n_ + m_, kMostEdits);
    std::vector<Index> furthest(2 * static_cast<std::size_t>(most) + 3, 0);  // by diagonal
    auto at = [&](Index k) -> Index& { return furthest[static_cast<std::size_t>(k + most + 1)]; };
    auto work = kMostWork;
    for (Index edits = 0; edits <= most && work > 0; ++edits) {
      rounds_.emplace_back();
      for (Index k = -edits; k <= edits; k += 2) {
        bool down = k == -edits || (k != edits && at(k - 1) < at(k + 1));
        Index x = down ? at(k + 1) : at(k - 1) + 1;
        for (; x < n_ && x - k < m_ && same(x, x - k); ++x) --work;
        at(k) = x;
        rounds_.back().push_back(x);
        if (x < n_ || x - k < m_) continue;
        walk_back(edits, k, steps);
        return true;
      }
    }
    return false;
  }

 private:
  bool same(Index x, Index y) const {
    return a_[static_cast<std::size_t>(begin_ + x)] == b_[static_cast<std::size_t>(begin_ + y)];
  }
  // How far diagonal k had come in a round.
  Index reached(Index edits, Index k) const {
    return rounds_[static_cast<std::size_t>(edits)][static_cast<std::size_t>((k + edits) / 2)];
  }

  void walk_back(Index edits, Index k, std::vector<std::pair<Kind, Index>>& steps) const {
    Index x = n_, y = m_;
    for (; edits > 0; --edits) {
      bool down =
          k == -edits || (k != edits && reached(edits - 1, k - 1) < reached(edits - 1, k + 1));
      k = down ? k + 1 : k - 1;
      Index from = reached(edits - 1, k);
      for (; x > (down ? from : from + 1); --y) steps.emplace_back(Kind::kSame, begin_ + --x);
      if (down) {
        steps.emplace_back(Kind::kAdded, begin_ + --y);
      } else {
        steps.emplace_back(Kind::kRemoved, begin_ + --x);
      }
    }
    while (x > 0) steps.emplace_back(Kind::kSame, begin_ + --x);
    std::reverse(steps.begin(), steps.end());
  }

  const Words& a_;
  const Words& b_;
  Index begin_, n_, m_;
  std::vector<std::vector<Index>> rounds_;
};

}  // namespace

std::vector<Change> diff(std::string_view before, std::string_view after) {
  auto a = cut(before), b = cut(after);
  std::size_t begin = 0, end_a = a.size(), end_b = b.size();
  while (begin < end_a && begin < end_b && a[begin] == b[begin]) ++begin;
  while (end_a > begin && end_b > begin && a[end_a - 1] == b[end_b - 1]) --end_a, --end_b;
  std::vector<Change> out;
  for (std::size_t i = 0; i < begin; ++i) add(out, Kind::kSame, a[i]);
  std::vector<std::pair<Kind, Index>> steps;
  if (Script(a, b, begin, end_a, end_b).find(steps)) {
    for (auto [kind, at] : steps) {
      add(out, kind,
          kind == Kind::kAdded ? b[static_cast<std::size_t>(at)] : a[static_cast<std::size_t>(at)]);
    }
  } else {
    for (std::size_t i = begin; i < end_a; ++i) add(out, Kind::kRemoved, a[i]);
    for (std::size_t i = begin; i < end_b; ++i) add(out, Kind::kAdded, b[i]);
  }
  for (std::size_t i = end_a; i < a.size(); ++i) add(out, Kind::kSame, a[i]);
  return out;
}

namespace {

// For people: on one line, a new paragraph as "¶".
std::string shown(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find('\n', at), text.size());
    out += printable(text.substr(at, end - at));
    at = std::min(text.find_first_not_of('\n', end), text.size());
    if (at > end) out += "¶";
  }
  return out;
}

}  // namespace

std::string to_text(const std::vector<Change>& changes, bool colour) {
  constexpr std::size_t kContext = 40;  // characters beside a change
  std::string out;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto kind = changes[i].kind;
    auto text = shown(changes[i].text);
    if (kind == Kind::kRemoved) {
      out += colour ? "\x1b[31m" + text + "\x1b[0m" : "[-" + text + "-]";
    } else if (kind == Kind::kAdded) {
      out += colour ? "\x1b[32m" + text + "\x1b[0m" : "{+" + text + "+}";
    } else {
      auto size = model::code_points(text);
      auto head = i == 0 ? 0 : kContext, tail = i + 1 == changes.size() ? 0 : kContext;
      if (size <= head + tail + 1) {
        out += text;
        continue;
      }
      out += text.substr(0, model::byte_offset(text, head));
      out += "…" + text.substr(model::byte_offset(text, size - tail));
    }
  }
  return out;
}

}  // namespace feeds::render
