#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ingest/visibility/rib.h"
#include "ingest/visibility/visibility.h"

namespace ingest::visibility {

// Of the peers that count, how many carry a route to a network. `all` of 0: nobody can say.
struct Carried {
  std::size_t carriers = 0;
  std::size_t all = 0;
};

// What is known of the networks at one moment.
class View {
 public:
  virtual ~View() = default;
  virtual Carried carried(std::uint32_t network, bool v6) const = 0;
  virtual bool sees(bool v6) const = 0;  // whether it can say anything of a family
  // Whether tables are known: then a network of which nothing was heard is not there.
  virtual bool is_whole() const = 0;
};

// Which networks belong to which scope that is watched, and the samples of each.
class Groups {
 public:
  Groups(const Options& options, const Countries& countries);

  // A route to `network` was heard that ends in `origin` (0: nothing said). An origin counts once
  // it has been heard more often than the others.
  void heard(std::uint32_t network, const model::Prefix& prefix, std::uint32_t origin);
  // Adds a sample to each scope: of what `view` says of the networks of `rib`, or of nothing seen.
  void sample(const Rib& rib, const View& view);
  void blind();
  std::size_t samples() const { return samples_; }
  std::size_t count() const { return groups_.size(); }
  // All samples, the first of which is at `from`; nothing can be added behind it.
  std::vector<model::Signal> signals(model::Instant from);

 private:
  enum class Kind : std::uint8_t { kPrefix, kAs, kCountry };
  struct Group {
    Kind kind;
    model::Scope scope;
    bool asked_for = true;  // false: it came up by itself
    bool sorted = true;
    std::vector<std::uint32_t> networks;
    std::vector<std::optional<double>> share;
    std::vector<std::optional<double>> slash24s;
  };
  // Of each network: who originates it, and the groups that follow from that.
  struct Member {
    std::uint32_t origin = 0;
    std::uint32_t votes = 0;
    std::uint32_t as_group = Rib::kNone;
    std::uint32_t country_group = Rib::kNone;
  };

  std::uint32_t group_of_as(std::uint32_t as);
  std::uint32_t group_of_country(std::string_view country);
  std::uint32_t add_group(Kind kind, model::Scope scope, bool asked_for);
  std::string_view country_of(std::uint32_t origin, const model::Prefix& prefix) const;
  void place(std::uint32_t network, const model::Prefix& prefix);
  void join(std::uint32_t group, std::uint32_t network);
  void tidy(Group& group, std::uint32_t number, const Rib& rib);
  static void measure(Group& group, const Rib& rib, const View& view);

  const Options& options_;
  const Countries& countries_;
  std::vector<Group> groups_;
  std::vector<std::pair<model::Prefix, std::uint32_t>> by_prefix_;
  std::map<std::uint32_t, std::uint32_t> by_as_;
  std::map<std::string, std::uint32_t, std::less<>> by_country_;
  std::vector<Member> members_;
  std::size_t samples_ = 0;
};

}  // namespace ingest::visibility
