#include "correlate/features.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "correlate/link.h"
#include "store/model/text.h"

namespace correlate {
namespace {

using model::MentionKind;

// The name that an entry's mention goes by wherever and in whatever language it stands: of a place
// its country and region.
std::string canonical(const model::Mention& mention) {
  const auto& scope = mention.scope;
  if (mention.kind != MentionKind::kPlace) return mention.name;
  return scope.country.empty() ? mention.name : scope.country + "/" + scope.region;
}

void add_fact(std::string_view fact, Terms& out) { out.push_back({term_id(fact), 1}); }

// Each once, its weight 256 times how often it was there (at most four times).
void put_in_order(Terms& facts) {
  std::sort(facts.begin(), facts.end(), [](const Term& a, const Term& b) { return a.id < b.id; });
  std::size_t kept = 0;
  for (const auto& fact : facts) {
    if (kept > 0 && facts[kept - 1].id == fact.id) {
      facts[kept - 1].weight = std::min(facts[kept - 1].weight + 1, 4);
    } else {
      facts[kept++] = fact;
    }
  }
  facts.resize(kept);
  facts.shrink_to_fit();
  for (auto& fact : facts) fact.weight *= 256;
}

void read_names(const model::Extraction& extraction, Item& item) {
  constexpr std::size_t kMostNames = 40;
  std::set<std::uint32_t> seen;
  for (const auto& mention : extraction.mentions) {
    auto name = canonical(mention);
    if (name.empty()) continue;
    auto id = term_id("@" + model::fold(name));
    item.facts.push_back({id, 1});
    if (item.names.size() >= kMostNames || !seen.insert(id).second) continue;
    item.names.push_back({id, mention.kind, mention.name});
  }
}

// Lengths, starts and ends that it states, and the days it names.
void read_figures(const model::Extraction& extraction, Terms& out) {
  for (const auto& claim : extraction.claims) {
    bool figure = claim.kind == model::ClaimKind::kDuration ||
                  claim.kind == model::ClaimKind::kStart || claim.kind == model::ClaimKind::kEnd;
    if (!figure) continue;
    auto value = claim.interval ? model::to_iso(claim.interval->from) : claim.value;
    add_fact(fmt::format("#{} {}", to_string(claim.kind), value), out);
  }
  constexpr model::Seconds kDay{86400};
  for (const auto& time : extraction.times) {
    bool day = time.interval && time.interval->to - time.interval->from <= kDay;
    if (day) add_fact("#day " + model::to_iso(time.interval->from).substr(0, 10), out);
  }
}

// Agencies whose reports others print. As they stand in a dateline or a byline.
constexpr std::array<std::string_view, 22> kAgencies = {"Reuters",
                                                        "AP",
                                                        "Associated Press",
                                                        "AFP",
                                                        "Agence France-Presse",
                                                        "dpa",
                                                        "EFE",
                                                        "TASS",
                                                        "Interfax",
                                                        "ANSA",
                                                        "Kyodo",
                                                        "Xinhua",
                                                        "Yonhap",
                                                        "KCNA",
                                                        "PTI",
                                                        "IANS",
                                                        "ANI",
                                                        "Bloomberg",
                                                        "UPI",
                                                        "Anadolu",
                                                        "ITAR-TASS",
                                                        "RIA Novosti"};

bool is_agency(std::string_view name) {
  return std::find(kAgencies.begin(), kAgencies.end(), name) != kAgencies.end();
}

// "PYONGYANG, Dec 23 (Reuters) - …", "(AP) — …" in the first line.
std::string_view dateline(std::string_view body) {
  constexpr std::size_t kFirst = 160;
  auto begin = body.substr(0, kFirst);
  for (auto open = begin.find('('); open != std::string_view::npos;
       open = begin.find('(', open + 1)) {
    auto close = begin.find(')', open);
    if (close == std::string_view::npos) break;
    for (auto agency : kAgencies) {
      if (begin.substr(open + 1, close - open - 1) == agency) return agency;
    }
  }
  return {};
}

std::string_view host_of(std::string_view url) {
  auto at = url.find("://");
  if (at == std::string_view::npos) return {};
  url.remove_prefix(at + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (url.starts_with("www.")) url.remove_prefix(4);
  return url;
}

bool of_outage(model::Happening happening) {
  using model::Happening;
  return happening == Happening::kOutage || happening == Happening::kOutageStart ||
         happening == Happening::kOutageEnd || happening == Happening::kRelapse;
}

// Countries that the title names, sorted.
std::vector<std::string> places_of(const model::Revision& revision,
                                   const model::Extraction& extraction) {
  std::set<std::string> out;
  auto length = model::code_points(revision.title);
  for (const auto& mention : extraction.mentions) {
    bool in_title = mention.span.begin < length && !mention.scope.country.empty();
    if (in_title && mention.kind == MentionKind::kPlace) out.insert(mention.scope.country);
  }
  return {out.begin(), out.end()};
}

}  // namespace

std::string main_language(std::string_view tag) {
  return model::fold(tag.substr(0, tag.find_first_of("-_")));
}

std::string origin_of(const model::Revision& revision, const model::Extraction& extraction) {
  if (auto agency = dateline(revision.body); !agency.empty()) return std::string(agency);
  for (const auto& author : revision.authors) {
    if (is_agency(author)) return author;
  }
  if (of_outage(extraction.happening)) {
    for (const auto& mention : extraction.mentions) {
      if (mention.kind == MentionKind::kMeasurer) return mention.name;
    }
  }
  if (!revision.publisher.empty()) return model::fold(revision.publisher);
  return std::string(host_of(revision.canonical_url));
}

Item item_of(const model::Revision& revision, const model::Extraction& extraction,
             const std::vector<model::Link>& links, model::Instant learned) {
  Item item;
  auto anchor = model::anchor_of(revision);
  bool read = !extraction.entry_id.empty();  // unless that pass was left out
  item.entry_id = revision.entry_id;
  item.title = revision.title;
  item.language = main_language(read ? extraction.language : revision.language);
  item.published = anchor.at;
  item.coarse = !revision.published || anchor.precision >= model::Precision::kDay;
  item.learned = learned;
  item.happening = extraction.happening;
  item.happened = read ? extraction.happened.at : item.published;
  item.words = count_terms(revision.title, revision.body);
  read_names(extraction, item);
  read_figures(extraction, item.facts);
  put_in_order(item.facts);
  item.references = references_in(revision.title, revision.body);
  for (const auto& link : links) {
    if (link.probability >= kSaidFrom) item.outages.push_back(link.outage_id);
  }
  if (item.outages.empty() && of_outage(item.happening)) {
    item.places = places_of(revision, extraction);
  }
  item.sketch = sketch_of(revision.title, revision.body, revision.canonical_url);
  item.origin = origin_of(revision, extraction);
  return item;
}

}  // namespace correlate
