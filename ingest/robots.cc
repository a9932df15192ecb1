#include "ingest/robots.h"

#include <algorithm>
#include <utility>

#include "store/model/text.h"

namespace ingest {
namespace {

// "Name: value # comment" → folded name, value.
std::pair<std::string, std::string_view> field_of(std::string_view line) {
  line = line.substr(0, line.find('#'));
  auto colon = line.find(':');
  if (colon == line.npos) return {};
  return {model::fold(model::trim(line.substr(0, colon))), model::trim(line.substr(colon + 1))};
}

bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

// Section 2.2.2: octets are compared after escapes are brought to one spelling.
std::string normal(std::string_view path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    auto c = static_cast<unsigned char>(path[i]);
    if (c == '%' && i + 2 < path.size() && is_hex(path[i + 1]) && is_hex(path[i + 2])) {
      auto number = static_cast<char>(std::stoi(std::string(path.substr(i + 1, 2)), nullptr, 16));
      bool plain = std::isalnum(static_cast<unsigned char>(number)) != 0 ||
                   std::string_view("-._~").find(number) != std::string_view::npos;
      if (plain) {
        out += number;
      } else {
        out += {'%', kHex[(static_cast<unsigned char>(number) >> 4U) & 15U],
                kHex[static_cast<unsigned char>(number) & 15U]};
      }
      i += 2;
    } else if (c >= 0x80 || c <= 0x20) {
      out += {'%', kHex[c >> 4U], kHex[c & 15U]};
    } else {
      out += path[i];
    }
  }
  return out;
}

// Whether `path` begins with what `pattern` means. Greedy from the left with one place to come back
// to: no worse than the product of both lengths, whatever the pattern.
bool matches(std::string_view pattern, std::string_view path) {
  bool to_end = pattern.ends_with('$');
  if (to_end) pattern.remove_suffix(1);
  std::size_t p = 0, t = 0, star = std::string_view::npos, from = 0;
  while (p < pattern.size() || (to_end && t < path.size())) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && t < path.size() && pattern[p] == path[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && from < path.size()) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

Robots::Robots(std::string_view text, std::string_view agent) {
  text = text.substr(0, kLargestRobots);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  auto wanted = model::fold(agent);
  std::vector<Rule> ours, all;
  bool named = false;                    // some group names us
  bool for_us = false, for_all = false;  // the group that is being read
  bool in_rules = true;                  // its user-agent lines are over
  while (!text.empty()) {
    auto end = std::min(text.find_first_of("\r\n"), text.size());
    auto [name, value] = field_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (name == "user-agent") {
      if (in_rules) for_us = for_all = in_rules = false;
      auto who = model::fold(value);
      for_all |= who == "*";
      for_us |= who == wanted;
      named |= for_us;
    } else if (name == "allow" || name == "disallow") {
      in_rules = true;
      if (value.empty()) continue;  // says nothing
      Rule rule{normal(value), name == "allow"};
      if (for_us) ours.push_back(rule);
      if (for_all) all.push_back(rule);
    }
  }
  rules_ = named ? std::move(ours) : std::move(all);
}

Robots Robots::closed() {
  Robots robots;
  robots.rules_.push_back({"/", false});
  return robots;
}

bool Robots::allows(std::string_view path) const {
  if (path == "/robots.txt") return true;
  auto wanted = normal(path);
  const Rule* best = nullptr;
  for (const auto& rule : rules_) {
    if (!matches(rule.pattern, wanted)) continue;
    bool better = best == nullptr || rule.pattern.size() > best->pattern.size() ||
                  (rule.pattern.size() == best->pattern.size() && rule.allow);
    if (better) best = &rule;
  }
  return best == nullptr || best->allow;
}

}  // namespace ingest
