#include "feeds/outages/delegated/delegations.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace feeds::outages::delegated {
namespace {

constexpr std::size_t kMostWarnings = 20;
constexpr std::size_t kFields = 7;  // the registry's own ones behind them are not needed

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t out = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

std::array<std::string_view, kFields> split(std::string_view line) {
  std::array<std::string_view, kFields> out;
  for (auto& field : out) {
    auto bar = std::min(line.find('|'), line.size());
    field = line.substr(0, bar);
    line.remove_prefix(std::min(bar + 1, line.size()));
  }
  return out;
}

std::uint32_t as_number(const std::array<std::uint8_t, 16>& octets) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8U | octets[i];
  return out;
}

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

template <typename Number>
void Delegations::sort(std::vector<Range<Number>>& ranges) {
  std::stable_sort(ranges.begin(), ranges.end(),
                   [](const auto& a, const auto& b) { return a.from < b.from; });
}

template <typename Number>
std::string_view Delegations::find(const std::vector<Range<Number>>& ranges, const Number& number) {
  auto after = std::upper_bound(ranges.begin(), ranges.end(), number,
                                [](const Number& n, const auto& range) { return n < range.from; });
  // Registries give out ranges that do not overlap; two files may name the same one.
  if (after == ranges.begin() || (after - 1)->to < number) return {};
  return {(after - 1)->country.data(), 2};
}

const char* Delegations::add_line(std::string_view line) {
  auto [registry, country, kind, start, value, date, status] = split(line);
  if (kind == "*" || registry == "2" || registry == "2.3") return nullptr;  // summary, version
  if (kind != "asn" && kind != "ipv4" && kind != "ipv6") return "is no record of a delegation";
  bool given = status.starts_with("allocated") || status.starts_with("assigned");
  if (!given || country.empty() || country == "ZZ") return nullptr;
  if (country.size() != 2 || !is_letter(country[0]) || !is_letter(country[1])) {
    return "has a country that is no code";
  }
  Country code{country[0], country[1]};
  auto count = number(value);
  if (!count || *count == 0) return "has no number in its fifth field";
  if (kind == "asn") {
    auto first = number(start);
    if (!first || *first + *count - 1 > 0xFFFFFFFF) return "has no range of AS numbers";
    ases_.push_back({static_cast<std::uint32_t>(*first),
                     static_cast<std::uint32_t>(*first + *count - 1), code});
    return nullptr;
  }
  auto address = model::parse_address(start);
  if (!address || address->v6 != (kind == "ipv6")) return "has no address in its fourth field";
  if (!address->v6) {
    auto first = as_number(address->octets);
    if (first + *count - 1 > 0xFFFFFFFF) return "has more addresses than there are";
    v4_.push_back({first, static_cast<std::uint32_t>(first + *count - 1), code});
    return nullptr;
  }
  if (*count > 128) return "has more bits than an address";
  auto first = model::cleared({true, address->octets, static_cast<std::uint8_t>(*count)}).octets;
  auto last = first;
  for (std::size_t bit = *count; bit < 128; ++bit) {
    last[bit / 8] = static_cast<std::uint8_t>(last[bit / 8] | 0x80U >> bit % 8);
  }
  v6_.push_back({first, last, code});
  return nullptr;
}

void Delegations::add(std::string_view file, std::vector<model::Warning>& warnings) {
  std::size_t number = 0;
  std::size_t broken = 0;
  while (!file.empty()) {
    auto end = std::min(file.find('\n'), file.size());
    auto line = file.substr(0, end);
    file.remove_prefix(std::min(end + 1, file.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    const auto* fault = add_line(line);
    if (fault == nullptr || ++broken > kMostWarnings) continue;
    warnings.push_back({"line " + std::to_string(number), fault});
  }
  if (broken > kMostWarnings) {
    warnings.push_back({std::to_string(broken - kMostWarnings) + " more lines", "are broken too"});
  }
  sort(ases_);
  sort(v4_);
  sort(v6_);
}

std::string_view Delegations::country_of_as(std::uint32_t as) const { return find(ases_, as); }

std::string_view Delegations::country_of(const model::Prefix& prefix) const {
  return prefix.v6 ? find(v6_, prefix.octets) : find(v4_, as_number(prefix.octets));
}

}  // namespace feeds::outages::delegated
