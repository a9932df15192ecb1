#pragma once

#include <string>
#include <string_view>
#include <vector>

// robots.txt (RFC 9309), which is obeyed for article pages: a feed that a person subscribed to is
// not crawled. Pure.
namespace ingest {

// RFC 9309 section 2.5: at least 500 KiB must be read; more is not.
inline constexpr std::size_t kLargestRobots = 500U << 10U;

class Robots {
 public:
  // Nothing is forbidden.
  Robots() = default;
  // What `text` says to `agent` ("Faultline"): the groups that name it, else those of "*". Broken
  // lines are passed over.
  Robots(std::string_view text, std::string_view agent);
  // Everything is forbidden: the server could not say (section 2.3.1.4).
  static Robots closed();

  // `path` with its query, as it is requested. The longest rule that matches counts, and allows
  // where two are as long (section 2.2.2); "*" matches any run, "$" the end.
  bool allows(std::string_view path) const;

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  std::vector<Rule> rules_;
};

}  // namespace ingest
