#include "ingest/measure/adapters.h"

#include <algorithm>
#include <array>

namespace ingest::measure {
namespace {

using model::Seconds;

constexpr int kDay = 86'400;

constexpr std::array kProviders = {
    Provider{"ioda", "IODA, Georgia Institute of Technology",
             "https://api.ioda.inetintel.cc.gatech.edu/v2", "free to use; name IODA as the source",
             false},
    Provider{"radar", "Cloudflare Radar", "https://api.cloudflare.com/client/v4/radar",
             "CC BY-NC 4.0: name Cloudflare Radar, not for commercial use; needs a key of your own",
             true},
    Provider{"ripestat", "RIPEstat, RIPE NCC", "https://stat.ripe.net/data",
             "RIPEstat's terms of service; name RIPEstat; more than 1,000 requests a day are to be "
             "agreed with the RIPE NCC",
             false},
    Provider{"ris-live", "RIS Live, RIPE NCC", "wss://ris-live.ripe.net/v1/ws/",
             "RIPE NCC's RIS terms of service; name the RIPE NCC", false},
    Provider{"ooni", "OONI", "https://api.ooni.io/api/v1",
             "CC BY-NC-SA 4.0: name OONI, not for commercial use, share alike", false},
    Provider{"stop", "Access Now, Shutdown Tracker Optimization Project", "",
             "CC BY 4.0: name Access Now and the #KeepItOn coalition", false},
};

// Windows, pages and names as the APIs' documentation has them (feeds/outages/README.md). Raw
// signals of IODA take less than 100 days, dates of Radar at most 364.
constexpr std::array kAdapters = {
    // Aligned: an event that is longer than the look-back is told as beginning 14 days before the
    // window, which must not move with each round.
    Adapter{"ioda-events", "ioda", "events", feeds::Kind::kIoda, "/outages/events", "format=codf",
            Paging::kPageFromZero, "limit", "page", 500, Clock::kEpoch, "from", "until",
            Seconds(84 * kDay), Seconds(7 * kDay), Seconds(2 * kDay), Seconds(1800)},
    // Extended: the alert that began what ends in the window.
    Adapter{"ioda-alerts", "ioda", "alerts", feeds::Kind::kIoda, "/outages/alerts",
            "extendWindow=1209600", Paging::kPageFromZero, "limit", "page", 500, Clock::kEpoch,
            "from", "until", Seconds(80 * kDay), Seconds(0), Seconds(2 * kDay), Seconds(1800)},
    Adapter{"ioda-signals", "ioda", "signals", feeds::Kind::kIoda, "/signals/raw", "",
            Paging::kNone, "", "", 0, Clock::kEpoch, "from", "until", Seconds(7 * kDay),
            Seconds(7 * kDay), Seconds(kDay / 2), Seconds(1800)},
    Adapter{"radar-outages", "radar", "outages", feeds::Kind::kRadar, "/annotations/outages",
            "format=json", Paging::kOffset, "limit", "offset", 100, Clock::kIso, "dateStart",
            "dateEnd", Seconds(360 * kDay), Seconds(0), Seconds(30 * kDay), Seconds(3600)},
    Adapter{"radar-anomalies", "radar", "anomalies", feeds::Kind::kRadar, "/traffic_anomalies",
            "format=json", Paging::kOffset, "limit", "offset", 100, Clock::kIso, "dateStart",
            "dateEnd", Seconds(360 * kDay), Seconds(0), Seconds(7 * kDay), Seconds(1800)},
    Adapter{"radar-hijacks", "radar", "hijacks", feeds::Kind::kRadar, "/bgp/hijacks/events",
            "format=json&sortBy=ID&sortOrder=ASC", Paging::kPageFromOne, "per_page", "page", 100,
            Clock::kIso, "dateStart", "dateEnd", Seconds(360 * kDay), Seconds(0), Seconds(2 * kDay),
            Seconds(1800)},
    Adapter{"radar-leaks", "radar", "leaks", feeds::Kind::kRadar, "/bgp/leaks/events",
            "format=json&sortBy=ID&sortOrder=ASC", Paging::kPageFromOne, "per_page", "page", 100,
            Clock::kIso, "dateStart", "dateEnd", Seconds(360 * kDay), Seconds(0), Seconds(2 * kDay),
            Seconds(1800)},
    Adapter{"radar-traffic", "radar", "traffic", feeds::Kind::kRadar, "/netflows/timeseries",
            "format=json&aggInterval=1h", Paging::kNone, "", "", 0, Clock::kIso, "dateStart",
            "dateEnd", Seconds(28 * kDay), Seconds(28 * kDay), Seconds(kDay), Seconds(3600)},
    Adapter{"ripestat-updates", "ripestat", "updates", feeds::Kind::kRipestat,
            "/bgp-updates/data.json", "sourceapp=faultline", Paging::kNone, "", "", 0,
            Clock::kIsoPlain, "starttime", "endtime", Seconds(kDay / 4), Seconds(0), Seconds(1800),
            Seconds(1800)},
    Adapter{"ripestat-history", "ripestat", "history", feeds::Kind::kRipestat,
            "/routing-history/data.json", "sourceapp=faultline&max_rows=3000", Paging::kNone, "",
            "", 3000, Clock::kIsoPlain, "starttime", "endtime", Seconds(28 * kDay),
            Seconds(28 * kDay), Seconds(2 * kDay), Seconds(8 * 3600)},
    Adapter{"ripestat-country", "ripestat", "country", feeds::Kind::kRipestat,
            "/country-resource-stats/data.json", "sourceapp=faultline&resolution=1h", Paging::kNone,
            "", "", 0, Clock::kIsoPlain, "starttime", "endtime", Seconds(28 * kDay),
            Seconds(28 * kDay), Seconds(2 * kDay), Seconds(3600)},
    Adapter{"ripestat-resources", "ripestat", "resources", feeds::Kind::kRipestat,
            "/country-resource-list/data.json", "sourceapp=faultline&v4_format=prefix",
            Paging::kNone, "", "", 0, Clock::kNone, "", "", Seconds(0), Seconds(0), Seconds(0),
            Seconds(kDay)},
    Adapter{"ooni-incidents", "ooni", "incidents", feeds::Kind::kOoni, "/incidents/search",
            "only_mine=false", Paging::kNone, "", "", 0, Clock::kNone, "", "", Seconds(0),
            Seconds(0), Seconds(0), Seconds(6 * 3600)},
    Adapter{"ooni-aggregation", "ooni", "aggregation", feeds::Kind::kOoni, "/aggregation",
            "axis_x=measurement_start_day&test_name=web_connectivity", Paging::kNone, "", "", 0,
            Clock::kDay, "since", "until", Seconds(28 * kDay), Seconds(28 * kDay),
            Seconds(3 * kDay), Seconds(6 * 3600)},
    // A sheet of the whole, at an address that the user gives.
    Adapter{"stop", "stop", "reports", feeds::Kind::kStop, "", "", Paging::kNone, "", "", 0,
            Clock::kNone, "", "", Seconds(0), Seconds(0), Seconds(0), Seconds(kDay)},
    Adapter{"ris-live", "ris-live", "updates", feeds::Kind::kRisLive, "", "client=faultline",
            Paging::kNone, "", "", 0, Clock::kNone, "", "", Seconds(0), Seconds(0), Seconds(0),
            Seconds(60), true},
};

template <typename List>
auto* find(const List& list, std::string_view name) {
  auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.name == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Provider> providers() { return kProviders; }
std::span<const Adapter> adapters() { return kAdapters; }
const Provider* provider_named(std::string_view name) { return find(kProviders, name); }
const Adapter* adapter_named(std::string_view name) { return find(kAdapters, name); }

}  // namespace ingest::measure
