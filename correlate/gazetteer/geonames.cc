// Makes the gazetteer of cities from Debian's libgeonames0 and libgeonames-common (GeoNames, CC BY
// 4.0): geonames CITIES LOCALES OUT. CITIES is the resource cities.compiled of the library, a
// GVariant; LOCALES the folder of its translations (LANGUAGE/LC_MESSAGES/geonames.mo). Run by the
// build.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <glib.h>

#include "correlate/gazetteer/gazetteer.h"
#include "correlate/gazetteer/words.h"

namespace {

namespace fs = std::filesystem;
using correlate::gazetteer::Builder;
using correlate::gazetteer::Kind;
using correlate::gazetteer::Record;

// All languages know the large cities; the others by the languages that are read in depth.
constexpr std::uint32_t kLarge = 100'000;
constexpr std::string_view kRead[] = {"ar", "de", "en", "es", "fa", "fr", "hi", "id", "it",
                                      "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "zh"};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  if (at + sizeof out <= bytes.size()) std::memcpy(&out, bytes.data() + at, sizeof out);
  return out;
}

std::string_view piece_at(std::string_view bytes, std::size_t at) {
  std::size_t size = number_at(bytes, at);
  std::size_t begin = number_at(bytes, at + 4);
  return begin <= bytes.size() && size <= bytes.size() - begin ? bytes.substr(begin, size)
                                                               : std::string_view();
}

// GNU gettext's binary format: calls `row(message, translation)` for each.
template <typename Row>
void each_translation(std::string_view bytes, Row row) {
  constexpr std::uint32_t kMagic = 0x950412DE;
  if (number_at(bytes, 0) != kMagic) return;
  std::size_t count = number_at(bytes, 8);
  std::size_t messages = number_at(bytes, 12);
  std::size_t translations = number_at(bytes, 16);
  for (std::size_t i = 0; i < count; ++i) {
    row(piece_at(bytes, messages + 8 * i), piece_at(bytes, translations + 8 * i));
  }
}

// Names by GeoNames' number; whether the language is read in depth goes with each.
using Names = std::map<std::string, std::vector<std::pair<std::string, bool>>, std::less<>>;

Names read_names(const fs::path& locales) {
  std::vector<fs::path> languages;
  std::error_code failure;
  for (const auto& folder : fs::directory_iterator(locales, failure)) {
    if (fs::exists(folder.path() / "LC_MESSAGES/geonames.mo")) languages.push_back(folder.path());
  }
  if (languages.empty()) {  // a slim image leaves such files out
    std::fprintf(stderr, "%s holds no geonames.mo: cities are known by their English names only\n",
                 locales.c_str());
  }
  std::sort(languages.begin(), languages.end());
  Names out;
  for (const auto& folder : languages) {
    auto language = folder.filename().string();
    bool in_depth = std::find(std::begin(kRead), std::end(kRead), language) != std::end(kRead);
    auto bytes = read(folder / "LC_MESSAGES/geonames.mo");
    each_translation(bytes, [&](std::string_view id, std::string_view name) {
      if (!id.empty()) out[std::string(id)].emplace_back(std::string(name), in_depth);
    });
  }
  return out;
}

// What an office adds to a city's name, where it is written without a blank; the longest first.
constexpr std::string_view kRanks[] = {"특별자치시", "특별시", "광역시", "직할시", "시",
                                       "군",         "特別市", "特别市", "直轄市", "市",
                                       "都",         "县",     "縣"};

using Forms = std::set<std::vector<std::string>>;

// The name, and the name alone as news writes it: "서울" of "서울특별시".
void add_form(const std::string& name, Forms& forms) {
  forms.insert(correlate::gazetteer::words_of(name));
  for (auto rank : kRanks) {
    if (!std::string_view(name).ends_with(rank)) continue;
    forms.insert(correlate::gazetteer::words_of(name.substr(0, name.size() - rank.size())));
    return;
  }
}

void add_city(Builder& builder, const Record& city, const Names& names) {
  Forms forms;
  add_form(city.name, forms);
  auto number = city.id.substr(city.id.find(':') + 1);
  if (auto found = names.find(number); found != names.end()) {
    for (const auto& [name, in_depth] : found->second) {
      if (in_depth || city.population >= kLarge) {
        add_form(name, forms);
      }
    }
  }
  builder.add(city, {forms.begin(), forms.end()});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("geonames CITIES LOCALES OUT\n", stderr);
    return 2;
  }
  auto bytes = read(argv[1]);
  GVariant* cities = g_variant_ref_sink(g_variant_new_from_data(
      G_VARIANT_TYPE("a(sssssssudd)"), bytes.data(), bytes.size(), FALSE, nullptr, nullptr));
  auto count = g_variant_n_children(cities);
  if (count == 0) {
    std::fprintf(stderr, "%s holds no cities\n", argv[1]);
    return 1;
  }
  auto names = read_names(argv[2]);
  Builder builder(
      "Cities of more than 15,000 people, in many languages (GeoNames, by Debian's libgeonames)",
      "CC BY 4.0, geonames.org");
  for (gsize i = 0; i < count; ++i) {
    const char *id = nullptr, *name = nullptr, *division = nullptr, *region = nullptr,
               *country = nullptr, *country_name = nullptr, *zone = nullptr;
    guint32 population = 0;
    double latitude = 0, longitude = 0;
    g_variant_get_child(cities, i, "(&s&s&s&s&s&s&sudd)", &id, &name, &division, &region, &country,
                        &country_name, &zone, &population, &latitude, &longitude);
    Record city;
    city.kind = Kind::kCity;
    city.id = std::string("geonames:") + id;
    city.name = name;
    city.country = country;
    city.region = region;
    city.latitude = latitude;
    city.longitude = longitude;
    city.population = population;
    add_city(builder, city, names);
  }
  g_variant_unref(cities);
  auto file = builder.bytes();
  std::ofstream out(argv[3], std::ios::binary);
  out.write(file.data(), static_cast<std::streamsize>(file.size()));
  return out.good() ? 0 : 1;
}
