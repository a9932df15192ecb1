#include "ingest/measure/pager.h"

#include <algorithm>

#include <boost/json.hpp>
#include <boost/url.hpp>
#include <fmt/format.h>

#include "store/model/text.h"

namespace ingest::measure {
namespace {

namespace json = boost::json;
using model::Instant;
using model::Seconds;

constexpr Seconds kDay{86'400};

// The multiple of `step` that is not after `at`.
Instant floor_to(Instant at, Seconds step) {
  auto rest = at.time_since_epoch().count() % step.count();
  return at - Seconds{rest < 0 ? rest + step.count() : rest};
}

void set_window(const Adapter& adapter, Cursor& cursor, Instant from) {
  if (adapter.align.count() > 0) from = floor_to(from, adapter.align);
  cursor.window_until = *cursor.until;
  if (adapter.longest.count() > 0) {
    cursor.window_until = std::min(cursor.window_until, from + adapter.longest);
  }
  // What ended just where a window did is told as going on; the next one must tell its end.
  constexpr Seconds kLead{3600};
  bool of_events = adapter.paging != Paging::kNone && adapter.clock != Clock::kNone;
  cursor.window_from = of_events ? from - kLead : from;
  cursor.page = 0;
  cursor.next.clear();
  cursor.pass = 1;
  cursor.count = 0;
  cursor.last_count = -1;
  cursor.sum = cursor.last_sum = 0;
}

void begin(const Adapter& adapter, Cursor& cursor, Instant now) {
  cursor.until = now;
  auto from = cursor.done ? std::min(*cursor.done, now) - adapter.overlap : cursor.since;
  set_window(adapter, cursor, std::min(from, now));
}

std::string moment(const Adapter& adapter, Instant at, bool end) {
  switch (adapter.clock) {
    case Clock::kEpoch:
      return std::to_string(at.time_since_epoch().count());
    case Clock::kIso:
      return model::to_iso(at);
    case Clock::kIsoPlain: {
      auto text = model::to_iso(at);
      text.pop_back();  // the "Z"
      return text;
    }
    case Clock::kDay: {
      // The last day belongs to it.
      auto day = end ? floor_to(at + kDay - Seconds{1}, kDay) : floor_to(at, kDay);
      return model::to_iso(day, model::Precision::kDay);
    }
    case Clock::kNone:
      break;
  }
  return "";
}

std::string with(std::string address, std::string_view name, const std::string& value) {
  address += address.find('?') == std::string::npos ? '?' : '&';
  address += std::string(name) + "=" + value;
  return address;
}

std::string url_of(const Adapter& adapter, const std::string& address, const Cursor& cursor) {
  if (!cursor.next.empty()) return cursor.next;
  std::string url = address;
  if (adapter.clock != Clock::kNone) {
    url = with(url, adapter.from_name, moment(adapter, cursor.window_from, false));
    url = with(url, adapter.until_name, moment(adapter, cursor.window_until, true));
  }
  if (adapter.paging == Paging::kNone) return url;
  auto page = cursor.page;
  if (adapter.paging == Paging::kPageFromOne) ++page;
  if (adapter.paging == Paging::kOffset) page *= adapter.page_size;
  url = with(url, adapter.size_name, std::to_string(adapter.page_size));
  return with(url, adapter.page_name, std::to_string(page));
}

// An answer leads only to the very host that was asked.
bool same_origin(const std::string& one, const std::string& other) {
  auto a = boost::urls::parse_uri(one);
  auto b = boost::urls::parse_uri(other);
  return a && b && a->scheme() == b->scheme() && a->encoded_authority() == b->encoded_authority();
}

bool is_last(const Adapter& adapter, const Cursor& cursor, const Answer& answer) {
  if (adapter.paging == Paging::kNone) return true;
  bool counted = answer.total && adapter.page_size > 0;
  if (counted && (cursor.page + 1) * adapter.page_size >= *answer.total) return true;
  return answer.records < adapter.page_size;
}

// The window has been read; the next one, or the end of the round.
void leave_window(const Adapter& adapter, Advanced& out) {
  auto& cursor = out.cursor;
  if (cursor.window_until < *cursor.until && adapter.clock != Clock::kNone) {
    set_window(adapter, cursor, cursor.window_until);
    out.more = true;
    return;
  }
  cursor.done = cursor.until;
  cursor.until.reset();
  out.more = false;
}

// All pages of a pass are read: the window is done when two passes found the same.
void end_pass(const Adapter& adapter, Advanced& out) {
  auto& cursor = out.cursor;
  bool single = cursor.page == 0 && cursor.pass == 1;
  bool same = cursor.count == cursor.last_count && cursor.sum == cursor.last_sum;
  if (single || same) return leave_window(adapter, out);
  if (cursor.pass >= kMostPasses) {
    out.note = fmt::format(
        "its answer changed while it was read, {} times over; what was missed comes with the next "
        "round, which begins {} earlier",
        cursor.pass, model::human_duration(adapter.overlap));
    return leave_window(adapter, out);
  }
  ++cursor.pass;
  cursor.last_count = cursor.count;
  cursor.last_sum = cursor.sum;
  cursor.count = 0;
  cursor.sum = 0;
  cursor.page = 0;
  cursor.next.clear();
  out.more = true;
}

std::optional<Instant> instant_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return Instant{Seconds{value->get_int64()}};
}

std::int64_t number_in(const json::object& object, std::string_view name, std::int64_t other) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : other;
}

json::value kept(const std::optional<Instant>& at) {
  return at ? json::value(at->time_since_epoch().count()) : json::value(nullptr);
}

}  // namespace

std::string to_json(const Cursor& c) {
  json::object out{{"done", kept(c.done)},
                   {"until", kept(c.until)},
                   {"since", kept(c.since)},
                   {"window_from", kept(c.window_from)},
                   {"window_until", kept(c.window_until)},
                   {"page", c.page},
                   {"next", c.next},
                   {"pass", c.pass},
                   {"count", c.count},
                   {"last_count", c.last_count},
                   {"sum", static_cast<std::int64_t>(c.sum)},
                   {"last_sum", static_cast<std::int64_t>(c.last_sum)}};
  return json::serialize(out);
}

Cursor cursor_of(std::string_view text) {
  Cursor c;
  boost::system::error_code failure;
  auto value = json::parse(text, failure);
  const auto* object = failure ? nullptr : value.if_object();
  if (object == nullptr) return c;
  c.done = instant_in(*object, "done");
  c.until = instant_in(*object, "until");
  c.since = instant_in(*object, "since").value_or(Instant{});
  c.window_from = instant_in(*object, "window_from").value_or(Instant{});
  c.window_until = instant_in(*object, "window_until").value_or(Instant{});
  c.page = std::max<std::int64_t>(0, number_in(*object, "page", 0));
  if (const auto* next = object->if_contains("next"); next != nullptr && next->is_string()) {
    c.next = std::string(next->get_string());
  }
  c.pass =
      static_cast<int>(std::clamp<std::int64_t>(number_in(*object, "pass", 1), 1, kMostPasses));
  c.count = number_in(*object, "count", 0);
  c.last_count = number_in(*object, "last_count", -1);
  c.sum = static_cast<std::uint64_t>(number_in(*object, "sum", 0));
  c.last_sum = static_cast<std::uint64_t>(number_in(*object, "last_sum", 0));
  return c;
}

Step next_step(const Adapter& adapter, const std::string& address, Cursor cursor, Instant now) {
  if (!cursor.until) begin(adapter, cursor, now);
  auto url = url_of(adapter, address, cursor);
  return {std::move(cursor), std::move(url)};
}

Advanced advance(const Adapter& adapter, const std::string& address, Cursor cursor,
                 const Answer& answer) {
  Advanced out{std::move(cursor), true, ""};
  auto& c = out.cursor;
  if (!c.until) return {c, false, ""};
  c.count += answer.records;
  c.sum += answer.sum;
  bool goes_on = !answer.next.empty() && answer.next != c.next;
  if (goes_on && !same_origin(address, answer.next)) {
    out.note = "it says that it goes on at another host, which was not followed";
    goes_on = false;
  }
  bool last = answer.next.empty() ? is_last(adapter, c, answer) : !goes_on;
  if (!last && c.page + 1 >= kMostPages) {
    out.note = fmt::format("it has more than {} pages; the rest was not read", kMostPages);
    last = true;
  }
  if (adapter.paging == Paging::kNone && adapter.page_size > 0 &&
      answer.records >= adapter.page_size) {
    out.note = fmt::format("it tells of no more than {} rows; others were left out by it",
                           adapter.page_size);
  }
  if (last) {
    end_pass(adapter, out);
    return out;
  }
  ++c.page;
  c.next = goes_on ? answer.next : "";
  return out;
}

std::string no_answer(const Adapter& adapter, std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  body = model::trim(body);
  if (body.empty()) return "answered with nothing";
  bool table = adapter.kind == feeds::Kind::kStop;
  if (body.front() == '{' || body.front() == '[' || (table && body.front() != '<')) return "";
  auto head = model::fold(body.substr(0, 200));
  bool page =
      head.find("<!doctype html") != std::string::npos || head.find("<html") != std::string::npos;
  return page ? "answered with a web page where data were expected; a login or an error page of "
                "something in between"
              : "answered with something that is neither JSON nor a table";
}

}  // namespace ingest::measure
