#include "feeds/parse.h"

#include <array>
#include <utility>

#include "feeds/archive/items.h"
#include "feeds/mail/mail.h"
#include "feeds/page/page.h"
#include "feeds/sitemap/sitemap.h"

namespace feeds {
namespace {

constexpr std::array<std::pair<Kind, std::string_view>, 13> kNames = {{
    {Kind::kNews, "news"},
    {Kind::kPage, "page"},
    {Kind::kSitemap, "sitemap"},
    {Kind::kMail, "mail"},
    {Kind::kItems, "items"},
    {Kind::kOutagesCsv, "outages-csv"},
    {Kind::kOutagesJsonl, "outages-jsonl"},
    {Kind::kIoda, "ioda"},
    {Kind::kRadar, "radar"},
    {Kind::kRipestat, "ripestat"},
    {Kind::kRisLive, "ris-live"},
    {Kind::kOoni, "ooni"},
    {Kind::kStop, "stop"},
}};

}  // namespace

std::optional<Kind> kind_named(std::string_view name) {
  for (const auto& [kind, known] : kNames) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

std::string_view to_string(Kind kind) {
  for (const auto& [known, name] : kNames) {
    if (known == kind) return name;
  }
  return "";
}

std::string kinds_in_words(bool of_measurements) {
  std::string out;
  for (const auto& [kind, name] : kNames) {
    if (of_measurements && kind < Kind::kOutagesCsv) continue;
    bool last = kind == kNames.back().first;
    out += (out.empty() ? "" : last ? " and " : ", ") + std::string(name);
  }
  return out;
}

Document parse(std::string_view bytes, Kind kind, const news::Hints& hints) {
  switch (kind) {
    case Kind::kNews:
      return news::parse(bytes, hints);
    case Kind::kPage:
      return page::parse(bytes, hints);
    case Kind::kSitemap:
      return sitemap::parse(bytes, hints);
    case Kind::kMail:
      return mail::parse(bytes, hints);
    case Kind::kItems:
      return archive::parse_items(bytes, hints, hints.first_line);
    case Kind::kOutagesCsv:
      return outages::parse_csv(bytes);
    case Kind::kOutagesJsonl:
      return outages::parse_jsonl(bytes);
    case Kind::kIoda:
      return outages::parse_ioda(bytes);
    case Kind::kRadar:
      return outages::parse_radar(bytes, hints.url);
    case Kind::kRipestat:
      return outages::parse_ripestat(bytes);
    case Kind::kRisLive:
      return outages::parse_ris_live(bytes);
    case Kind::kOoni:
      return outages::parse_ooni(bytes, hints.url);
    case Kind::kStop:
      return outages::parse_stop(bytes);
  }
  return outages::Parsed{};
}

}  // namespace feeds
