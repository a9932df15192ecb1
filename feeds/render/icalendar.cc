#include <algorithm>
#include <ctime>
#include <memory>

#include <libical/ical.h>

#include "feeds/render/render.h"
#include "feeds/render/shared.h"
#include "feeds/render/told.h"

namespace feeds::render {
namespace {

using model::Precision;
using model::TimelineLine;

struct Release {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, Release>;

icaltimetype utc(model::Instant at) {
  return icaltime_from_timet_with_zone(static_cast<std::time_t>(at.time_since_epoch().count()), 0,
                                       icaltimezone_get_utc_timezone());
}

icaltimetype date(model::Civil civil) {
  auto out = icaltime_null_date();
  out.year = civil.year;
  out.month = static_cast<int>(civil.month);
  out.day = static_cast<int>(civil.day);
  out.is_date = 1;
  return out;
}

// A moment, or the day, month or year that it is exact to.
void set_time(icalcomponent* event, const TimelineLine& line, std::optional<model::Instant> end) {
  if (line.when.precision < Precision::kDay) {
    icalcomponent_set_dtstart(event, utc(line.when.at));
    if (end && *end > line.when.at) icalcomponent_set_dtend(event, utc(*end));
    return;
  }
  bool stated = model::is_zone(line.when.zone);
  std::string_view zone = stated ? std::string_view(line.when.zone) : "UTC";
  auto span = line.when.interval();
  icalcomponent_set_dtstart(event, date(model::local_time(span.from, zone)));
  icalcomponent_set_dtend(event, date(model::local_time(span.to, zone)));
}

void add(icalcomponent* to, icalproperty* property) { icalcomponent_add_property(to, property); }

// Text as calendars take it: ends of lines, which libical escapes, and no other control character.
std::string text_of(std::string_view text) {
  std::string out;
  for (std::size_t begin = 0; begin <= text.size();) {
    auto end = std::min(text.find('\n', begin), text.size());
    if (begin > 0) out += '\n';
    out += printable(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

// CR LF everywhere (RFC 5545, 3.1): libical folds with it, and ends a line that it has folded at
// its very end with LF alone.
std::string with_line_ends(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
    out += text[i];
  }
  return out;
}

// Extended properties that calendars show; libical has no names for them.
void add_x(icalcomponent* to, const char* name, const std::string& value) {
  auto* property = icalproperty_new_x(value.c_str());
  icalproperty_set_x_name(property, name);
  add(to, property);
}

std::optional<model::Instant> end_of(const model::TimelineIncident& incident,
                                     const TimelineLine& line) {
  if (line.kind == TimelineLine::Kind::kUnseen) return line.until;
  if (line.kind != TimelineLine::Kind::kOutageStart) return std::nullopt;
  for (const auto& outage : incident.outages) {
    if (outage.id == line.outage_id) return outage.end;
  }
  return std::nullopt;
}

icalcomponent* event_of(const model::TimelineIncident& incident, const TimelineLine& line,
                        const Site& site) {
  auto told = tell(incident, line);
  auto changed = std::max(told.known_at, told.updated);
  auto* event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
  add(event, icalproperty_new_uid((told.id + "@faultline").c_str()));
  // When the information was made (RFC 5545, 3.8.7.2): the same in every export.
  add(event, icalproperty_new_dtstamp(utc(changed)));
  add(event, icalproperty_new_created(utc(told.known_at)));
  add(event, icalproperty_new_lastmodified(utc(changed)));
  set_time(event, line, end_of(incident, line));
  add(event, icalproperty_new_summary(text_of(told.headline).c_str()));
  add(event, icalproperty_new_description(text_of(plain_text(told)).c_str()));
  add(event, icalproperty_new_categories(std::string(told.basis).c_str()));
  add(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
  if (!site.base.empty()) {
    add(event, icalproperty_new_url(site.line_url(incident.id, told.id).c_str()));
  }
  return event;
}

}  // namespace

std::string to_icalendar(const model::Timeline& timeline, const Site& site) {
  Component calendar(icalcomponent_new_vcalendar());
  add(calendar.get(), icalproperty_new_version("2.0"));
  add(calendar.get(), icalproperty_new_prodid("-//Faultline//Timeline//EN"));
  add(calendar.get(), icalproperty_new_method(ICAL_METHOD_PUBLISH));
  add_x(calendar.get(), "X-WR-CALNAME", printable(title_of(timeline)));
  add_x(calendar.get(), "X-PUBLISHED-TTL", "PT1H");
  for (const auto& incident : timeline.incidents) {
    for (const auto& line : incident.lines) {
      icalcomponent_add_component(calendar.get(), event_of(incident, line, site));
    }
  }
  std::unique_ptr<char, void (*)(void*)> text(icalcomponent_as_ical_string_r(calendar.get()),
                                              icalmemory_free_buffer);
  return text ? with_line_ends(text.get()) : std::string();
}

}  // namespace feeds::render
