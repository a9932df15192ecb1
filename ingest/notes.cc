#include "ingest/notes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "store/model/text.h"

namespace ingest {
namespace {

using model::Seconds;

constexpr std::array<std::string_view, 7> kDays{"sunday",   "monday", "tuesday", "wednesday",
                                                "thursday", "friday", "saturday"};
constexpr std::array<std::pair<std::string_view, int>, 5> kPeriods{{{"hourly", 3600},
                                                                    {"daily", 86400},
                                                                    {"weekly", 604800},
                                                                    {"monthly", 2629800},
                                                                    {"yearly", 31557600}}};
// A year in minutes: more is a mistake.
constexpr int kMostMinutes = 366 * 24 * 60;

std::optional<int> number_of(std::string_view text) {
  text = model::trim(text);
  int number = 0;
  auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool whole = !text.empty() && failure == std::errc() && stop == text.data() + text.size();
  return whole && number >= 0 ? std::optional(number) : std::nullopt;
}

std::string_view extra(const feeds::news::Document& document, std::string_view name) {
  auto found = std::find_if(document.extras.begin(), document.extras.end(),
                            [&](const auto& one) { return one.name == name; });
  return found == document.extras.end() ? std::string_view() : std::string_view(found->text);
}

Seconds period_of(const feeds::news::Document& document) {
  auto name = model::fold(model::trim(extra(document, "sy_updateperiod")));
  auto times = number_of(extra(document, "sy_updatefrequency")).value_or(1);
  for (const auto& [period, seconds] : kPeriods) {
    if (name == period) return Seconds(seconds / std::max(times, 1));
  }
  return Seconds(0);
}

// The value of a parameter of a Link field, quotes undone.
std::string parameter(std::string_view parameters, std::string_view wanted) {
  while (!parameters.empty()) {
    auto end = std::min(parameters.find(';'), parameters.size());
    auto one = model::trim(parameters.substr(0, end));
    parameters.remove_prefix(std::min(end + 1, parameters.size()));
    auto equals = one.find('=');
    if (equals == one.npos || model::fold(model::trim(one.substr(0, equals))) != wanted) continue;
    auto value = model::trim(one.substr(equals + 1));
    if (value.size() > 1 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return std::string(value);
  }
  return "";
}

// Relations are a list of words.
bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    auto end = std::min(list.find(' '), list.size());
    if (model::fold(list.substr(0, end)) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

}  // namespace

Notes notes_of(const feeds::news::Document& document) {
  Notes notes;
  auto minutes = number_of(document.ttl).value_or(0);
  notes.wishes.ttl = std::chrono::minutes(std::min(minutes, kMostMinutes));
  notes.wishes.period = period_of(document);
  for (const auto& text : document.skip_hours) {
    auto hour = number_of(text);
    if (hour && *hour <= 24) notes.wishes.skip_hours |= 1U << static_cast<unsigned>(*hour % 24);
  }
  for (const auto& text : document.skip_days) {
    auto day = std::find(kDays.begin(), kDays.end(), model::fold(model::trim(text)));
    if (day != kDays.end())
      notes.wishes.skip_days |= 1U << static_cast<unsigned>(day - kDays.begin());
  }
  for (const auto& link : document.links) {
    if (link.rel == "hub" && notes.hub.empty()) notes.hub = link.href;
    if (link.rel == "self" && notes.self.empty()) notes.self = link.href;
  }
  return notes;
}

std::string link_with_rel(const std::vector<std::string>& link_fields, std::string_view rel) {
  for (std::string_view field : link_fields) {
    // <target>; rel="a b"; …, <target>; …
    for (auto open = field.find('<'); open != field.npos; open = field.find('<')) {
      auto close = field.find('>', open);
      if (close == field.npos) break;
      auto target = field.substr(open + 1, close - open - 1);
      auto next = std::min(field.find(",", close), field.size());
      if (has_word(parameter(field.substr(close + 1, next - close - 1), "rel"), rel)) {
        return std::string(target);
      }
      field.remove_prefix(next);
    }
  }
  return "";
}

}  // namespace ingest
