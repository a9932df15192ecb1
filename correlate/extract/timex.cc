#include "correlate/extract/timex.h"

#include <algorithm>

#include "correlate/extract/phrase_index.h"
#include "correlate/extract/timex_range.h"
#include "correlate/extract/timex_value.h"
#include "correlate/extract/word_tests.h"

namespace correlate::extraction {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

bool looks_ahead(const Token& word) {
  static const WordSet kWords = {
      "will", "shall", "due", "scheduled", "expected", "plans", "planned", "upcoming", "tomorrow",
      "next", "may", "should", "would", "must", "ll", "until", "through", "opens", "open", "begins",
      "starts", "intends", "hopes", "ahead", "votes", "meets", "vote", "meet", "faces", "going",
      "can",
      // other languages
      "wird", "werden", "soll", "sollen", "will", "sera", "seront", "doit", "devrait", "va", "vont",
      "sera", "será", "serán", "sera", "deve", "zal", "zullen", "ska", "skal", "bude", "budou",
      "होगा", "होगी", "होंगे", "जाएगा", "जाएगी", "करेगा", "करेगी", "करेंगे", "रहेगा", "रहेगी", "będzie",
      "будет", "будут", "буде", "akan", "سوف", "ستبدأ"};
  return kWords.contains(word);
}

bool looks_back(const Token& word) {
  static const WordSet kWords = {
      "was", "were", "had", "did", "said", "went", "came", "began", "fell", "lost", "has", "have",
      "been", "told", "took", "cut", "saw", "broke", "hit", "found", "rose", "left", "made", "gave",
      "held", "sent", "shut", "ran", "got", "wrote", "blew", "froze", "stood", "struck", "threw",
      "since", "after", "wore", "put", "tore", "let", "spoke", "brought", "thought", "known",
      "kept", "met", "paid", "read", "sold",
      // other languages
      "war", "waren", "wurde", "wurden", "hatte", "hat", "haben", "a", "ont", "etait", "fue",
      "fueron", "foi", "foram", "e", "stato", "был", "была", "было", "были"};
  if (kWords.contains(word)) return true;
  return word.folded.size() > 4 && word.folded.ends_with("ed");
}

// Whether the clause around the tokens [first, last) tells of the past or of the future.
Tense tense_at(const Tokens& tokens, std::size_t first, std::size_t last) {
  constexpr std::size_t kReach = 14;  // tokens to either side
  std::uint32_t sentence = tokens[first].sentence;
  bool limit = false;
  for (std::size_t back = 1; back <= kReach && back <= first; ++back) {
    const Token& token = tokens[first - back];
    if (token.sentence != sentence || one_of(token.folded, ";", ":")) break;
    if (token.kind != TokenKind::kWord || token.capital) continue;
    // "until" and "by" right before a day: a limit, which lies ahead unless the clause is over.
    if (back <= 2 && one_of(token.folded, "until", "by", "till", "through")) {
      limit = true;
      continue;
    }
    if (looks_ahead(token)) return Tense::kFuture;
    // "should be completed", "is to be released"
    bool to_be = first - back > 0 && tokens[first - back - 1].folded == "be";
    if (looks_back(token) && to_be) return Tense::kFuture;
    if (looks_back(token) && limit && back > 6) break;
    if (looks_back(token)) return Tense::kPast;
  }
  for (std::size_t i = last; i < tokens.size() && i < last + kReach; ++i) {
    const Token& token = tokens[i];
    if (token.sentence != sentence || one_of(token.folded, ";", ":")) break;
    if (token.kind != TokenKind::kWord || token.capital) continue;
    if (looks_ahead(token) && token.folded != "until") return Tense::kFuture;
    if (looks_back(token)) return Tense::kPast;
  }
  return limit ? Tense::kFuture : Tense::kUnknown;
}

// The year that a text about a time long gone begins in; 0 for a text about its own time.
bool is_narrative(const std::vector<Expr>& exprs, const model::Timestamp& anchor, bool anchored) {
  if (!anchored) return false;
  int now = model::civil_of(anchor.at).year;
  std::size_t far = 0;
  std::size_t near = 0;
  for (const auto& expr : exprs) {
    if (expr.year == 0 || expr.before_christ) continue;
    (std::abs(expr.year - now) > 2 ? far : near) += 1;
  }
  return far >= 4 && far > 3 * near;
}

// The line below the headline that says when the page was published is not part of the report.
bool is_page_stamp(const ExprReader& reader, const Expr& expr, std::size_t tokens,
                   const model::Timestamp& anchor) {
  bool full = expr.kind == Expr::Kind::kDate && expr.year > 0 && expr.month > 0 && expr.day > 0;
  constexpr std::size_t kHeadline = 40;                  // tokens
  if (anchor.at == model::Instant::min()) return false;  // when it was published is not known
  if (!full || expr.first == 0 || expr.first > kHeadline || expr.last >= tokens) return false;
  if (!reader.begins_line(expr.first) || !reader.begins_line(expr.last)) return false;
  auto date = std::chrono::year{expr.year} / std::chrono::month{static_cast<unsigned>(expr.month)} /
              std::chrono::day{static_cast<unsigned>(expr.day)};
  return std::chrono::abs(anchor.at - model::Instant{std::chrono::sys_days{date}}) < days{31};
}

std::vector<Expr> read_all(const Tokens& tokens, const Lexicon& lexicon,
                           const model::Timestamp& anchor) {
  ExprReader reader(tokens, lexicon);
  std::vector<Expr> out;
  std::size_t end = 0;  // of the last one
  for (std::size_t i = 0; i < tokens.size();) {
    // What goes on an expression is a range; what goes on anything else is no time.
    if (!reader.promising(i) || (end + 1 != i && reader.tail_of_something(i))) {
      ++i;
      continue;
    }
    if (std::size_t behind = reader.unreal(i); behind > i) {
      // "3時-5時70分": with its other end a range falls.
      if (!out.empty() && out.back().last + 1 == i && is_dash(tokens.word(i - 1))) out.pop_back();
      i = behind;
      continue;
    }
    Expr expr = reader.read(i);
    bool crosses = expr.found() && tokens[expr.last - 1].sentence != tokens[i].sentence &&
                   tokens[expr.last - 1].paragraph;
    if (!expr.found() || expr.last <= i || crosses) {
      // A day that does not exist takes its month and year with it.
      i = expr.last > i && !ExprReader::exists(expr) ? expr.last : i + 1;
      continue;
    }
    i = expr.last;
    end = i;
    if (is_page_stamp(reader, expr, tokens.size(), anchor)) continue;
    out.push_back(expr);
  }
  return out;
}

// A text this short is no report: a clock time in it is of today.
constexpr std::size_t kCaption = 12;

// Follows what a text speaks of, expression by expression.
class Narrator {
 public:
  Narrator(const Tokens& tokens, const std::vector<Expr>& exprs, const model::Timestamp& anchor)
      : tokens_(tokens), exprs_(exprs) {
    reading_.anchored = anchor.at != model::Instant::min();
    reading_.anchor = anchor;
    narrative_ = is_narrative(exprs, anchor, reading_.anchored);
  }

  FoundTime place(std::size_t index);

 private:
  bool goes_on(const Expr& expr) const;
  bool tense_decides(const Expr& expr) const;
  std::optional<model::Interval> other_side(const Expr& expr, const Value& value) const;
  bool past_midnight(const Expr& expr) const;
  Expr turned(Expr expr) const;
  std::string_view zone() const {
    return model::is_zone(reading_.anchor.zone) ? std::string_view(reading_.anchor.zone) : "UTC";
  }
  std::optional<year_month_day> day_for(std::size_t index);
  std::optional<year_month_day> day_ahead(std::size_t index);

  const Tokens& tokens_;
  const std::vector<Expr>& exprs_;
  Reading reading_;
  bool narrative_ = false;
  int year_ = 0;
  std::optional<year_month_day> last_day_;
  std::size_t last_day_at_ = 0;  // sentence it was spoken of in
  const Expr* last_clock_ = nullptr;
};

// A day that stands right behind a clock time, or later in its sentence, belongs to it.
std::optional<year_month_day> Narrator::day_ahead(std::size_t index) {
  std::uint32_t sentence = tokens_[exprs_[index].first].sentence;
  for (std::size_t next = index + 1; next < exprs_.size() && next < index + 4; ++next) {
    const Expr& expr = exprs_[next];
    if (tokens_[expr.first].sentence != sentence) break;
    if (expr.kind != Expr::Kind::kDate || !expr.amounts.empty()) continue;
    bool clock_only = expr.has_clock() && !expr.has_day();
    if (clock_only) continue;
    if (!expr.has_day()) break;
    // Right behind it: "11 a.m. on Friday". Farther off only where no day was named before.
    bool adjoins = true;
    for (std::size_t i = exprs_[next - 1].last; i < expr.first; ++i) {
      adjoins = adjoins && one_of(tokens_.word(i), "on", "of", "the", ",", "am", "le", "el", "em",
                                  "del", "de", "di", "op", "na", "local", "time");
    }
    bool earlier = last_day_ && last_day_at_ == sentence;
    bool near = expr.first - exprs_[next - 1].last <= 6;
    if (!adjoins && (earlier || !near)) break;
    Reading reading = reading_;
    reading.tense = tense_at(tokens_, expr.first, expr.last);
    return value_of(expr, reading).day;
  }
  return std::nullopt;
}

// "Down at 16:15 on Monday and back at 01:46": of the day after, unless that is still to come.
bool Narrator::past_midnight(const Expr& expr) const {
  if (last_clock_ == nullptr || expr.hour < 0 || last_clock_->hour <= expr.hour) return false;
  bool same_clock = last_clock_->zone == expr.zone || expr.zone.empty();
  bool beside = tokens_[expr.first].sentence == tokens_[last_clock_->first].sentence;
  model::Instant at = std::chrono::sys_days{*last_day_} + days{1} + std::chrono::hours{expr.hour};
  return same_clock && beside && at <= reading_.anchor.at;
}

std::optional<year_month_day> Narrator::day_for(std::size_t index) {
  const Expr& expr = exprs_[index];
  if (auto ahead = day_ahead(index)) return ahead;
  bool near = last_day_ && tokens_[expr.first].sentence <= last_day_at_ + 3;
  if (last_day_ && past_midnight(expr)) return std::chrono::sys_days{*last_day_} + days{1};
  if (near || narrative_) return last_day_;
  return std::nullopt;
}

// The year of this expression is the one that a tale is at from here on. A month or day says so; a
// year alone may be a look back or ahead, unless it opens a sentence and lies not far ahead.
bool Narrator::goes_on(const Expr& expr) const {
  if (expr.year == 0 || expr.before_christ) return false;
  if (expr.month > 0 || year_ == 0 || !narrative_ || expr.year == year_) return true;
  std::size_t begin = tokens_.sentence(tokens_[expr.first].sentence).first;
  bool leads = expr.first - begin <= 3;
  return leads && expr.year > year_ ? expr.year <= year_ + 4 : tokens_[begin].paragraph && leads;
}

// "Monday", "in March", "16:15": before or after the time of writing.
bool Narrator::tense_decides(const Expr& expr) const {
  bool open = expr.kind == Expr::Kind::kDate && expr.year == 0 && expr.amounts.empty() &&
              expr.deixis == Deixis::kNone && !expr.day_offset && !expr.unit && !narrative_;
  bool clock = expr.has_clock() && !expr.has_day() && !reading_.reference;
  return open && (expr.weekday > 0 || expr.month > 0 || clock);
}

std::optional<model::Interval> Narrator::other_side(const Expr& expr, const Value& value) const {
  Reading reading = reading_;
  reading.query = false;
  reading.tense = value.future ? Tense::kPast : Tense::kFuture;
  Value other = value_of(expr, reading);
  if (!other.interval || !value.interval || other.interval->from == value.interval->from) return {};
  return other.interval;
}

// What only the tense tells: Hindi has one word for yesterday and tomorrow.
Expr Narrator::turned(Expr expr) const {
  bool both = expr.day_offset && *expr.day_offset < 0 && reading_.tense == Tense::kFuture &&
              one_of(tokens_.word(expr.first), "कल", "परसों");
  if (both) expr.day_offset = -*expr.day_offset;
  // "vannacht", "heute Nacht", of what is not to come: the night that ended today.
  bool night = expr.day_offset == 0 && expr.part == Part::kNight &&
               reading_.tense != Tense::kFuture && reading_.anchored &&
               one_of(tokens_.word(expr.first), "vannacht", "heute");
  constexpr int kEvening = 18;
  if (night && model::local_time(reading_.anchor.at, zone()).hour < kEvening) expr.day_offset = -1;
  return expr;
}

FoundTime Narrator::place(std::size_t index) {
  const Expr& expr = exprs_[index];
  reading_.tense = tense_at(tokens_, expr.first, expr.last);
  bool caption = tokens_.size() <= kCaption && reading_.tense == Tense::kUnknown;
  reading_.query = exprs_.size() == 1 && expr.first <= 2 && expr.last + 1 >= tokens_.size() &&
                   !told_as_open(tokens_, expr.first);
  bool forward = reading_.query || (expr.has_clock() && !expr.has_day());
  if (caption && forward) reading_.tense = Tense::kFuture;
  reading_.narrative_year = narrative_ ? year_ : 0;
  bool bare = (expr.has_clock() || expr.part != Part::kNone) && !expr.has_day() && !expr.unit;
  bool points = expr.deixis == Deixis::kThat || expr.deixis == Deixis::kPrevious ||
                expr.deixis == Deixis::kFollowing || expr.from_reference;
  reading_.reference = bare && expr.deixis == Deixis::kNone ? day_for(index)
                       : points || narrative_               ? last_day_
                                                            : std::nullopt;
  Value value = value_of(turned(expr), reading_);
  FoundTime found;
  // Somebody asks, and no one knows when: only a full date can be answered.
  bool full = expr.year > 0 && expr.month > 0;
  if (reading_.query && !reading_.anchored && !full && expr.decade < 0) return found;
  found.first = expr.first;
  found.last = expr.last;
  found.numbered_day = expr.numbered_day;
  // A clock time of the same day that is still to come is more likely one of another zone.
  bool far = value.interval && value.interval->from > reading_.anchor.at + std::chrono::hours{14};
  bool ahead = false;  // "in the coming days", but not "the next day" of a tale
  for (std::size_t i = expr.first; i < expr.last; ++i) {
    ahead = ahead || one_of(tokens_.word(i), "coming", "upcoming");
  }
  found.future = value.future && (far || ahead || reading_.tense == Tense::kFuture);
  found.timex.span = tokens_.span(expr.first, expr.last);
  found.timex.type = value.type;
  found.timex.value = std::move(value.text);
  found.timex.mod = timex_name(expr.mod);
  found.timex.zone = expr.zone;
  found.timex.rule = expr.rule;
  found.timex.granularity = granularity_of(expr, found.timex);
  if (reading_.anchored && tense_decides(expr)) found.timex.other = other_side(expr, value);
  found.timex.interval = value.interval;
  if (goes_on(expr)) year_ = expr.year;
  if (expr.has_clock()) last_clock_ = &expr;
  if (value.day) {
    last_day_ = value.day;
    last_day_at_ = tokens_[expr.first].sentence;
  } else if (narrative_ && goes_on(expr)) {
    auto month = static_cast<unsigned>(std::max(expr.month, 1));
    last_day_ = std::chrono::year{expr.year} / std::chrono::month{month} / std::chrono::day{1};
  }
  return found;
}

}  // namespace

std::vector<FoundTime> find_times(const Tokens& tokens, const Lexicon& lexicon,
                                  const model::Timestamp& anchor) {
  std::vector<Expr> exprs = read_all(tokens, lexicon, anchor);
  share_years(tokens, exprs);
  share_zones(tokens, exprs);
  Narrator narrator(tokens, exprs, anchor);
  std::vector<FoundTime> out;
  out.reserve(exprs.size());
  for (std::size_t i = 0; i < exprs.size(); ++i) {
    FoundTime found = narrator.place(i);
    if (!found.timex.value.empty()) out.push_back(std::move(found));
  }
  mark_ranges(tokens, anchor, out);
  return out;
}

}  // namespace correlate::extraction
