#pragma once

#include <string>
#include <utility>

#include "store/model/hash.h"
#include "store/store.h"

// Records with every member filled in, so that a column left out is noticed.
namespace samples {

inline model::Instant at(int seconds) {
  return model::Instant(model::Seconds(1419264900 + seconds));
}

inline model::Source source(const std::string& url) {
  return {model::make_id("src", url),
          url,
          model::SourceKind::kComments,
          "Comments",
          "https://a.b/",
          "ko-KP",
          at(0)};
}

inline model::Document document(const std::string& source_id, const std::string& bytes) {
  return {
      model::sha256_hex(bytes), source_id, "file.xml", "rss20", 1ULL << 40U, at(1), "f" + bytes};
}

inline model::Entry entry(const std::string& id) {
  return {id, "src-1", "urn:" + id, model::IdentityKind::kLink, at(2), {}};
}

inline model::Revision revision(const std::string& title, const std::string& body = "") {
  model::Revision r;
  r.document_id = "doc";
  r.place = "entries[3]";
  r.title = title;
  r.body = body;
  r.html = "<p>" + body + "</p>";
  r.url = "https://a.b/c?d";
  r.canonical_url = "https://a.b/c";
  r.language = "en";
  r.publisher = "Dyn Research";
  r.authors = {"Jim Cowie", "\"quoted\", with comma"};
  r.tags = {"North Korea", "Phénix"};
  r.comments_url = "https://a.b/c#comments";
  r.in_reply_to = "urn:other";
  r.published = {at(-86400), model::Precision::kDay, "+09:00"};
  r.seen_at = at(3);
  return r;
}

inline model::Outage outage(const std::string& id, model::Instant start) {
  model::Outage o;
  o.id = id;
  o.scope = {"KP", "Pyongyang", 131279U, "175.45.176.0/22"};
  o.start = start;
  o.end = start + model::Seconds(34260);
  o.start_uncertainty = model::Seconds(60);
  o.depth = 0.1 + 0.2;
  o.cause = "unknown";
  o.measurements = {{"Dyn Research", "4 of 4", "https://dyn.example/", start, std::nullopt},
                    {"IODA", "", "", std::nullopt, start}};
  o.document_id = "doc";
  o.place = "line 3";
  o.seen_at = o.first_seen_at = at(4);
  o.kind = model::OutageKind::kLeak;
  o.basis = model::Basis::kDerived;
  o.start_censored = true;
  o.extra = R"({"tags":["a"]})";
  return o;
}

// An outage that rests on two records.
inline model::Outage fused(const std::string& id, const std::string& one, const std::string& two) {
  auto o = outage(id, at(7));
  for (auto& m : o.measurements) {
    m.record_id = &m == &o.measurements[0] ? one : two;
    m.record_number = 2;
    m.scope = {"KP", "", 4294967295U, ""};
    m.basis = model::Basis::kReported;
  }
  o.measurements[1].depth = 1.0 / 3;
  return o;
}

inline model::Signal signal(const std::string& id, std::vector<std::optional<double>> values) {
  return {id,    {"KP", "", 4294967295U, ""}, "IODA bgp",        "bgp", "prefixes",
          at(5), model::Seconds(300),         std::move(values), "doc", "data[7]"};
}

inline model::Poll poll(const std::string& url) {
  model::Poll p;
  p.url = url;
  p.title = "Title";
  p.groups = {"News", "Asia, \"east\""};
  p.source_id = "src-1";
  p.added_at = at(8);
  p.address = url + "/moved";
  p.etag = "W/\"a b\"";
  p.last_modified = "Thu, 01 Jan 1970 00:00:00 GMT";
  p.validators_url = url + "/v";
  p.last_poll = at(9);
  p.last_success = at(10);
  p.last_new = at(11);
  p.failing_since = at(12);
  p.failures = 3;
  p.last_status = 503;
  p.last_error = "busy";
  p.next_poll = at(13);
  p.next_reason = "it asks to";
  p.rhythm = {at(14), at(15), 1.0 / 3, 0.1 + 0.2};
  p.wishes = {model::Seconds(3600), model::Seconds(7200), 0xFFFFFFU, 0x7FU};
  p.move = {url + "/new", at(16), at(17), 4};
  p.push = {"https://hub.example/", url, "secret", at(18), at(19)};
  p.suggestion = "use the new address";
  p.adapter = "ioda-events";
  p.cursor = "{\"page\":2}";
  return p;
}

inline model::Edit edit(const std::string& target) {
  model::Edit out;
  out.at = at(6);
  out.who = "ann";
  out.kind = model::EditKind::kReject;
  out.target = target;
  out.value = "out-1";
  out.field = "title";
  out.reason = "not the same outage";
  out.entries = {"ent-1", "ent-2"};
  return out;
}

inline model::Extraction extraction(const std::string& entry_id, int revision) {
  model::Extraction e;
  e.entry_id = entry_id;
  e.revision = revision;
  e.language = "en";
  model::Timex time;
  time.span = {3, 9, "9 hours"};
  time.type = model::TimexType::kDuration;
  time.value = "PT9H";
  time.mod = "MORE_THAN";
  time.zone = "UTC";
  time.granularity = "hour";
  time.rule = "length";
  time.edge = model::TimexEdge::kUntil;
  time.extent =
      model::Interval{model::Instant{model::Seconds{7}}, model::Instant{model::Seconds{9}}};
  time.other = model::Interval{at(-60), at(0)};
  e.times = {time, time};
  e.times[1].interval = model::Interval{at(0), at(60)};
  e.mentions = {
      {model::MentionKind::kNetwork, {0, 8, "AS131279"}, {"KP", "", 131279U, ""}, "AS131279"},
      {model::MentionKind::kPlace, {10, 21, "North Korea"}, {"KP", "", {}, ""}, "North Korea"}};
  e.mentions[1].ref = "geonames:1";
  e.mentions[1].latitude = 39.25;
  e.mentions[1].longitude = -125.5;
  model::Claim claim;
  claim.id = "clm-1";
  claim.kind = model::ClaimKind::kEnd;
  claim.span = {1, 2, "b"};
  claim.sentence = {0, 5, "a b c"};
  claim.value = "PT9H";
  claim.mod = "MORE_THAN";
  claim.zone = "UTC";
  claim.interval = model::Interval{at(1), at(2)};
  claim.countries = {"KP", "KR"};
  claim.speaker = "Dyn";
  claim.hedged = true;
  claim.ongoing = true;
  e.claims = {claim, claim};
  e.claims[1].interval.reset();
  e.claims[1].id = "clm-2";
  e.claims[1].kind = model::ClaimKind::kRecurs;
  e.claims[1].voice = model::Voice::kQuoted;
  e.claims[1].via = {"KBS", "the paper"};
  e.claims[1].hedge = "reportedly";
  e.claims[1].tense = model::Tense::kPast;
  e.claims[1].basis = "in two days";
  e.claims[1].amount = 0.75;
  e.claims[1].unit = "share";
  e.happening = model::Happening::kOutageEnd;
  e.happening_confidence = 0.75;
  e.happening_words = {"came back", "끊김"};
  e.happened = {at(7), model::Precision::kMinute, "KST"};
  e.happened_span = model::Span{4, 8, "back"};
  e.outage_score = 1.0 / 3;
  e.outage_words = {"down", "끊김"};
  return e;
}

inline model::Link link(const std::string& entry_id, const std::string& outage_id) {
  return {"lnk-" + entry_id + outage_id,
          entry_id,
          2,
          outage_id,
          0.1 + 0.7,
          {{"place", 3.3, "both speak of North Korea"}, {"time", -1.0 / 7, "a day apart"}},
          model::LinkRelation::kCompatible,
          true,
          0.9,
          {{outage_id, 0.8}, {"out-else", 0.0333}, {"", 0.1}},
          400,
          2,
          3.0 / 401};
}

inline model::Verdict verdict(const std::string& id, const std::string& entry_id) {
  return {id,           "clm-1",
          entry_id,     1,
          "out-1",      model::VerdictKind::kRounds,
          "10 hours",   "9 h 31 min",
          "rounded up", "Dyn Research"};
}

}  // namespace samples
