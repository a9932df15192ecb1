#include "correlate/train/data.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "store/model/text.h"

namespace correlate::train {
namespace {

using model::Errc;
using model::Error;
using model::Result;

namespace json = boost::json;

// What one line says; the problem where it says nothing.
struct Line {
  std::string item;
  std::string outage;  // empty: none
  std::string problem;
};

Line read_line(std::string_view line) {
  Line out;
  json::error_code failure;
  auto value = json::parse({line.data(), line.size()}, failure);
  if (failure || !value.is_object()) {
    out.problem = failure ? "not JSON: " + failure.message() : "not a JSON object";
    return out;
  }
  const auto& object = value.get_object();
  const auto* item = object.if_contains("item");
  if (item == nullptr || !item->is_string() || item->get_string().empty()) {
    out.problem = "has no \"item\", which is the id of an item";
    return out;
  }
  out.item = std::string(item->get_string());
  const auto* outage = object.if_contains("outage");
  if (outage == nullptr || !(outage->is_null() || outage->is_string())) {
    out.problem = "has no \"outage\", which is the id of an outage, or null for none";
    return out;
  }
  if (outage->is_string()) out.outage = std::string(outage->get_string());
  if (outage->is_string() && out.outage.empty()) out.problem = "\"outage\" is empty";
  return out;
}

// Joins what belongs together: union and find, by the smallest name.
class Groups {
 public:
  std::string find(const std::string& name) {
    auto [at, fresh] = parent_.try_emplace(name, name);
    if (at->second == name) return name;
    return at->second = find(at->second);
  }
  void join(const std::string& a, const std::string& b) {
    auto one = find(a);
    auto other = find(b);
    if (one != other) parent_[std::max(one, other)] = std::min(one, other);
  }

 private:
  std::map<std::string, std::string> parent_;
};

}  // namespace

Result<Gold> parse_gold(std::string_view jsonl) {
  Gold out;
  std::set<std::string> none;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < jsonl.size();) {
    auto end = std::min(jsonl.find('\n', begin), jsonl.size());
    auto text = model::trim(jsonl.substr(begin, end - begin));
    begin = end + 1;
    ++number;
    if (text.empty()) continue;
    auto line = read_line(text);
    auto& outages = out[line.item];
    if (line.problem.empty() && !line.outage.empty()) outages.insert(line.outage);
    if (line.problem.empty() && line.outage.empty()) none.insert(line.item);
    if (line.problem.empty() && !outages.empty() && none.contains(line.item)) {
      line.problem = fmt::format("{} is said to speak of an outage and of none", line.item);
    }
    if (!line.problem.empty()) {
      return Error{Errc::kInvalid, fmt::format("line {}: {}", number, line.problem)};
    }
  }
  if (out.empty()) return Error{Errc::kInvalid, "there is no labelled pair in it"};
  return out;
}

Data::Data(std::vector<Example> examples, OutageIndex outages)
    : examples_(std::move(examples)), outages_(std::move(outages)) {
  readings_.reserve(examples_.size());
  for (const auto& one : examples_) readings_.emplace_back(one.article, one.extraction);
}

std::vector<Scene> Data::scenes(model::Seconds moved, double weight) const {
  std::vector<Scene> out;
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    const auto& example = examples_[i];
    Scene scene{i, candidates_of(readings_[i], outages_, moved), {}, weight, moved};
    if (example.partial && moved == model::Seconds{0}) {
      std::erase_if(scene.candidates, [&](const Candidate& candidate) {
        const auto& id = outages_.all()[candidate.outage].id;
        return !example.outages.contains(id) && !example.rejected.contains(id);
      });
    }
    for (const auto& candidate : scene.candidates) {
      const auto& id = outages_.all()[candidate.outage].id;
      scene.truth.push_back(moved == model::Seconds{0} && example.outages.contains(id));
    }
    out.push_back(std::move(scene));
  }
  return out;
}

std::vector<std::string> Data::countries() const {
  Groups groups;
  std::vector<std::string> first;
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    std::set<std::string> named;
    for (const auto& id : examples_[i].outages) {
      if (const auto* outage = outages_.find(id)) named.insert(outage->scope.country);
    }
    // An item about none counts to the first country that it names.
    const auto& all = readings_[i].countries();
    if (named.empty() && !all.empty()) named.insert(*all.begin());
    if (named.empty()) named.insert("");
    for (const auto& one : named) groups.join(*named.begin(), one);
    first.push_back(*named.begin());
  }
  for (auto& name : first) name = groups.find(name);
  return first;
}

std::vector<std::string> Data::years() const {
  std::vector<std::string> out;
  for (const auto& one : examples_) {
    out.push_back(std::to_string(model::civil_of(one.article.anchor.at).year));
  }
  return out;
}

std::size_t Data::out_of_reach() const {
  std::size_t missed = 0;
  for (const auto& scene : scenes(model::Seconds{0}, 1)) {
    auto found = std::count(scene.truth.begin(), scene.truth.end(), true);
    missed += examples_[scene.example].outages.size() - static_cast<std::size_t>(found);
  }
  return missed;
}

std::vector<std::string> unknown_names(const Gold& gold, const std::set<std::string>& items,
                                       const OutageIndex& outages) {
  constexpr std::size_t kNamed = 3;
  std::set<std::string> lost_items;
  std::set<std::string> lost_outages;
  for (const auto& [item, named] : gold) {
    if (!items.contains(item)) lost_items.insert(item);
    for (const auto& id : named) {
      if (outages.find(id) == nullptr) lost_outages.insert(id);
    }
  }
  std::vector<std::string> out;
  for (const auto& [what, lost] :
       {std::pair{"items", &lost_items}, std::pair{"outages", &lost_outages}}) {
    if (lost->empty()) continue;
    std::vector<std::string> some(
        lost->begin(),
        std::next(lost->begin(), static_cast<std::ptrdiff_t>(std::min(kNamed, lost->size()))));
    out.push_back(fmt::format("{} {} that it names are not there: {}{}", lost->size(), what,
                              fmt::join(some, ", "), lost->size() > kNamed ? ", …" : ""));
  }
  return out;
}

}  // namespace correlate::train
