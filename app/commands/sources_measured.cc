#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands/sources.h"
#include "app/health.h"
#include "ingest/measured.h"
#include "store/model/text.h"

namespace app {
namespace {

using ingest::measure::Question;
using ingest::measure::Wanted;
using model::Errc;
using model::Error;
using model::Result;

bool is_number(const std::string& text) {
  return text.find_first_not_of("0123456789") == std::string::npos;
}

// IODA's code of a region by its name. kInvalid when there is none or more than one.
Result<std::string> region_code(const Wanted& wanted, const Context& context) {
  auto network = context.network();
  if (!network) return network.error();
  auto url = ingest::measure::region_search(wanted);
  auto answer = ingest::get(url, {}, *network);
  if (!answer) return answer.error();
  auto parsed = feeds::outages::parse_ioda(answer->body);
  if (!parsed.refusal.empty()) return Error{Errc::kInvalid, url + ": " + parsed.refusal};
  std::vector<std::string> codes;
  std::string others;
  for (const auto& entity : parsed.entities) {
    if (entity.type != "region") continue;
    bool here = wanted.country.empty() || entity.scope.country == wanted.country;
    if (here && model::fold(entity.name) == model::fold(wanted.region))
      codes.push_back(entity.code);
    others += fmt::format("{}{} {} ({})", others.empty() ? "" : ", ", entity.code, entity.name,
                          entity.scope.country);
  }
  if (codes.size() == 1) return codes[0];
  return Error{
      Errc::kInvalid,
      fmt::format("--region: IODA knows {} “{}”; {}",
                  codes.empty() ? "no region" : "several regions", wanted.region,
                  others.empty() ? "look for it at ioda.inetintel.cc.gatech.edu"
                                 : "give the code of one of " + model::truncate(others, 400))};
}

Result<model::Instant> since_of(const MeasuredSource& given, model::Instant now) {
  if (given.since.empty()) return now - ingest::kFirstRound;
  auto since = parse_moment("--since", given.since);
  if (since && *since > now) return Error{Errc::kInvalid, "--since lies in the future"};
  return since;
}

Result<bool> put(store::Store& store, const model::Poll& poll) {
  auto writer = store.begin();
  if (!writer) return writer.error();
  auto done = (*writer)->put(poll);
  if (!done) return done.error();
  if (auto committed = (*writer)->commit(); !committed) return committed.error();
  return *done == store::Put::kAdded;
}

int add_all(const std::vector<Question>& questions, const MeasuredSource& given, model::Instant now,
            const Context& context) {
  auto since = since_of(given, now);
  if (!since) return bad_usage(since.error().message);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  for (const auto& question : questions) {
    auto poll = ingest::added(question, *since, now);
    poll.groups = given.groups;
    auto added = put(**store, poll);
    if (!added) return fail(added.error());
    fmt::print("{}: {}\n  {}\n", poll.title, *added ? "added" : "polled already", poll.url);
  }
  const auto* provider = ingest::measure::provider_named(given.wanted.provider);
  fmt::print("Terms of {}: {}.\n", provider->title, provider->terms);
  bool keyless = provider->needs_key && context.keys().count(std::string(provider->name)) == 0;
  if (keyless) {
    fmt::print(stderr,
               "faultline: it is not read before its key is given as "
               "FAULTLINE_RADAR_TOKEN, or radar-token in the configuration\n");
  }
  return kDone;
}

}  // namespace

int add_measured(MeasuredSource given, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto& wanted = given.wanted;
  if (wanted.provider == "ioda" && !wanted.region.empty() && !is_number(wanted.region)) {
    auto code = region_code(wanted, context);
    if (!code) return fail(code.error());
    wanted.region = *code;
  }
  auto questions = ingest::measure::questions(wanted);
  if (!questions) return bad_usage(questions.error().message);
  return add_all(*questions, given, *now, context);
}

void add_measured_options(CLI::App& options, MeasuredSource& given) {
  auto& wanted = given.wanted;
  options.add_option("--data", wanted.data, "What of it, as events,alerts; see app/README.md")
      ->delimiter(',')
      ->expected(1)
      ->take_all();
  options.add_option("--country", wanted.country, "Measurements of this country: KP, North Korea");
  options.add_option("--asn", wanted.asn, "Measurements of this network: AS131279");
  options.add_option("--region", wanted.region, "Measurements of this region: IODA's code or name");
  options.add_option("--prefix", wanted.prefix, "Measurements of these addresses: 175.45.176.0/22");
  options.add_option("--since", given.since, "Measurements from this moment on (30 days ago)");
  options.add_option("--base", wanted.base, "Where the provider's API is, or the sheet of stop");
}

}  // namespace app
