#include "feeds/render/shared.h"

#include <fmt/format.h>

namespace feeds::render {

std::string local(const model::Timestamp& time, std::string_view zone) {
  using model::Precision;
  bool whole_days = time.precision >= Precision::kDay;
  bool stated = model::is_zone(time.zone);
  model::Civil c = model::local_time(time.at, !whole_days ? zone : stated ? time.zone : "UTC");
  switch (time.precision) {
    case Precision::kYear:
      return fmt::format("{:04}", c.year);
    case Precision::kMonth:
      return fmt::format("{:04}-{:02}", c.year, c.month);
    case Precision::kDay:
      return fmt::format("{:04}-{:02}-{:02}", c.year, c.month, c.day);
    default:
      return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute);
  }
}

std::string local(model::Instant at, std::string_view zone) {
  return local(model::Timestamp{at, model::Precision::kSecond, ""}, zone);
}

std::string interval_of(const model::Outage& outage, std::string_view zone) {
  std::string start = local(outage.start, zone);
  if (outage.end) {
    return fmt::format("{} → {} ({})", start, local(*outage.end, zone),
                       model::human_duration(*outage.duration()));
  }
  return start + (outage.open ? " → still open" : " → end not measured");
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    bool c1 = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c < 0x20 || c == 0x7F || c1) {
      out += c == '\n' || c == '\t' ? " " : "\xEF\xBF\xBD";
      i += c1 ? 1 : 0;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string edit_of(const model::Edit& edit) {
  bool note = edit.kind == model::EditKind::kNote;
  std::string what = note                                     ? "note"
                     : edit.kind == model::EditKind::kCorrect ? edit.field + " corrected"
                                                              : std::string(to_string(edit.kind));
  const auto& text = note ? edit.value : edit.reason;
  return fmt::format("{} by {} (edit {}){}{}", what, edit.who, edit.seq, text.empty() ? "" : ": ",
                     text);
}

}  // namespace feeds::render
