#include "correlate/extract/timex_expr.h"

#include <unordered_set>

#include "correlate/extract/rules/families.h"
#include "correlate/extract/word_tests.h"

namespace correlate::extraction {
namespace {

// A text as short as this is an expression by itself: a search box, a caption, a table cell.
constexpr std::size_t kAlone = 6;

// Months and abbreviations that are also other English words.
bool needs_capital(std::string_view word) {
  return one_of(word, "may", "march", "august", "mar", "jan", "sun", "sat", "wed", "mon", "fri",
                "dec", "sep", "apr", "oct", "tue", "thu", "nov", "jun", "jul", "feb", "aug");
}

}  // namespace

ExprReader::ExprReader(const Tokens& tokens, const Lexicon& lexicon)
    : tokens_(tokens),
      lexicon_(lexicon),
      alone_(tokens.size() <= kAlone),
      language_(language_bit(lexicon.language())) {
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

bool ExprReader::promising(std::size_t at) const {
  // "a little more than one and a half hours": no more stands before what counts.
  constexpr std::uint8_t kFarthest = 8;
  if (to_core_[at] > kFarthest) return false;
  return tokens_[at].kind == TokenKind::kNumber || starts_[at] < starts_[at + 1] ||
         tokens_.raw(at) == "½" ||
         (tokens_[at].kind == TokenKind::kGlyph &&
          one_of(tokens_.word(at), "令", "平", "昭", "大"));
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
    // "minggu lalu" is last week, "Minggu lalu" last Sunday.
    if (role == Role::kWeekday && !tokens_[at].capital && lexicon_.language() == "id" && !alone_) {
      continue;
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

Expr ExprReader::read(std::size_t at) const {
  Expr best;
  struct Whole {
    Expr (ExprReader::*read)(Index) const;
    std::string_view name;
    std::uint64_t begins;  // roles that it can begin with; a number, glyph or mark may begin any
  };
  constexpr std::uint64_t kAmount = bit(Role::kNumber) | bit(Role::kVague) | bit(Role::kModBefore) |
                                    bit(Role::kCounted) | bit(Role::kUnit);
  constexpr Whole kForms[] = {
      {&ExprReader::counted_from, "counted", kAmount | bit(Role::kAgo) | bit(Role::kHence)},
      {&ExprReader::moment, "", UINT64_MAX},
      {&ExprReader::set, "", bit(Role::kSet) | bit(Role::kEvery) | bit(Role::kNumber)},
      {&ExprReader::duration, "", kAmount | bit(Role::kLast) | bit(Role::kNext) | bit(Role::kRef)},
      {&ExprReader::reference, "", bit(Role::kRef)}};
  for (const auto& form : kForms) {
    if (tokens_[at].kind == TokenKind::kWord && (roles_[at] & form.begins) == 0) continue;
    Expr candidate = (this->*form.read)(at);
    if (!candidate.found() || (best.found() && candidate.last <= best.last)) continue;
    best = candidate;
    if (!form.name.empty()) best.rule = form.name;
  }
  best.first = at;
  if (best.found() && (stops_short(best.last) || !exists(best))) best.kind = Expr::Kind::kNone;
  return best;
}

// What a family reads whose rules say what kind it is.
Expr ExprReader::whole(rules::Family family, Index at) const {
  Expr out;
  out.last = match(family, at, out);
  return out;
}

Expr ExprReader::set(Index at) const { return whole(rules::Family::kSet, at); }
Expr ExprReader::duration(Index at) const { return whole(rules::Family::kLength, at); }
Expr ExprReader::reference(Index at) const { return whole(rules::Family::kReference, at); }

}  // namespace correlate::extraction
