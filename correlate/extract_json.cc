#include "correlate/extract_json.h"

#include <cmath>
#include <map>
#include <utility>

#include <boost/json.hpp>

#include "correlate/extract/language.h"
#include "store/model/text.h"

namespace correlate {
namespace {

namespace json = boost::json;

json::object span_json(const model::Span& span) {
  return {{"span", span.text}, {"begin", span.begin}, {"end", span.end}};
}

void put_interval(json::object& out, const std::optional<model::Interval>& interval) {
  if (!interval) return;
  out["from"] = model::to_iso(interval->from);
  out["to"] = model::to_iso(interval->to);
}

void put_stretch(json::object& out, std::string_view key,
                 const std::optional<model::Interval>& stretch) {
  if (!stretch) return;
  out[key] =
      json::object{{"from", model::to_iso(stretch->from)}, {"to", model::to_iso(stretch->to)}};
}

void put_if(json::object& out, std::string_view key, const std::string& value) {
  if (!value.empty()) out[key] = value;
}

json::object time_json(const model::Timex& time) {
  json::object out = span_json(time.span);
  out["type"] = model::to_string(time.type);
  out["value"] = time.value;
  put_if(out, "mod", time.mod);
  put_if(out, "zone", time.zone);
  put_interval(out, time.interval);
  put_if(out, "granularity", time.granularity);
  if (time.edge != model::TimexEdge::kNone) {
    out["edge"] = time.edge == model::TimexEdge::kFrom ? "from" : "until";
  }
  put_stretch(out, "extent", time.extent);
  put_stretch(out, "other", time.other);
  put_if(out, "rule", time.rule);
  return out;
}

json::object mention_json(const model::Mention& mention) {
  json::object out = span_json(mention.span);
  put_if(out, "name", mention.name);
  put_if(out, "country", mention.scope.country);
  put_if(out, "region", mention.scope.region);
  if (mention.scope.asn) out["asn"] = *mention.scope.asn;
  put_if(out, "prefix", mention.scope.prefix);
  put_if(out, "ref", mention.ref);
  if (mention.latitude && mention.longitude) {
    constexpr double kParts = 1e4;  // ten metres
    out["latitude"] = std::round(*mention.latitude * kParts) / kParts;
    out["longitude"] = std::round(*mention.longitude * kParts) / kParts;
  }
  return out;
}

json::object claim_json(const model::Claim& claim) {
  json::object out = span_json(claim.span);
  out["kind"] = model::to_string(claim.kind);
  out["value"] = claim.value;
  put_if(out, "mod", claim.mod);
  put_if(out, "zone", claim.zone);
  put_interval(out, claim.interval);
  out["countries"] = json::array(claim.countries.begin(), claim.countries.end());
  put_if(out, "speaker", claim.speaker);
  if (!claim.via.empty()) out["via"] = json::array(claim.via.begin(), claim.via.end());
  out["voice"] = model::to_string(claim.voice);
  if (claim.hedged) out["hedged"] = true;
  put_if(out, "hedge", claim.hedge);
  if (claim.denied) out["denied"] = true;
  if (claim.ongoing) out["ongoing"] = true;
  put_if(out, "tense", std::string(model::to_string(claim.tense)));
  put_if(out, "basis", claim.basis);
  if (claim.amount) out["amount"] = *claim.amount;
  put_if(out, "unit", claim.unit);
  out["sentence"] = claim.sentence.text;
  return out;
}

// The kind on the list of the founding case: breach, leak, threat, cancellation, attribution,
// statement, outage-start, outage-end, relapse, sanctions, other.
std::string_view listed_kind(model::Happening kind) {
  using model::Happening;
  switch (kind) {
    case Happening::kDenial:
      return to_string(Happening::kStatement);
    case Happening::kOutage:
      return to_string(Happening::kOutageStart);
    case Happening::kRelease:
    case Happening::kAttack:
      return to_string(Happening::kOther);
    default:
      return to_string(kind);
  }
}

json::object event_json(const model::Extraction& extraction) {
  constexpr double kHundredths = 100;
  const auto& words = extraction.happening_words;
  double rounded = std::round(extraction.happening_confidence * kHundredths) / kHundredths;
  return {{"type", listed_kind(extraction.happening)},
          {"confidence", rounded},
          {"words", json::array(words.begin(), words.end())}};
}

json::object happened_json(const model::Extraction& extraction) {
  json::object out{{"at", model::to_iso(extraction.happened.at, extraction.happened.precision)}};
  if (extraction.happened_span) out["span"] = extraction.happened_span->text;
  return out;
}

// A relapse is a start.
std::string_view coarse_kind(model::Happening kind) {
  return to_string(kind == model::Happening::kRelapse ? model::Happening::kOutageStart : kind);
}

// Under which name mentions of a kind are listed.
constexpr std::pair<model::MentionKind, std::string_view> kLists[] = {
    {model::MentionKind::kName, "names"},
    {model::MentionKind::kActor, "actors"},
    {model::MentionKind::kMalware, "malware"},
    {model::MentionKind::kOrganisation, "organisations"},
    {model::MentionKind::kPerson, "people"},
    {model::MentionKind::kWork, "works"},
    {model::MentionKind::kNetwork, "networks"},
    {model::MentionKind::kMeasurer, "measurers"},
    {model::MentionKind::kCable, "cables"},
    {model::MentionKind::kExchange, "exchanges"}};

std::string_view list_of(model::MentionKind kind) {
  for (auto [known, name] : kLists) {
    if (known == kind) return name;
  }
  return "names";
}

std::string string_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string(*text) : std::string();
}

}  // namespace

std::string extraction_json(const std::string& id, const Article& article,
                            const model::Extraction& extraction) {
  json::array times;
  for (const auto& time : extraction.times) times.push_back(time_json(time));
  json::array places;
  std::map<std::string_view, json::array> others;
  for (auto [kind, name] : kLists) others[name];
  for (const auto& mention : extraction.mentions) {
    using model::MentionKind;
    bool place = mention.kind == MentionKind::kPlace;
    auto& list = place ? places : others[list_of(mention.kind)];
    list.push_back(mention_json(mention));
    // Who names an operator speaks of its country.
    bool of_country = mention.kind == MentionKind::kNetwork && !mention.scope.country.empty();
    if (!of_country) continue;
    places.push_back(mention_json(mention));
    places.back().as_object()["by"] = "operator";
  }
  // Who names no place speaks of home.
  std::string home = places.empty() ? extraction::main_country(extraction.language) : "";
  if (!home.empty()) places.push_back(json::object{{"country", home}, {"by", "language"}});
  json::array claims;
  for (const auto& claim : extraction.claims) claims.push_back(claim_json(claim));
  json::object out{{"id", id},
                   {"lang", extraction.language},
                   {"times", std::move(times)},
                   {"places", std::move(places)},
                   {"names", std::move(others["names"])},
                   {"actors", std::move(others["actors"])},
                   {"malware", std::move(others["malware"])},
                   {"organisations", std::move(others["organisations"])},
                   {"people", std::move(others["people"])},
                   {"works", std::move(others["works"])},
                   {"networks", std::move(others["networks"])},
                   {"measurers", std::move(others["measurers"])},
                   {"cables", std::move(others["cables"])},
                   {"exchanges", std::move(others["exchanges"])},
                   {"claims", std::move(claims)},
                   {"happening", coarse_kind(extraction.happening)},
                   {"event", event_json(extraction)},
                   {"outage_score", extraction.outage_score}};
  if (article.anchor.at != model::Instant::min()) out["happened"] = happened_json(extraction);
  return json::serialize(out);
}

model::Result<Article> article_from_json(std::string_view line) {
  boost::system::error_code failure;
  json::value value = json::parse({line.data(), line.size()}, failure);
  const json::object* object = failure ? nullptr : value.if_object();
  if (object == nullptr)
    return model::Error{model::Errc::kInvalid, "The line is not a JSON object."};
  Article article;
  article.id = string_at(*object, "id");
  article.text = model::repair_utf8(string_at(*object, "text"));
  article.language = string_at(*object, "lang");
  article.home = home_country(article.language, string_at(*object, "url"));
  std::string title = model::repair_utf8(string_at(*object, "title"));
  if (!title.empty()) {
    article.title_length = model::code_points(title);
    article.text = article.text.empty() ? title : title + "\n\n" + article.text;
  }
  article.anchor.at = model::Instant::min();
  std::string anchor = string_at(*object, "anchor");
  if (anchor.empty()) return article;
  auto parsed = model::parse_iso(anchor);
  // A day with a clock time that cannot be, such as "1990-08-16T20:41000Z": the day is known.
  constexpr std::size_t kDate = 10;
  if (!parsed && anchor.size() > kDate) parsed = model::parse_iso(anchor.substr(0, kDate));
  if (!parsed) {
    return model::Error{model::Errc::kInvalid,
                        "The anchor \"" + anchor + "\" is not an ISO 8601 time."};
  }
  article.anchor = *parsed;
  return article;
}

}  // namespace correlate
