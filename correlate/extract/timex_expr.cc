#include "correlate/extract/timex_expr.h"

#include <algorithm>
#include <unordered_set>

namespace correlate::extraction {
namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_dash(std::string_view word) { return word == "-" || word == "‑" || word == "–"; }

// A text as short as this is an expression by itself: a search box, a caption, a table cell.
constexpr std::size_t kAlone = 6;

// Months and abbreviations that are also other English words.
bool needs_capital(std::string_view word) {
  return one_of(word,
                {"may", "march", "august", "mar", "jan", "sun", "sat", "wed", "mon", "fri", "dec",
                 "sep", "apr",   "oct",    "tue", "thu", "nov", "jun", "jul", "feb", "aug"});
}

}  // namespace

ExprReader::ExprReader(const Tokens& tokens, const Lexicon& lexicon)
    : tokens_(tokens), lexicon_(lexicon), alone_(tokens.size() <= kAlone) {
  starts_.reserve(tokens.size() + 1);
  meanings_.reserve(tokens.size());
  roles_.resize(tokens.size());
  to_core_.resize(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    starts_.push_back(static_cast<std::uint32_t>(meanings_.size()));
    lexicon.find(tokens, i, meanings_);
    for (std::size_t m = starts_.back(); m < meanings_.size(); ++m) {
      roles_[i] |= bit(meanings_[m].role);
    }
  }
  starts_.push_back(static_cast<std::uint32_t>(meanings_.size()));
  std::uint8_t distance = UINT8_MAX;
  for (std::size_t i = tokens.size(); i-- > 0;) {
    if (distance < UINT8_MAX) ++distance;
    if (is_core(i)) distance = 0;
    to_core_[i] = distance;
  }
}

// Every expression has one of these in it.
bool ExprReader::is_core(Index at) const {
  constexpr std::uint64_t kCore =
      bit(Role::kMonth) | bit(Role::kWeekday) | bit(Role::kUnit) | bit(Role::kCounted) |
      bit(Role::kDay) | bit(Role::kRelative) | bit(Role::kPart) | bit(Role::kWeekdayPart) |
      bit(Role::kDayPart) | bit(Role::kSeason) | bit(Role::kSet) | bit(Role::kRef) |
      bit(Role::kHoliday) | bit(Role::kNoon) | bit(Role::kQuarterYear) | bit(Role::kClock);
  if (tokens_[at].kind == TokenKind::kNumber || (roles_[at] & kCore) != 0) return true;
  const Meaning* number = is(at, Role::kNumber);
  return number != nullptr && number->amount != 1;
}

bool ExprReader::can_begin(const Form& form, Index at) const {
  if (at >= tokens_.size()) return false;
  if ((roles_[at] & form.begins) != 0) return true;
  return form.digits &&
         (tokens_[at].kind == TokenKind::kNumber || tokens_[at].kind == TokenKind::kGlyph);
}

bool ExprReader::promising(std::size_t at) const {
  // "a little more than one and a half hours": no more stands before what counts.
  constexpr std::uint8_t kFarthest = 8;
  if (to_core_[at] > kFarthest) return false;
  return tokens_[at].kind == TokenKind::kNumber || starts_[at] < starts_[at + 1] ||
         tokens_.raw(at) == "½" ||
         (tokens_[at].kind == TokenKind::kGlyph &&
          one_of(tokens_.word(at), {"令", "平", "昭", "大"}));
}

const Meaning* ExprReader::is(Index at, Role role) const {
  if (at >= tokens_.size() || (roles_[at] & bit(role)) == 0) return nullptr;
  for (std::uint32_t m = starts_[at]; m < starts_[at + 1]; ++m) {
    const Meaning& meaning = meanings_[m];
    if (meaning.role != role) continue;
    bool named = role == Role::kMonth || role == Role::kWeekday;
    if (named && lexicon_.english() && !tokens_[at].capital && needs_capital(tokens_.word(at))) {
      bool numbered = (at > 0 && tokens_[at - 1].kind == TokenKind::kNumber) ||
                      (at + 1 < tokens_.size() && tokens_[at + 1].kind == TokenKind::kNumber);
      bool may = tokens_.word(at) == "may" && tokens_.size() > kWhole;
      if (!numbered && (may || !alone_)) continue;
    }
    return &meaning;
  }
  return nullptr;
}

bool ExprReader::joined(Index at) const { return at < tokens_.size() && !tokens_[at].spaced; }

bool ExprReader::led(Index at) const {
  // "since about 8": what leads may stand before a modifier.
  for (Index back = 1; back <= 2 && back <= at; ++back) {
    const Meaning* mod = is(at - back, Role::kModBefore);
    bool between = mod != nullptr && mod->length == back && is(at - back, Role::kAt) == nullptr;
    if (between) {
      at -= back;
      break;
    }
  }
  for (Index back = 1; back <= 3 && back <= at; ++back) {
    const Meaning* lead = is(at - back, Role::kAt);
    if (lead != nullptr && lead->length == back) return true;
  }
  return false;
}

bool ExprReader::firmly_led(Index at) const {
  static const std::unordered_set<std::string_view> kWords = {
      "las", "alle",     "às",   "pelas", "pukul", "ساعت",   "الساعة", "klo", "kello", "klockan",
      "kl",  "om",       "um",   "στις",  "ore",   "בשעה",   "luc",    "ora", "ores",  "klokken",
      "les", "godzinie", "saat", "as",    "dalle", "klokka", "ساعة",   "las"};
  if (at == 0) return false;
  std::string_view word = tokens_.word(at - 1);
  if (word == "." && at > 1) word = tokens_.word(at - 2);
  if (!kWords.contains(word) || !led(at)) return false;
  if (word == "as" && lexicon_.language() != "pt") return false;
  if (word == "les" && lexicon_.language() != "ca") return false;
  return word != "las" || tokens_.word(at - 1) == "las";
}

ExprReader::Index ExprReader::skip_filler(Index at) const {
  Index i = at;
  for (int steps = 0; steps < 3; ++steps) {
    const Meaning* filler = is(i, Role::kOf);
    if (filler == nullptr) break;
    i += filler->length;
  }
  return i;
}

bool ExprReader::number_at(Index at, int low, int high, std::size_t digits) const {
  if (at >= tokens_.size() || tokens_[at].kind != TokenKind::kNumber) return false;
  std::int64_t value = tokens_[at].number;
  bool width = digits == 0 || tokens_[at].last - tokens_[at].first == digits;
  return width && value >= low && value <= high;
}

// "9", "9.5", "1,000", "5 1/2", "9½".
ExprReader::Index ExprReader::digits(Index at, double& value) const {
  if (tokens_.raw(at) == "½") {
    value = 0.5;
    return at + 1;
  }
  if (tokens_[at].kind != TokenKind::kNumber || tokens_[at].number < 0) return at;
  value = static_cast<double>(tokens_[at].number);
  Index end = at + 1;
  Unit ignored = Unit::kHour;
  bool part = number_at(at, 1, 9) && tokens_.word(end) == "/" && joined(end) &&
              number_at(end + 1, 2, 9) && joined(end + 1) && unit(end + 2, true, ignored) > end + 2;
  if (part) {  // "1/2h"
    value /= static_cast<double>(tokens_[end + 1].number);
    return end + 2;
  }
  bool mark = one_of(tokens_.word(end), {".", ",", "٫"}) && joined(end) && joined(end + 1) &&
              number_at(end + 1, 0, 999999);
  if (mark) {
    std::size_t width = tokens_[end + 1].last - tokens_[end + 1].first;
    bool thousands = width == 3 && tokens_.word(end) == (lexicon_.english() ? "," : ".");
    double fraction = static_cast<double>(tokens_[end + 1].number);
    for (std::size_t i = 0; !thousands && i < width; ++i) fraction /= 10;
    value = thousands ? value * 1000 + fraction : value + fraction;
    return end + 2;
  }
  bool over = number_at(end, 1, 9) && tokens_.word(end + 1) == "/" && number_at(end + 2, 2, 9);
  if (over) {
    value +=
        static_cast<double>(tokens_[end].number) / static_cast<double>(tokens_[end + 2].number);
    return end + 3;
  }
  bool half = tokens_.raw(end) == "½" || tokens_.raw(end) == "¼" || tokens_.raw(end) == "¾";
  if (half) {
    value += tokens_.raw(end) == "½" ? 0.5 : tokens_.raw(end) == "¼" ? 0.25 : 0.75;
    return end + 1;
  }
  return end;
}

ExprReader::Index ExprReader::number(Index at, double& value, bool& vague) const {
  if (at >= tokens_.size()) return at;
  vague = false;
  if (Index end = digits(at, value); end > at) return end;
  if (const Meaning* some = is(at, Role::kVague); some != nullptr) {
    vague = true;
    return at + some->length;
  }
  const Meaning* word = is(at, Role::kNumber);
  if (word == nullptr) return at;
  value = word->amount;
  Index end = at + word->length;
  bool tens = value >= 20 && value < 100 && static_cast<int>(value) % 10 == 0;
  Index next = is_dash(tokens_.word(end)) ? end + 1 : end;
  const Meaning* ones = tens ? is(next, Role::kNumber) : nullptr;
  if (ones != nullptr && ones->amount >= 1 && ones->amount < 10 && tokens_.word(next) != "a") {
    value += ones->amount;
    end = next + ones->length;
  }
  if (lexicon_.english() && tokens_.word(end) == "dozen") {
    value *= 12;
    ++end;
  }
  return end;
}

ExprReader::Index ExprReader::unit(Index at, bool after_digits, Unit& out) const {
  const Meaning* word = is(at, Role::kUnit);
  if (word == nullptr) return at;
  bool single = word->length == 1 && tokens_.word(at).size() == 1;
  if (single && tokens_.raw(at).size() != 1) return at;  // "1ª"
  bool letter = single && lexicon_.english() && tokens_.size() > kWhole;
  if (word->weak && !after_digits) return at;
  // "3D" is no length.
  if (letter && (!joined(at) || (tokens_[at].capital && tokens_.word(at) == "d"))) return at;
  out = static_cast<Unit>(word->value);
  return at + word->length;
}

// A number and its unit.
ExprReader::Index ExprReader::amount(Index at, Amount& out) const {
  if (at >= tokens_.size()) return at;
  if (const Meaning* both = is(at, Role::kCounted); both != nullptr) {
    out = {both->amount, static_cast<Unit>(both->value), false};
    return at + both->length;
  }
  Index end = number(at, out.count, out.vague);
  if (end == at) return at;
  bool by_digits = tokens_[at].kind == TokenKind::kNumber;
  if (const Meaning* both = is(end, Role::kCounted);
      both != nullptr && !by_digits && out.count == 1) {
    out = {both->amount, static_cast<Unit>(both->value), false};
    return end + both->length;
  }
  if (const Meaning* plus = is(end, Role::kPlusHalf); plus != nullptr && !out.vague) {
    out.count += plus->amount;
    end += plus->length;
  }
  if (is_dash(tokens_.word(end))) ++end;
  if (!lexicon_.english()) {
    if (const Meaning* filler = is(end, Role::kOf);
        filler != nullptr && is(end, Role::kUnit) == nullptr) {
      end += filler->length;  // "cerca de 20 de horas", "două de ore"
    }
  } else if (one_of(tokens_.word(end), {"more", "additional", "straight", "full", "consecutive",
                                        "trading", "whole", "solid", "long", "calendar", "extra",
                                        "working", "business", "further", "other", "successive"})) {
    ++end;
  }
  Index behind = unit(end, by_digits || alone_, out.unit);
  // 1" and 15' where the text is little else
  bool mark = alone_ && by_digits && joined(end) && end + 1 == tokens_.size();
  if (behind == end && mark && one_of(tokens_.word(end), {"'", "\""})) {
    out.unit = tokens_.word(end) == "'" ? Unit::kMinute : Unit::kSecond;
    behind = end + 1;
  }
  if (behind == end) return at;
  // "a second outage", "the one second that …": an ordinal, not a length.
  if (lexicon_.english() && out.count == 1 && !by_digits && tokens_.word(end) == "second")
    return at;
  return behind;
}

// Amounts of falling units: "9 hours and 31 minutes", "5h06m", "a day and a half".
ExprReader::Index ExprReader::amounts(Index at, Amounts& out) const {
  Amount first;
  Index end = amount(at, first);
  if (end == at) return at;
  if (const Meaning* plus = is(end, Role::kPlusHalf); plus != nullptr && !first.vague) {
    // 反: "3시간 반", "a day and a half", "five hours and a half".
    first.count += plus->amount;
    end += plus->length;
  }
  out.push_back(first);
  for (int more = 0; more < 3 && !first.vague; ++more) {
    Index i = end;
    if (tokens_.word(i) == ",") ++i;
    if (one_of(tokens_.word(i), {"and", "und", "et", "y", "e", "en", "och", "og", "и", "і", "i",
                                 "ja", "ve", "و", "と", "și"})) {
      ++i;
    }
    Amount next;
    Index behind = i < tokens_.size() ? amount(i, next) : i;
    bool article = i < tokens_.size() && one_of(tokens_.word(i), {"a", "an", "another"});
    if (behind == i || next.vague || next.unit >= out.back().unit || article) break;
    out.push_back(next);
    end = behind;
  }
  return end;
}

ExprReader::Index ExprReader::mod_before(Index at, Mod& mod) const {
  const Meaning* word = is(at, Role::kModBefore);
  if (word == nullptr) return at;
  mod = static_cast<Mod>(word->value);
  return at + word->length;
}

ExprReader::Index ExprReader::mod_after(Index at, Mod& mod) const {
  const Meaning* word = is(at, Role::kModAfter);
  if (word == nullptr) return at;
  if (word->value != 0) mod = static_cast<Mod>(word->value);
  return at + word->length;
}

Expr ExprReader::read(std::size_t at) const {
  Expr best;
  struct Whole {
    Expr (ExprReader::*read)(Index) const;
    std::string_view name;
  };
  constexpr Whole kForms[] = {{&ExprReader::counted_from, "counted"},
                              {&ExprReader::moment, ""},
                              {&ExprReader::set, "set"},
                              {&ExprReader::duration, "length"},
                              {&ExprReader::reference, "reference"}};
  for (const auto& form : kForms) {
    Expr candidate = (this->*form.read)(at);
    if (!candidate.found() || (best.found() && candidate.last <= best.last)) continue;
    best = std::move(candidate);
    if (!form.name.empty()) best.rule = form.name;
  }
  best.first = at;
  if (best.found() && (stops_short(best.last) || !exists(best))) best.kind = Expr::Kind::kNone;
  return best;
}

}  // namespace correlate::extraction
