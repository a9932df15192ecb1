#include "app/bgp.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <variant>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/context.h"
#include "feeds/outages/delegated/delegations.h"
#include "feeds/outages/mrt/record.h"
#include "feeds/outages/mrt/routes.h"
#include "feeds/parse.h"
#include "ingest/read.h"
#include "ingest/unpack/file.h"
#include "ingest/visibility/told.h"

namespace app {
namespace {

using feeds::outages::delegated::Delegations;
using model::Errc;
using model::Error;

std::optional<std::uint32_t> as_number(std::string text) {
  if (text.starts_with("AS") || text.starts_with("as")) text = text.substr(2);
  std::uint32_t out = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

// "rrc00" or "route-views.jinx" where a folder or the file is named so, as in the archives.
std::string collector_of(const std::string& path) {
  for (const auto& part : std::filesystem::path(path)) {
    auto name = part.string();
    if (name.starts_with("rrc") && name.size() >= 5) return name.substr(0, 5);
    if (name.starts_with("route-views")) {
      auto end = name.find(".updates");
      return name.substr(0, std::min({end, name.find(".rib"), name.size()}));
    }
  }
  return "";
}

model::Result<ingest::visibility::Options> options_of(const BgpOptions& given) {
  ingest::visibility::Options out;
  for (const auto& text : given.prefixes) {
    auto prefix = model::parse_prefix(text);
    if (!prefix) return Error{Errc::kInvalid, "--prefix: " + text + " is no network"};
    out.prefixes.push_back(*prefix);
  }
  for (const auto& text : given.ases) {
    auto as = as_number(text);
    if (!as) return Error{Errc::kInvalid, "--as: " + text + " is no AS number"};
    out.ases.push_back(*as);
  }
  out.countries = given.countries;
  out.every_country = given.every_country;
  out.every_as = given.every_as;
  out.step = model::Seconds{given.step};
  out.longest_silence = model::Seconds{given.longest_silence};
  out.least_peers = given.least_peers;
  bool none = out.prefixes.empty() && out.ases.empty() && out.countries.empty() &&
              !out.every_country && !out.every_as;
  if (none) {
    return Error{Errc::kInvalid,
                 "of what? Give --prefix, --as, --country, --every-as or --every-country"};
  }
  bool countries = !out.countries.empty() || out.every_country;
  if (countries && given.delegated.empty()) {
    return Error{Errc::kInvalid,
                 "which networks are a country's stands in the registries' files; give them with "
                 "--delegated"};
  }
  return out;
}

// What RIPEstat lists as a country's resources, in the registries' format.
std::string as_delegated(const feeds::outages::Resources& resources) {
  std::string out;
  for (auto as : resources.asns) {
    out += fmt::format("ripestat|{}|asn|{}|1||allocated\n", resources.country, as);
  }
  for (const auto& prefix : resources.prefixes) {
    model::Address first{prefix.octets, prefix.v6};
    auto size = prefix.v6 ? std::uint64_t{prefix.bits} : std::uint64_t{1} << (32U - prefix.bits);
    out += fmt::format("ripestat|{}|{}|{}|{}||allocated\n", resources.country,
                       prefix.v6 ? "ipv6" : "ipv4", model::to_string(first), size);
  }
  return out;
}

// The registries' files, or RIPEstat's country-resource-list.
model::Result<Delegations> read_delegated(const std::vector<std::string>& files) {
  Delegations out;
  for (const auto& path : files) {
    auto input = ingest::read(path);
    if (!input) return input.error();
    std::vector<model::Warning> warnings;
    if (auto kind = feeds::detect(input->bytes, ""); kind && *kind == feeds::Kind::kRipestat) {
      auto parsed = feeds::outages::parse_ripestat(input->bytes);
      warnings = std::move(parsed.warnings);
      for (const auto& one : parsed.resources) out.add(as_delegated(one), warnings);
    } else {
      out.add(input->bytes, warnings);
    }
    for (const auto& warning : warnings) warn(path, warning);
  }
  return out;
}

using Take = std::function<model::Status(const model::RouteChange&)>;

model::Status read_dump(const std::string& path, const std::string& collector, const Take& take) {
  namespace mrt = feeds::outages::mrt;
  auto file = ingest::unpack::open(path);
  if (!file) return file.error();
  mrt::Notes notes;
  mrt::RecordReader reader([&file](char* to, std::size_t size) { return (*file)->read(to, size); },
                           notes);
  mrt::RouteReader routes(collector.empty() ? collector_of(path) : collector, notes);
  model::Status done;
  for (mrt::Record record; done && reader.next(record);) {
    routes.read(record, [&](const auto& change) {
      if (done) done = take(change);
    });
  }
  for (const auto& warning : notes.warnings()) warn(path, warning);
  if (const auto& error = (*file)->error()) warn(path, {"", error->message});
  return done;
}

// A stream of RIS Live, or an answer of RIPEstat.
model::Status read_document(const std::string& path, const Take& take) {
  auto input = ingest::read(path);
  if (!input) return input.error();
  auto kind = feeds::detect(input->bytes, input->url);
  bool has_routes = kind && (*kind == feeds::Kind::kRisLive || *kind == feeds::Kind::kRipestat);
  if (!has_routes) {
    return Error{Errc::kInvalid, path +
                                     ": is no BGP dump, no stream of RIS Live and no answer of "
                                     "RIPEstat's bgp-updates"};
  }
  auto parsed = std::get<feeds::outages::Parsed>(feeds::parse(input->bytes, *kind, {}));
  for (const auto& warning : parsed.warnings) warn(path, warning);
  for (const auto& change : parsed.routes) {
    if (auto done = take(change); !done) return done;
  }
  return {};
}

model::Status read_routes(const std::string& path, const std::string& collector, const Take& take) {
  return path == "-" || is_mrt(path) ? read_dump(path, collector, take) : read_document(path, take);
}

void tell(const ingest::visibility::Visibility& visibility) {
  auto counts = visibility.counts();
  fmt::print(stderr, "{} changes of routes to {} networks by {} peers; {} sessions lost, {} gaps",
             counts.changes, visibility.networks(), visibility.peers(), counts.sessions_lost,
             counts.gaps);
  if (counts.late > 0) fmt::print(stderr, "; {} came late", counts.late);
  if (counts.strange > 0) fmt::print(stderr, "; {} of impossible times left out", counts.strange);
  if (counts.dropped > 0) fmt::print(stderr, "; {} too many, left out", counts.dropped);
  fmt::print(stderr, "\n");
}

// From tables and what changes them.
model::Result<std::vector<model::Signal>> of_tables(const std::vector<std::string>& files,
                                                    const std::string& collector,
                                                    ingest::visibility::Visibility visibility) {
  for (const auto& path : files) {
    auto done = read_routes(path, collector, [&](const auto& change) -> model::Status {
      visibility.add(change);
      return {};
    });
    if (!done) return done.error();
  }
  auto signals = visibility.finish();
  tell(visibility);
  return signals;
}

// From what peers tell of a few networks: all of it is held at once.
model::Result<std::vector<model::Signal>> of_tellings(
    const std::vector<std::string>& files, const std::string& collector,
    const ingest::visibility::Options& options, const ingest::visibility::Countries& countries) {
  constexpr std::size_t kMost = 5'000'000;
  std::vector<model::RouteChange> changes;
  for (const auto& path : files) {
    auto done = read_routes(path, collector, [&](const auto& change) -> model::Status {
      if (changes.size() >= kMost) {
        return Error{Errc::kInvalid,
                     fmt::format("{}: more than {} changes of routes without tables; read tables "
                                 "first, without --every-peer",
                                 path, kMost)};
      }
      changes.push_back(change);
      return {};
    });
    if (!done) return done.error();
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  fmt::print(stderr, "{} changes of routes, no tables\n", changes.size());
  return ingest::visibility::told(changes, 0, options, countries);
}

}  // namespace

void add_bgp_options(CLI::App& options, BgpOptions& given) {
  options.add_option("--prefix", given.prefixes, "Networks, each with those inside it")
      ->allow_extra_args(false);
  options.add_option("--as", given.ases, "ASes: the networks that they originate")
      ->allow_extra_args(false);
  options.add_option("--country", given.countries, "Countries (ISO 3166-1 alpha-2)")
      ->allow_extra_args(false);
  options.add_flag("--every-as", given.every_as, "Every AS that originates a network");
  options.add_flag("--every-country", given.every_country, "Every country");
  options
      .add_option("--delegated", given.delegated,
                  "The registries' delegated-extended files, or RIPEstat's country-resource-list: "
                  "which numbers are whose")
      ->allow_extra_args(false);
  options.add_option("--collector", given.collector, "Its name, where the path does not say it");
  options.add_option("--step", given.step, "Seconds between samples (300)")
      ->check(CLI::Range(1L, 86400L));
  options.add_option("--least-peers", given.least_peers,
                     "No sample where fewer peers with a full table are heard (2)");
  options
      .add_option("--longest-silence", given.longest_silence,
                  "Seconds without any message after which nothing was seen (1800); 0: none")
      ->check(CLI::Range(0L, 31622400L));
  options.add_flag("--every-peer", given.every_peer,
                   "There are no tables: count the peers that tell of a network (the rule for "
                   "RIS Live and RIPEstat)");
}

bool is_mrt(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) return false;
  auto file = ingest::unpack::open(path);
  if (!file) return false;
  constexpr std::size_t kSome = 4096;
  std::string begin(kSome, '\0');
  begin.resize((*file)->read(begin.data(), kSome));
  return feeds::outages::mrt::begins_as_mrt(begin);
}

model::Result<std::vector<model::Signal>> visibility_of(const std::vector<std::string>& files,
                                                        const BgpOptions& given) {
  auto options = options_of(given);
  if (!options) return options.error();
  auto delegations = read_delegated(given.delegated);
  if (!delegations) return delegations.error();
  if (!given.collector.empty()) options->source = "BGP " + given.collector;
  ingest::visibility::Countries countries;
  countries.of_as = [&](std::uint32_t as) { return delegations->country_of_as(as); };
  countries.of_prefix = [&](const model::Prefix& prefix) {
    return delegations->country_of(prefix);
  };
  bool documents = std::any_of(files.begin(), files.end(), [](const auto& path) {
    return path != "-" && !is_mrt(path) && std::filesystem::exists(path);
  });
  if (given.every_peer || documents) {
    return of_tellings(files, given.collector, *options, countries);
  }
  return of_tables(files, given.collector, {*options, countries});
}

std::string to_json_line(const model::Signal& signal) {
  boost::json::object scope;
  if (!signal.scope.country.empty()) scope["country"] = signal.scope.country;
  if (signal.scope.asn) scope["asn"] = *signal.scope.asn;
  if (!signal.scope.prefix.empty()) scope["prefix"] = signal.scope.prefix;
  auto out = fmt::format(
      R"({{"scope":{},"source":{},"kind":"{}","unit":"{}","step":{},"from":"{}","values":[)",
      boost::json::serialize(scope), boost::json::serialize(boost::json::string(signal.source)),
      signal.kind, signal.unit, signal.step.count(), model::to_iso(signal.from));
  for (const auto& value : signal.values) {
    if (out.back() != '[') out += ',';
    out += value ? fmt::format("{}", *value) : "null";
  }
  return out + "]}";
}

}  // namespace app
