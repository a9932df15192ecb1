#include "correlate/detect/segments.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace correlate::detect {
namespace {

// The samples before which a long hole parts what is down: the middle of each hole.
std::vector<bool> parted(const std::vector<double>& evidence, std::size_t longest_hole) {
  std::vector<bool> out(evidence.size(), false);
  std::size_t hole = 0;
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    if (std::isnan(evidence[i])) {
      ++hole;
      continue;
    }
    if (hole > longest_hole) out[i - hole / 2 - 1] = true;
    hole = 0;
  }
  return out;
}

// An outage begins and ends at samples that say so.
void trim(Segment& s, const std::vector<double>& evidence) {
  auto says_down = [&](std::size_t i) { return evidence[i] > 0; };
  while (s.begin < s.end && !says_down(s.begin)) ++s.begin;
  while (s.end > s.begin && !says_down(s.end - 1)) --s.end;
  s.evidence = 0;
  for (std::size_t i = s.begin; i < s.end; ++i) {
    if (!std::isnan(evidence[i])) s.evidence += evidence[i];
  }
}

bool is_bridged(const Segment& a, const Segment& b, const std::vector<double>& evidence,
                const Cutting& how) {
  std::size_t up = 0;
  std::size_t hole = 0;
  for (std::size_t i = a.end; i < b.begin; ++i) ++(std::isnan(evidence[i]) ? hole : up);
  if (hole > how.longest_hole) return false;
  auto share = how.bridged_share * static_cast<double>(a.length() + b.length());
  return up <= how.bridged_least || static_cast<double>(up) <= share;
}

std::vector<Segment> bridge(const std::vector<Segment>& segments,
                            const std::vector<double>& evidence, const Cutting& how) {
  std::vector<Segment> out;
  for (const auto& segment : segments) {
    out.push_back(segment);
    while (out.size() > 1 && is_bridged(out[out.size() - 2], out.back(), evidence, how)) {
      Segment last = out.back();
      out.pop_back();
      out.back().end = last.end;
      out.back().evidence += last.evidence;
    }
  }
  return out;
}

}  // namespace

std::vector<Segment> cut(const std::vector<double>& evidence, const std::vector<double>& onset,
                         const Cutting& how) {
  // Best sum so far when the sample is up and when it is down.
  double up = 0;
  double down = -std::numeric_limits<double>::infinity();
  std::vector<std::uint8_t> ways(evidence.size());  // 1: was down before; 2: a segment starts
  auto parts = parted(evidence, how.longest_hole);
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    double best = std::max(up, down);
    bool is_seen = !std::isnan(evidence[i]);
    double started = best - how.price + (onset.empty() || !is_seen ? 0 : onset[i]);
    bool starts = parts[i] || started > down;
    ways[i] = static_cast<std::uint8_t>((down > up ? 1 : 0) | (starts ? 2 : 0));
    down = (starts ? started : down) + (is_seen ? evidence[i] : 0);
    up = best;
  }
  std::vector<Segment> out;
  bool is_down = down > up;
  bool is_inside = false;
  for (std::size_t i = evidence.size(); i-- > 0;) {
    if (is_down) {
      if (!is_inside) out.push_back({i, i + 1, 0});
      out.back().begin = i;
      is_inside = (ways[i] & 2) == 0;
    }
    if (!is_inside) is_down = (ways[i] & 1) != 0;
  }
  std::reverse(out.begin(), out.end());
  for (auto& segment : out) trim(segment, evidence);
  std::erase_if(out, [](const Segment& s) { return s.begin >= s.end; });
  return bridge(out, evidence, how);
}

}  // namespace correlate::detect
