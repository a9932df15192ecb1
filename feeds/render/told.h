#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/model/timeline.h"

// What a line of a timeline says, in words: the one text that every format is made of.
namespace feeds::render {

// A claim of a line held against the measurement, each once, with the entries that make it.
struct ToldVerdict {
  const model::Claim* claim = nullptr;
  const model::Verdict* verdict = nullptr;
  const model::Edit* confirmed = nullptr;  // by whom; null: by nobody
  std::vector<const model::TimelineEntry*> entries;
};

struct ToldLine {
  std::string id;             // of the story, or of the outage with "/start" or "/end": stable
  std::string headline;       // one line
  std::string_view basis;     // "measured", "reported", "not measured"
  model::Instant known_at{};  // when it could first be known
  model::Instant updated{};   // when what it rests on was last changed
  std::vector<const model::TimelineEntry*> entries;
  const model::Outage* outage = nullptr;  // of a line of what was measured
  std::vector<ToldVerdict> verdicts;
  std::vector<std::string> notes;  // of editors
};

ToldLine tell(const model::TimelineIncident& incident, const model::TimelineLine& line);

// "duration “nine hours”: rounds, measured 9 h 31 min (…), says Dyn Research"; `cited` stands
// behind what was measured: "[M1]".
std::string sentence_of(const ToldVerdict& told, std::string_view cited = {});

// "✓", "≈", "✗", and "?" for what is undecided.
std::string_view sign_of(model::VerdictKind kind);

// Where in what was read it stands: "ent-… revision 1, entries[3] of document 0123456789ab".
std::string provenance_of(const model::TimelineEntry& entry);
std::string provenance_of(const model::Outage& outage);

// Whether a verdict is worth a line to a reader: what nothing could measure is, where the story
// is about an outage. Statements, threats and the like are no claims to check. The JSON has all.
bool is_shown(const model::TimelineLine& line, const model::Claim& claim,
              const model::Verdict& verdict);

// The whole in plain text, paragraphs parted by blank lines: sources, verdicts, notes.
std::string plain_text(const ToldLine& told);
// The same as HTML, everything that others wrote escaped; links only to http and https.
std::string html_text(const ToldLine& told);

// XML and HTML character data and attribute values: & < > " ' as references, and characters that
// XML 1.0 forbids as U+FFFD.
std::string escaped(std::string_view text);
// The address where it is an http or https one, else empty.
std::string_view web_address(std::string_view url);

// "22 December 2014, 16:15 UTC", as exact as the time is.
std::string spelled(const model::Timestamp& time);

}  // namespace feeds::render
