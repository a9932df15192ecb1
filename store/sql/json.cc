#include "store/sql/json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace store::sql {
namespace {

namespace json = boost::json;
using model::Instant;
using model::Seconds;

// Null when it is no JSON.
json::value parsed(std::string_view text, json::storage_ptr memory) {
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // what came in is kept as it came
  json::error_code failure;
  return json::parse({text.data(), text.size()}, failure, std::move(memory), options);
}

// Strings and numbers of an object of ours. A missing member throws, which the readers catch.
std::string text(const json::object& o, const char* name) {
  return std::string(o.at(name).as_string());
}
template <typename T = std::int64_t>
T number(const json::object& o, const char* name) {
  return o.at(name).to_number<T>();
}

json::value when(const std::optional<Instant>& at) {
  return at ? json::value(at->time_since_epoch().count()) : json::value();
}
std::optional<Instant> when(const json::object& o, const char* name) {
  const auto& value = o.at(name);
  if (value.is_null()) return std::nullopt;
  return Instant(Seconds(value.to_number<std::int64_t>()));
}

json::object write(const model::Span& s) {
  return {{"begin", s.begin}, {"end", s.end}, {"text", s.text}};
}
void read(const json::value& v, model::Span& s) {
  const auto& o = v.as_object();
  s = {number<std::size_t>(o, "begin"), number<std::size_t>(o, "end"), text(o, "text")};
}

json::object write(const model::Timex& t) {
  json::object o{{"span", write(t.span)},
                 {"type", static_cast<int>(t.type)},
                 {"value", t.value},
                 {"mod", t.mod},
                 {"zone", t.zone}};
  if (t.interval) {
    o["from"] = when(t.interval->from);
    o["to"] = when(t.interval->to);
  }
  if (!t.granularity.empty()) o["granularity"] = t.granularity;
  if (!t.rule.empty()) o["rule"] = t.rule;
  if (t.edge != model::TimexEdge::kNone) o["edge"] = static_cast<int>(t.edge);
  if (t.extent) o["extent"] = {when(t.extent->from), when(t.extent->to)};
  if (t.other) o["other"] = {when(t.other->from), when(t.other->to)};
  return o;
}
std::optional<model::Interval> stretch(const json::object& o, std::string_view name) {
  const auto* both = o.if_contains(name);
  if (both == nullptr || !both->is_array() || both->get_array().size() != 2) return std::nullopt;
  auto at = [&](std::size_t i) { return Instant(Seconds(both->at(i).to_number<std::int64_t>())); };
  return model::Interval{at(0), at(1)};
}
void read(const json::value& v, model::Timex& t) {
  const auto& o = v.as_object();
  read(o.at("span"), t.span);
  t.type = static_cast<model::TimexType>(number(o, "type"));
  t.value = text(o, "value");
  t.mod = text(o, "mod");
  t.zone = text(o, "zone");
  if (o.contains("from")) t.interval = {when(o, "from").value(), when(o, "to").value()};
  if (o.contains("granularity")) t.granularity = text(o, "granularity");
  if (o.contains("rule")) t.rule = text(o, "rule");
  if (o.contains("edge")) t.edge = static_cast<model::TimexEdge>(number(o, "edge"));
  t.extent = stretch(o, "extent");
  t.other = stretch(o, "other");
}

json::object write(const model::Mention& m) {
  json::object o{{"kind", static_cast<int>(m.kind)}, {"span", write(m.span)},
                 {"country", m.scope.country},       {"region", m.scope.region},
                 {"prefix", m.scope.prefix},         {"name", m.name}};
  if (m.scope.asn) o["asn"] = *m.scope.asn;
  if (!m.ref.empty()) o["ref"] = m.ref;
  if (m.latitude && m.longitude) {
    o["latitude"] = *m.latitude;
    o["longitude"] = *m.longitude;
  }
  return o;
}
void read(const json::value& v, model::Mention& m) {
  const auto& o = v.as_object();
  m.kind = static_cast<model::MentionKind>(number(o, "kind"));
  read(o.at("span"), m.span);
  m.scope = {text(o, "country"), text(o, "region"), std::nullopt, text(o, "prefix")};
  if (o.contains("asn")) m.scope.asn = number<std::uint32_t>(o, "asn");
  m.name = text(o, "name");
  if (o.contains("ref")) m.ref = text(o, "ref");
  if (o.contains("latitude")) m.latitude = number<double>(o, "latitude");
  if (o.contains("longitude")) m.longitude = number<double>(o, "longitude");
}

json::object write(const model::Scope& s) {
  json::object out{{"country", s.country}, {"region", s.region}, {"prefix", s.prefix}};
  if (s.asn) out["asn"] = *s.asn;
  return out;
}
void read(const json::value& v, model::Scope& s) {
  const auto& o = v.as_object();
  s = {text(o, "country"), text(o, "region"), std::nullopt, text(o, "prefix")};
  if (const auto* asn = o.if_contains("asn")) s.asn = asn->to_number<std::uint32_t>();
}

json::object write(const model::Measurement& m) {
  json::object out{{"source", m.source},
                   {"value", m.value},
                   {"url", m.url},
                   {"start", when(m.start)},
                   {"end", when(m.end)}};
  // Only what was fused rests on records.
  if (m.record_id.empty()) return out;
  out["record"] = m.record_id;
  out["number"] = m.record_number;
  out["scope"] = write(m.scope);
  if (m.depth) out["depth"] = *m.depth;
  out["basis"] = static_cast<int>(m.basis);
  return out;
}
void read(const json::value& v, model::Measurement& m) {
  const auto& o = v.as_object();
  m = {text(o, "source"), text(o, "value"), text(o, "url"), when(o, "start"), when(o, "end")};
  const auto* record = o.if_contains("record");
  if (record == nullptr) return;
  m.record_id = std::string(record->as_string());
  m.record_number = o.at("number").to_number<int>();
  read(o.at("scope"), m.scope);
  if (const auto* depth = o.if_contains("depth")) m.depth = depth->to_number<double>();
  m.basis = static_cast<model::Basis>(o.at("basis").to_number<int>());
}

json::value write(const std::string& s) { return json::value(s); }
void read(const json::value& v, std::string& s) { s = std::string(v.as_string()); }

json::object write(const model::Strand& s) {
  return {{"kind", s.kind},
          {"title", s.title},
          {"stories", json::array(s.story_ids.begin(), s.story_ids.end())},
          {"outages", json::array(s.outage_ids.begin(), s.outage_ids.end())}};
}
void read_strings(const json::value& v, std::vector<std::string>& list) {
  for (const auto& item : v.as_array()) list.emplace_back(item.as_string());
}
void read(const json::value& v, model::Strand& s) {
  const auto& o = v.as_object();
  s.kind = text(o, "kind");
  s.title = text(o, "title");
  read_strings(o.at("stories"), s.story_ids);
  read_strings(o.at("outages"), s.outage_ids);
}

json::object write(const model::Tie& t) {
  return {{"from", t.from}, {"to", t.to}, {"kind", t.kind}, {"bits", t.bits}, {"text", t.text}};
}
void read(const json::value& v, model::Tie& t) {
  const auto& o = v.as_object();
  t = {text(o, "from"), text(o, "to"), text(o, "kind"), number<double>(o, "bits"), text(o, "text")};
}

json::object write(const model::Quoted& q) { return {{"text", q.text}, {"entry", q.entry_id}}; }
void read(const json::value& v, model::Quoted& q) {
  const auto& o = v.as_object();
  q = {text(o, "text"), text(o, "entry")};
}

template <typename T>
json::array write_all(const std::vector<T>& list) {
  json::array out;
  out.reserve(list.size());
  for (const auto& item : list) out.emplace_back(write(item));
  return out;
}
template <typename T>
void read_all(const json::value& v, std::vector<T>& list) {
  list.clear();
  for (const auto& item : v.as_array()) read(item, list.emplace_back());
}

// Boost.JSON's accessors throw; here that means damage, which is a value. What is parsed is thrown
// away as a whole.
template <typename Read>
bool guarded(std::string_view text, Read read_from) {
  constexpr std::size_t kUsual = 8192;
  std::array<unsigned char, kUsual> first;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  json::monotonic_resource memory(first.data(), first.size());
  try {
    read_from(parsed(text, &memory));
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

std::string json_of(const std::vector<std::string>& list) {
  return json::serialize(write_all(list));
}
bool from_json(std::string_view text, std::vector<std::string>& list) {
  return guarded(text, [&](const json::value& v) { read_all(v, list); });
}

std::string json_of(const std::vector<model::Hypothesis>& hypotheses) {
  json::array out;
  for (const auto& one : hypotheses) {
    auto id = one.outage_id.empty() ? json::value() : json::value(one.outage_id);
    out.push_back(json::array{std::move(id), one.share});
  }
  return json::serialize(out);
}
bool from_json(std::string_view text, std::vector<model::Hypothesis>& hypotheses) {
  return guarded(text, [&](const json::value& list) {
    hypotheses.clear();
    for (const auto& value : list.as_array()) {
      const auto& id = value.as_array().at(0);
      // To four places again, as they were written: see the next but one.
      double share = std::round(value.as_array().at(1).to_number<double>() * 1e4) / 1e4;
      hypotheses.push_back({id.is_null() ? "" : std::string(id.as_string()), share});
    }
  });
}

std::string json_of(const std::vector<model::Measurement>& measurements) {
  return json::serialize(write_all(measurements));
}
bool from_json(std::string_view text, std::vector<model::Measurement>& measurements) {
  return guarded(text, [&](const json::value& v) { read_all(v, measurements); });
}

// By hand: Boost.JSON 1.81 reads decimal fractions up to one unit in the last place off.
bool from_json(std::string_view text, std::vector<std::optional<double>>& samples) {
  samples.clear();
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return false;
  text = text.substr(1, text.size() - 2);
  while (!text.empty()) {
    auto item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), item.size() + 1));
    if (item == "null") {
      samples.emplace_back();
      continue;
    }
    double number = 0;
    auto [end, failure] = std::from_chars(item.data(), item.data() + item.size(), number);
    if (failure != std::errc() || end != item.data() + item.size()) return false;
    samples.emplace_back(number);
  }
  return true;
}

std::string json_of_detail(const model::Claim& c) {
  json::object o;
  if (c.voice != model::Voice::kOwn) o["voice"] = static_cast<int>(c.voice);
  if (!c.via.empty()) o["via"] = write_all(c.via);
  if (!c.hedge.empty()) o["hedge"] = c.hedge;
  if (c.tense != model::Tense::kNone) o["tense"] = static_cast<int>(c.tense);
  if (!c.basis.empty()) o["basis"] = c.basis;
  if (c.amount) o["amount"] = *c.amount;
  if (!c.unit.empty()) o["unit"] = c.unit;
  return json::serialize(o);
}

bool detail_from_json(std::string_view in, model::Claim& c) {
  return guarded(in, [&](const json::value& v) {
    const auto& o = v.as_object();
    if (o.contains("voice")) c.voice = static_cast<model::Voice>(number(o, "voice"));
    if (o.contains("via")) read_all(o.at("via"), c.via);
    if (o.contains("hedge")) c.hedge = text(o, "hedge");
    if (o.contains("tense")) c.tense = static_cast<model::Tense>(number(o, "tense"));
    if (o.contains("basis")) c.basis = text(o, "basis");
    if (o.contains("amount")) c.amount = number<double>(o, "amount");
    if (o.contains("unit")) c.unit = text(o, "unit");
  });
}

std::string json_of_found(const model::Extraction& e) {
  json::object o{{"times", write_all(e.times)},
                 {"mentions", write_all(e.mentions)},
                 {"outage_words", write_all(e.outage_words)}};
  if (e.happened_span) o["happened_span"] = write(*e.happened_span);
  o["confidence"] = e.happening_confidence;
  o["decided"] = write_all(e.happening_words);
  return json::serialize(o);
}

bool found_from_json(std::string_view text, model::Extraction& e) {
  return guarded(text, [&](const json::value& v) {
    const auto& o = v.as_object();
    read_all(o.at("times"), e.times);
    read_all(o.at("mentions"), e.mentions);
    read_all(o.at("outage_words"), e.outage_words);
    if (o.contains("happened_span")) read(o.at("happened_span"), e.happened_span.emplace());
    if (!o.contains("confidence")) return;  // written before there was one
    e.happening_confidence = number<double>(o, "confidence");
    read_all(o.at("decided"), e.happening_words);
  });
}

std::string json_of_detail(const model::Incident& incident) {
  return json::serialize(json::object{{"strands", write_all(incident.strands)},
                                      {"ties", write_all(incident.ties)},
                                      {"summary", write_all(incident.summary)}});
}

bool detail_from_json(std::string_view in, model::Incident& incident) {
  return guarded(in, [&](const json::value& v) {
    const auto& o = v.as_object();
    read_all(o.at("strands"), incident.strands);
    read_all(o.at("ties"), incident.ties);
    read_all(o.at("summary"), incident.summary);
  });
}

}  // namespace store::sql
