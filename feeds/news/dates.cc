#include "feeds/news/dates.h"

#include <array>
#include <chrono>
#include <string>
#include <utility>

#include "feeds/news/months.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

using model::Precision;
using model::Seconds;
using model::Timestamp;

// No date is longer; what is, is prose.
constexpr std::size_t kLongest = 128;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

// RFC 822 section 3.1.4: comments stand in parentheses, nest, may have quoted characters, and count
// as a blank.
std::string without_comments(std::string_view text) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (depth > 0 && c == '\\') {
      ++i;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && depth > 0) {
      if (--depth == 0) out += ' ';
    } else if (depth == 0) {
      out += c;
    }
  }
  return out;
}

// What the zones model::utc_offset() does not know mean, in minutes east.
std::optional<Seconds> rare_zone(std::string_view zone) {
  struct Zone {
    std::string_view name;
    int minutes;
  };
  static constexpr std::array kZones = {Zone{"MET", 60}, Zone{"MEST", 120}, Zone{"AST", -240},
                                        Zone{"ADT", -180}, Zone{"AKDT", -480}};
  for (const Zone& known : kZones) {
    if (known.name == zone) return Seconds{known.minutes * 60};
  }
  return std::nullopt;
}

// The date as its words are read, one after the other.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<Timestamp> read() {
    while (pos_ < text_.size() && ok_) {
      char c = text_[pos_];
      if (is_digit(c)) {
        number();
      } else if (is_letter(c)) {
        word();
      } else if ((c == '+' || c == '-') && clock_ && zone_offset()) {
        continue;
      } else {
        ++pos_;
      }
    }
    return ok_ ? result() : std::nullopt;
  }

 private:
  int digits(std::size_t most) {
    int value = 0;
    for (std::size_t n = 0; n < most && pos_ < text_.size() && is_digit(text_[pos_]); ++n) {
      value = value * 10 + (text_[pos_++] - '0');
    }
    return value;
  }

  bool at(char c) const { return pos_ < text_.size() && text_[pos_] == c; }
  bool digit_at(std::size_t ahead) const {
    return pos_ + ahead < text_.size() && is_digit(text_[pos_ + ahead]);
  }

  void number() {
    std::size_t begin = pos_;
    int value = digits(5);
    std::size_t count = pos_ - begin;
    if (count > 4 || count == 3) {
      ok_ = false;
    } else if (at(':') && digit_at(1) && !clock_ && count <= 2) {
      clock(value);
    } else if ((at('/') || at('-') || at('.')) && digit_at(1) && !year_ && !month_ && !day_) {
      numeric_date(value, count, text_[pos_]);
    } else {
      bare_number(value, count);
    }
  }

  void bare_number(int value, std::size_t count) {
    if (count == 4) {
      if (!year_) year_ = value;
    } else if (!day_) {
      day_ = value;
    } else if (!month_ && !year_ && value >= 1 && value <= 12 && !named_month_ahead()) {
      month_ = value;
    } else if (!year_) {
      // RFC 2822 section 4.3.
      year_ = value < 50 ? value + 2000 : value + 1900;
    } else {
      ok_ = false;
    }
  }

  // In "03 04 Jan 2020" the second number cannot be a month.
  bool named_month_ahead() const {
    for (std::size_t i = pos_; i < text_.size(); ++i) {
      if (is_letter(text_[i])) return month_number(word_at(i)) != 0;
    }
    return false;
  }

  void clock(int hour) {
    ++pos_;
    clock_ = true;
    precision_ = Precision::kMinute;
    hour_ = hour;
    minute_ = digits(2);
    if (at(':') && digit_at(1)) {
      ++pos_;
      second_ = digits(2);
      precision_ = Precision::kSecond;
      if ((at('.') || at(',')) && digit_at(1)) {
        ++pos_;
        while (pos_ < text_.size() && is_digit(text_[pos_])) ++pos_;
      }
    }
    ok_ = hour_ <= 24 && minute_ < 60 && second_ <= 60 && !digit_at(0);
  }

  // "2006/09/15", "10/30/23", "30.10.2023", "2014-12-22"; "01-Jan" is none.
  void numeric_date(int first, std::size_t count, char separator) {
    ++pos_;
    int second = digits(2);
    bool third_there = at(separator) && digit_at(1);
    if (!third_there) {
      if (separator == '-' && count <= 2) {
        day_ = first;
        month_ = second;
      } else {
        ok_ = false;
      }
      return;
    }
    ++pos_;
    std::size_t begin = pos_;
    int third = digits(4);
    if (count == 4) {
      year_ = first;
      month_ = second;
      day_ = third;
      return;
    }
    bool day_first = separator == '.' || first > 12;
    day_ = day_first ? first : second;
    month_ = day_first ? second : first;
    year_ = pos_ - begin == 2 ? (third < 50 ? third + 2000 : third + 1900) : third;
  }

  std::string word_at(std::size_t begin) const {
    std::size_t end = begin;
    while (end < text_.size() &&
           (is_letter(text_[end]) || text_[end] == '/' || text_[end] == '_')) {
      ++end;
    }
    return std::string(text_.substr(begin, end - begin));
  }

  void word() {
    std::string name = word_at(pos_);
    pos_ += name.size();
    std::string small = model::fold(name);
    if (int month = month_number(name); month != 0 && !named_) {
      // "03/04 Jan": the name decides.
      if (month_ && !year_ && day_) year_.reset();
      month_ = month;
      named_ = true;
    } else if (clock_ && (small == "am" || small == "pm" || small == "a" || small == "p")) {
      half_day(small[0] == 'p');
    } else if (name == "오전" || name == "오후") {
      // Korean writes the half of the day before the time.
      korean_half_ = name == "오후" ? 2 : 1;
    } else if (clock_ && zone_.empty() && small != "t" && small != "uhr" && small != "at") {
      zone_ = name;
      if (at('.')) ++pos_;
    }
  }

  void half_day(bool afternoon) {
    if (hour_ > 12) return;
    hour_ = hour_ % 12 + (afternoon ? 12 : 0);
  }

  // "+0100", "-01:01", "+01". False, with nothing read, when it is none.
  bool zone_offset() {
    if (!digit_at(1)) return false;
    std::size_t begin = pos_++;
    std::size_t first = pos_;
    int hours = digits(2);
    bool colon = at(':');
    if (colon) ++pos_;
    std::size_t before = pos_;
    int minutes = digits(2);
    bool full = pos_ == before + 2;
    if ((colon && !full) || (pos_ != before && !full) || pos_ - first < 2 || digit_at(0)) {
      pos_ = begin + 1;
      return true;
    }
    if (hours > 24 || minutes > 59) {
      ok_ = false;
      return true;
    }
    Seconds offset{(hours * 60 + minutes) * 60};
    offset_ = text_[begin] == '-' ? -offset : offset;
    // "GMT-07:00" is GMT's clock moved; the number says it all.
    zone_ = text_.substr(begin, pos_ - begin);
    return true;
  }

  std::optional<Timestamp> result() {
    if (!year_ || !month_ || *month_ < 1 || *month_ > 12) return std::nullopt;
    if (korean_half_ != 0) half_day(korean_half_ == 2);
    model::Civil civil{*year_,
                       static_cast<unsigned>(*month_),
                       static_cast<unsigned>(day_.value_or(1)),
                       hour_,
                       minute_,
                       second_};
    if (!clock_) precision_ = day_ ? Precision::kDay : Precision::kMonth;
    auto local = model::instant_of(civil);
    if (!local) return std::nullopt;
    if (korean_half_ != 0 && zone_.empty()) {
      zone_ = "+09:00";
      offset_ = Seconds{9 * 3600};
    }
    if (offset_) return Timestamp{*local - *offset_, precision_, zone_};
    std::string upper = zone_;
    for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    bool iana = zone_.find('/') != std::string::npos;
    if (auto rare = rare_zone(upper)) return Timestamp{*local - *rare, precision_, upper};
    if (auto exact = model::from_local(civil, iana ? zone_ : upper)) {
      return Timestamp{*exact, precision_, iana ? zone_ : upper};
    }
    // A zone nobody knows: UTC, as RFC 2822 section 4.3 has it for the military letters.
    return Timestamp{*local, precision_, zone_};
  }

  std::string_view text_;
  std::size_t pos_ = 0;
  bool ok_ = true;
  std::optional<int> year_;
  std::optional<int> month_;
  std::optional<int> day_;
  bool named_ = false;
  bool clock_ = false;
  int hour_ = 0;
  int minute_ = 0;
  int second_ = 0;
  int korean_half_ = 0;  // 1 forenoon, 2 afternoon
  Precision precision_ = Precision::kDay;
  std::string zone_;
  std::optional<Seconds> offset_;
};

// ISO 8601 in basic and shortened forms: "20031231", "031231", "03-12-31", "-03-12", "2003-335",
// and with a blank before the zone.
std::optional<Timestamp> parse_short_iso(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (is_digit(c)) digits += c;
  }
  bool plain = text.find_first_not_of("0123456789-") == std::string_view::npos;
  if (plain && digits.size() == 8 && text.size() == 8) {
    return model::parse_iso(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" +
                            digits.substr(6));
  }
  bool two_digit_year =
      plain && digits.size() == 6 &&
      (text.size() == 6 || (text.size() == 8 && text[2] == '-' && text[5] == '-'));
  if (two_digit_year) {
    return model::parse_iso("20" + digits.substr(0, 2) + "-" + digits.substr(2, 2) + "-" +
                            digits.substr(4));
  }
  if (plain && digits.size() == 4 && text.size() == 6 && text[0] == '-' && text[3] == '-') {
    return model::parse_iso("20" + digits.substr(0, 2) + "-" + digits.substr(2));
  }
  if (plain && digits.size() == 7 && text.size() == 8 && text[4] == '-') {
    auto year = model::parse_iso(digits.substr(0, 4));
    int day = std::stoi(digits.substr(4));
    if (!year || day < 1 || day > 366) return std::nullopt;
    return Timestamp{year->at + std::chrono::days{day - 1}, Precision::kDay, ""};
  }
  // "2004-07-08 23:56:58 -00:20"
  auto blank = text.rfind(' ');
  if (blank != std::string_view::npos && blank > 10) {
    return model::parse_iso(std::string(text.substr(0, blank)) +
                            std::string(text.substr(blank + 1)));
  }
  return std::nullopt;
}

bool is_iso_like(std::string_view text) {
  return text.size() >= 4 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) &&
         is_digit(text[3]) && (text.size() == 4 || text[4] == '-' || is_digit(text[4]));
}

// Seconds or milliseconds since 1970, from 1973 on.
std::optional<Timestamp> parse_epoch(std::string_view text) {
  bool plain = text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!plain || (text.size() != 9 && text.size() != 10 && text.size() != 13)) return std::nullopt;
  long long value = std::stoll(std::string(text));
  if (text.size() == 13) value /= 1000;
  return Timestamp{model::Instant{Seconds{value}}, Precision::kSecond, ""};
}

// The one spelling that most feeds use, at once: "Mon, 22 Dec 2014 16:15:00 +0000" or "… GMT" (RFC
// 822 as RFC 1123 has it). Nothing for all others.
std::optional<Timestamp> parse_usual(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  constexpr std::size_t kTime = 20;  // from the day on
  if (text.size() > 5 && text[3] == ',' && text[4] == ' ') text.remove_prefix(5);
  bool shape = text.size() >= kTime + 4 && text[2] == ' ' && text[6] == ' ' && text[11] == ' ' &&
               text[14] == ':' && text[17] == ':' && text[kTime] == ' ';
  if (!shape) return std::nullopt;
  bool sound = true;
  auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (char c : text.substr(at, count)) {
      sound = sound && is_digit(c);
      value = value * 10 + (c - '0');
    }
    return value;
  };
  model::Civil civil{
      number(7, 4), 1, static_cast<unsigned>(number(0, 2)), number(12, 2), number(15, 2),
      number(18, 2)};
  auto month = kMonths.find(text.substr(3, 3));
  sound = sound && month < kMonths.size() && month % 3 == 0 && civil.hour < 24 &&
          civil.minute < 60 && civil.second < 60;
  auto zone = text.substr(kTime + 1);
  int offset = 0;
  if (zone != "GMT") {
    bool numeric = zone.size() == 5 && (zone[0] == '+' || zone[0] == '-');
    if (!numeric) return std::nullopt;
    int hours = number(kTime + 2, 2), minutes = number(kTime + 4, 2);
    sound = sound && hours <= 24 && minutes < 60;
    offset = (hours * 60 + minutes) * (zone[0] == '-' ? -60 : 60);
  }
  if (!sound) return std::nullopt;
  civil.month = static_cast<unsigned>(month / 3) + 1;
  auto local = model::instant_of(civil);
  if (!local) return std::nullopt;
  return Timestamp{*local - Seconds{offset}, Precision::kSecond, std::string(zone)};
}

std::optional<Timestamp> parse_any(std::string_view whole) {
  auto text = model::trim(whole);
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  if (auto usual = parse_usual(text)) return usual;
  if (auto iso = model::parse_iso(text)) return iso;
  if (auto iso = parse_short_iso(text)) return iso;
  if (auto epoch = parse_epoch(text)) return epoch;
  std::string bare = without_comments(text);
  // What begins as ISO 8601 and then is not, is broken rather than another format, unless words
  // follow that are no zone.
  if (is_iso_like(text) && static_cast<unsigned char>(text[text.size() - 1]) < 0x80 &&
      bare.find("오") == std::string::npos && text.find(' ') == std::string_view::npos) {
    return std::nullopt;
  }
  return Reader(bare).read();
}

}  // namespace

std::optional<Timestamp> parse_date(std::string_view text) {
  auto time = parse_any(text);
  // Zones move the first and last days of what can be written out of it.
  auto year = time ? model::civil_of(time->at).year : 0;
  return year >= 1 && year <= 9999 ? time : std::nullopt;
}

}  // namespace feeds::news
