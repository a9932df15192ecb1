#include "store/model/text.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "feeds/render/render.h"
#include "feeds/render/series.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"

namespace feeds::render {
namespace {

using model::Happening;
using model::Outage;
using model::TimelineEntry;
using model::TimelineIncident;
using model::TimelineLine;
using model::VerdictKind;

constexpr std::size_t kTimeWidth = 16;  // "2014-12-22 16:15"
constexpr std::size_t kKindWidth = 12;  // "cancellation"
constexpr std::size_t kBodyIndent = 2 + kTimeWidth + 4 + kKindWidth + 2;
constexpr std::size_t kMeasuredIndent = 8;
constexpr std::size_t kIntervalWidth = 48;  // "2014-12-22 16:15 → 2014-12-23 01:46 (9 h 31 min)"
constexpr std::size_t kLeastWidth = 60;
constexpr std::size_t kMostCited = 6;

// Select Graphic Rendition codes (ECMA-48 8.3.117).
constexpr std::string_view kBold = "1";
constexpr std::string_view kDim = "2";
constexpr std::string_view kRed = "31";
constexpr std::string_view kGreen = "32";
constexpr std::string_view kYellow = "33";
constexpr std::string_view kCyan = "36";

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  auto used = model::display_width(text);
  if (used < width) out.append(width - used, ' ');
  return out;
}

std::string_view colour_of(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kAgrees:
      return kGreen;
    case VerdictKind::kRounds:
      return kYellow;
    case VerdictKind::kDisagrees:
      return kRed;
    default:
      return kDim;
  }
}

class Page {
 public:
  Page(const model::Timeline& timeline, const TextStyle& style)
      : timeline_(timeline), style_(style), width_(std::max(style.width, kLeastWidth)) {}

  std::string write() {
    head();
    for (const auto& incident : timeline_.incidents) write_incident(incident);
    if (timeline_.incidents.empty()) {
      out_ += timeline_.as_of ? "Nothing that was known by then answers the query.\n"
                              : "Nothing answers the query.\n";
    }
    return std::move(out_);
  }

 private:
  std::string paint(std::string_view text, std::string_view code) const {
    if (!style_.colour) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }

  void head() {
    if (!timeline_.as_of) return;
    out_ += paint(fmt::format("As of {} {}: nothing after this moment is known here.",
                              local(*timeline_.as_of, timeline_.zone), timeline_.zone),
                  kYellow);
    out_ += "\n\n";
  }

  static std::string many(std::size_t count, std::string_view one, std::string_view more) {
    return fmt::format("{} {}", count, count == 1 ? one : more);
  }

  void write_incident(const TimelineIncident& incident) {
    number_sources(incident);
    out_ += paint(model::truncate(printable(incident.title), width_), kBold) + "\n";
    std::size_t entries = 0;
    std::set<std::string> outlets;
    std::size_t stories = 0;
    for (const auto& line : incident.lines) {
      stories += line.kind == TimelineLine::Kind::kStory ? 1 : 0;
      entries += line.entries.size();
      for (const auto& entry : line.entries) outlets.insert(entry.byline);
    }
    out_ += paint(
        fmt::format("{} · {} of {} in {} · {} · times in {}", incident.id,
                    many(entries, "entry", "entries"), many(outlets.size(), "outlet", "outlets"),
                    many(stories, "story", "stories"),
                    many(incident.outages.size(), "measured outage", "measured outages"),
                    timeline_.zone),
        kDim);
    out_ += "\n";
    for (const auto& line : incident.summary) {
      auto number = numbers_.find(line.entry_id);
      if (number == numbers_.end()) continue;
      out_ += fmt::format("“{}” [{}]\n", printable(line.text), number->second);
    }
    for (const auto& edit : incident.corrections) edit_line(0, edit);
    for (const auto& edit : incident.notes) edit_line(0, edit);
    out_ += "\n";
    write_outages(incident);
    for (const auto& line : incident.lines) write_line(incident, line);
    write_conflicts(incident);
    write_sources(incident);
  }

  // Sources are numbered in the order in which the lines cite them.
  void number_sources(const TimelineIncident& incident) {
    numbers_.clear();
    for (const auto& line : incident.lines) {
      for (const auto& entry : line.entries) {
        numbers_.try_emplace(entry.entry_id, numbers_.size() + 1);
      }
    }
    letters_.clear();
    for (const auto& outage : incident.outages) {
      letters_.try_emplace(outage.id, letters_.size() + 1);
    }
  }

  std::string cite(const std::string& outage_id) const {
    auto found = letters_.find(outage_id);
    return found == letters_.end() ? "" : fmt::format("[M{}]", found->second);
  }

  void write_outages(const TimelineIncident& incident) {
    if (incident.outages.empty()) return write_no_measurement(incident);
    out_ += paint("Measured", kBold) + "\n";
    for (const auto& outage : incident.outages) {
      auto when = interval_of(outage, timeline_.zone);
      auto what = printable(to_string(outage.scope));
      if (outage.start_uncertainty) {
        what += " ± " + model::human_duration(*outage.start_uncertainty);
      }
      bool fits = kMeasuredIndent + kIntervalWidth + 2 + model::display_width(what) <= width_;
      out_ +=
          fmt::format("  {}{}{}{}\n", padded(cite(outage.id), kMeasuredIndent - 2),
                      fits ? padded(when, kIntervalWidth) : when,
                      fits ? "  " : "\n" + std::string(kMeasuredIndent, ' '), paint(what, kDim));
    }
    for (const auto& signal : incident.signals) write_signal(incident, signal);
    out_ += "\n";
  }

  // What nobody measured may have happened all the same.
  void write_no_measurement(const TimelineIncident& incident) {
    bool told = std::any_of(incident.lines.begin(), incident.lines.end(), [](const auto& line) {
      return line.happening == Happening::kOutage || line.happening == Happening::kOutageStart ||
             line.happening == Happening::kRelapse || line.happening == Happening::kOutageEnd;
    });
    if (!told) return;
    out_ += paint("No measurement here: that does not mean that nothing happened.", kYellow);
    out_ += "\n\n";
  }

  // The series about the incident's outages, no dip of it hidden.
  void write_signal(const TimelineIncident& incident, const model::Signal& signal) {
    auto reduced = reduce(signal, window_of(signal, incident.outages), width_ - 8);
    auto drawn = bars(reduced);
    if (drawn.empty()) return;
    auto length = static_cast<std::int64_t>(reduced.least.size()) * reduced.step;
    out_ += fmt::format("        {}\n", paint(drawn, kCyan));
    out_ += paint(fmt::format("        {} to {}: {}, {}", local(reduced.from, timeline_.zone),
                              local(reduced.from + length, timeline_.zone), printable(signal.kind),
                              printable(signal.source)),
                  kDim) +
            "\n";
  }

  // The outages that were on at the time of a line, drawn beside it.
  std::string bar(const TimelineIncident& incident, const TimelineLine& line) const {
    bool on = false;
    for (const auto& outage : incident.outages) {
      if (line.outage_id == outage.id && line.kind != TimelineLine::Kind::kStory) {
        return line.kind == TimelineLine::Kind::kOutageStart ? "┏" : "┗";
      }
      bool exact = line.when.precision < model::Precision::kDay;
      bool during =
          outage.start <= line.when.at && (outage.end ? line.when.at < *outage.end : outage.open);
      on = on || (exact && during);
    }
    return on ? "┃" : " ";
  }

  void write_line(const TimelineIncident& incident, const TimelineLine& line) {
    std::string beside = bar(incident, line);
    out_ += fmt::format("  {} {}  ", padded(local(line.when, timeline_.zone), kTimeWidth),
                        paint(beside, kRed));
    if (line.kind == TimelineLine::Kind::kUnseen) return write_unseen(incident, line);
    if (line.kind != TimelineLine::Kind::kStory) return write_measured(incident, line);
    auto told = tell(incident, line);
    out_ += paint(
        padded(line.happening == Happening::kOther ? "" : to_string(line.happening), kKindWidth),
        kCyan);
    out_ += "  " + model::truncate(printable(told.headline), width_ - kBodyIndent) + "\n";
    write_credit(line);
    write_verdicts(told);
    for (const auto& note : told.notes) {
      out_ += std::string(kBodyIndent, ' ') + "✎ " + printable(note) + "\n";
    }
  }

  void edit_line(std::size_t indent, const model::Edit& edit) {
    out_ += std::string(indent, ' ') + "✎ " + printable(edit_of(edit)) + "\n";
  }

  void write_unseen(const TimelineIncident& incident, const TimelineLine& line) {
    for (const auto& signal : incident.signals) {
      if (signal.id != line.signal_id) continue;
      out_ += padded("not seen", kKindWidth) +
              paint(fmt::format("  no sample of {} by {} for {}", printable(signal.kind),
                                printable(signal.source),
                                model::human_duration(*line.until - line.order)),
                    kDim) +
              "\n";
    }
  }

  // Where entries contradict each other, all that is said side by side.
  void write_conflicts(const TimelineIncident& incident) {
    if (incident.conflicts.empty()) return;
    out_ += "\n" + paint("Where they contradict each other", kBold) + "\n";
    for (const auto& conflict : incident.conflicts) {
      out_ += fmt::format("  {} of {}, measured {}\n", to_string(conflict.kind),
                          cite(conflict.outage_id), conflict.measured);
      for (const auto& value : conflict.values) write_value(value);
    }
  }

  void write_value(const model::ClaimedValue& value) {
    std::string text = fmt::format("{} “{}”", sign_of(value.verdict), printable(value.claimed));
    for (std::size_t i = 0; i < std::min(kMostCited, value.entry_ids.size()); ++i) {
      text += fmt::format(" [{}]", numbers_.at(value.entry_ids[i]));
    }
    if (value.entry_ids.size() > kMostCited) text += " …";
    out_ += paint("    " + text, colour_of(value.verdict)) + "\n";
  }

  void write_measured(const TimelineIncident& incident, const TimelineLine& line) {
    bool start = line.kind == TimelineLine::Kind::kOutageStart;
    for (const auto& outage : incident.outages) {
      if (outage.id != line.outage_id) continue;
      std::string text = start ? "down: " + to_string(outage.scope)
                               : "back after " + model::human_duration(*outage.duration());
      out_ += paint(padded("MEASURED", kKindWidth), kBold);
      out_ += fmt::format("  {} {}", paint(printable(text), kBold), cite(outage.id));
      if (start && !outage.end) {
        out_ += outage.open ? ", still open" : ", when it ended was not measured";
      }
      out_ += "\n";
    }
  }

  void credit_line(const std::string& text) {
    out_ += std::string(kBodyIndent, ' ') + paint(text, kDim) + "\n";
  }

  void write_credit(const TimelineLine& line) {
    const auto& first = line.entries.front();
    std::string text = fmt::format("{} [{}]", printable(first.byline), numbers_.at(first.entry_id));
    if (first.revisions > 1) text += fmt::format(", revision {}", first.revision);
    if (line.entries.size() > 1) {
      auto copies = std::count_if(line.entries.begin(), line.entries.end(),
                                  [](const auto& entry) { return !entry.copy_of.empty(); });
      text += fmt::format("; {} more", line.entries.size() - 1);
      if (copies > 0) {
        text +=
            fmt::format(", {}", many(static_cast<std::size_t>(copies), "near-copy", "near-copies"));
      }
      for (std::size_t i = 1; i < line.entries.size(); ++i) {
        if (i > kMostCited) {
          text += " …";
          break;
        }
        text += fmt::format(" [{}]", numbers_.at(line.entries[i].entry_id));
      }
    }
    credit_line(text);
  }

  // Each claim of the story once, with who makes it and every entry that does.
  void write_verdicts(const ToldLine& told) {
    for (const auto& one : told.verdicts) {
      const auto& outage = one.verdict->outage_id;
      auto text = printable(sentence_of(one, outage.empty() ? std::string() : cite(outage)));
      for (const auto* entry : one.entries) {
        text += fmt::format(" [{}]", numbers_.at(entry->entry_id));
      }
      auto kind = one.verdict->verdict;
      out_ += std::string(kBodyIndent, ' ') +
              paint(fmt::format("{} {}", sign_of(kind), text), colour_of(kind)) + "\n";
    }
  }

  void write_sources(const TimelineIncident& incident) {
    out_ += "\n" + paint("Sources", kBold) + "\n";
    for (const auto& outage : incident.outages) {
      for (const auto& one : outage.measurements) {
        out_ += fmt::format("  {} {}", padded(cite(outage.id), 6), printable(one.source));
        if (!one.value.empty()) out_ += ": " + printable(one.value);
        if (!one.url.empty()) out_ += "\n         " + printable(one.url);
        out_ += paint("\n         " + provenance_of(outage), kDim) + "\n";
      }
    }
    for (const auto& line : incident.lines) {
      for (const auto& entry : line.entries) write_source(entry);
    }
    out_ += "\n";
  }

  void write_source(const TimelineEntry& entry) {
    out_ +=
        fmt::format("  {} {}, “{}”", padded(fmt::format("[{}]", numbers_.at(entry.entry_id)), 6),
                    printable(entry.byline), printable(entry.title));
    if (entry.published) out_ += ", " + local(*entry.published, timeline_.zone);
    if (!entry.url.empty()) out_ += "\n         " + printable(entry.url);
    if (entry.gone_at) {
      model::Timestamp since{*entry.gone_at, model::Precision::kMinute, "Z"};
      out_ += "\n         no longer in its feed since " + local(since, timeline_.zone);
    }
    out_ += paint("\n         " + provenance_of(entry), kDim) + "\n";
  }

  const model::Timeline& timeline_;
  const TextStyle& style_;
  std::size_t width_;
  std::map<std::string, std::size_t> numbers_;  // entry → source number
  std::map<std::string, std::size_t> letters_;  // outage → measurement number
  std::string out_;
};

}  // namespace

std::string to_text(const model::Timeline& timeline, const TextStyle& style) {
  return Page(timeline, style).write();
}

}  // namespace feeds::render
