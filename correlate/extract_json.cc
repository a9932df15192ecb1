#include "correlate/extract_json.h"

#include <boost/json.hpp>

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
  if (claim.hedged) out["hedged"] = true;
  if (claim.denied) out["denied"] = true;
  if (claim.ongoing) out["ongoing"] = true;
  out["sentence"] = claim.sentence.text;
  return out;
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
  json::array names;
  json::array networks;
  for (const auto& mention : extraction.mentions) {
    auto& list = mention.kind == model::MentionKind::kPlace  ? places
                 : mention.kind == model::MentionKind::kName ? names
                                                             : networks;
    list.push_back(mention_json(mention));
  }
  json::array claims;
  for (const auto& claim : extraction.claims) claims.push_back(claim_json(claim));
  json::object happened{
      {"at", model::to_iso(extraction.happened.at, extraction.happened.precision)}};
  if (extraction.happened_span) happened["span"] = extraction.happened_span->text;
  json::object out{{"id", id},
                   {"lang", extraction.language},
                   {"times", std::move(times)},
                   {"places", std::move(places)},
                   {"names", std::move(names)},
                   {"networks", std::move(networks)},
                   {"claims", std::move(claims)},
                   {"happening", model::to_string(extraction.happening)},
                   {"outage_score", extraction.outage_score}};
  if (article.anchor.at != model::Instant::min()) out["happened"] = std::move(happened);
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
