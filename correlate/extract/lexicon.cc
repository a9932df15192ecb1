#include "correlate/extract/lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "correlate/extract/language.h"
#include "correlate/extract/phrases.h"
#include "correlate/extract/role_names.h"
#include "store/model/text.h"

namespace correlate::extraction {
namespace {

template <std::size_t N>
int code_of(const std::array<Code, N>& codes, std::string_view name) {
  return find_code(codes, name).value_or(0);
}

double number_of(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Reads the VALUE column of the table for one role.
Meaning meaning_of(Role role, std::string_view value) {
  Meaning m;
  m.role = role;
  std::string_view head = value.substr(0, value.find(','));
  std::string_view tail = head.size() < value.size() ? value.substr(head.size() + 1) : "";
  switch (role) {
    case Role::kUnit:
    case Role::kSet:
      m.value = code_of(kUnits, head);
      break;
    case Role::kCounted:
      m.value = code_of(kUnits, head);
      m.amount = number_of(tail);
      break;
    case Role::kRelative:
      m.value = code_of(kUnits, head);
      m.offset = static_cast<int>(number_of(tail));
      break;
    case Role::kPart:
      m.value = code_of(kParts, head);
      break;
    case Role::kDayPart:
      m.value = code_of(kParts, head);
      m.offset = static_cast<int>(number_of(tail));
      break;
    case Role::kSeason:
      m.value = code_of(kSeasons, head);
      break;
    case Role::kModBefore:
    case Role::kModAfter:
    case Role::kStart:
      m.value = code_of(kMods, head);
      break;
    case Role::kRef:
      m.value = code_of(kRefs, head);
      break;
    case Role::kZone:
      m.text = head;
      break;
    default:
      m.amount = number_of(head);
      m.value = static_cast<int>(m.amount);
  }
  return m;
}

std::string_view next_field(std::string_view& rest, char end) {
  std::size_t pos = rest.find(end);
  std::string_view field = model::trim(rest.substr(0, pos));
  rest = pos == std::string_view::npos ? std::string_view() : rest.substr(pos + 1);
  return field;
}

}  // namespace

std::string_view timex_name(Mod mod) {
  for (const auto& code : kMods) {
    if (code.value == static_cast<int>(mod)) return code.name;
  }
  return "";
}

std::string_view timex_name(Part part) {
  for (const auto& code : kParts) {
    if (code.value == static_cast<int>(part)) return code.name;
  }
  return "";
}

Lexicon::Lexicon(const std::string& language) : language_(language) {
  day_first_ = language != "en" && language != "zh" && language != "ja" && language != "ko";
  add_table(lexicon_table());
  add_cldr_words(language_, *this);
  if (language_ == "de" || language_ == "nl") join_weekdays();
}

// "Sonntagabend": languages that write the day and its part as one word.
void Lexicon::join_weekdays() {
  std::vector<std::pair<std::string, Meaning>> days;
  std::vector<std::pair<std::string, Meaning>> parts;
  for (std::size_t i = 0; i < phrases_.size(); ++i) {
    const std::string& form = phrases_[i];
    for (const auto& meaning : of_phrases_[i]) {
      bool whole = !meaning.weak && meaning.length == 1;
      if (whole && meaning.role == Role::kWeekday) days.emplace_back(form, meaning);
      if (whole && meaning.role == Role::kPart) parts.emplace_back(form, meaning);
    }
  }
  for (const auto& [day, weekday] : days) {
    for (const auto& [part, hours] : parts) {
      Meaning both = weekday;
      both.role = Role::kWeekdayPart;
      both.offset = hours.value;
      add(day + part, both);
    }
  }
}

const Lexicon& Lexicon::of(std::string_view language) {
  static std::mutex mutex;
  static std::unordered_map<std::string, std::unique_ptr<Lexicon>> made;
  auto code = known_language(language);
  if (code == "no" || code == "nn") code = "nb";
  if (code == "sr" || code == "bs") code = "hr";
  std::scoped_lock lock(mutex);
  auto& slot = made[code];
  if (!slot) slot = std::make_unique<Lexicon>(code);
  return *slot;
}

void Lexicon::add_table(std::string_view table) {
  while (!table.empty()) {
    std::string_view line = next_field(table, '\n');
    std::string_view head = next_field(line, ':');
    std::string_view languages = next_field(head, ' ');
    std::string_view role = next_field(head, ' ');
    bool weak = !role.empty() && role.back() == '?';
    if (weak) role.remove_suffix(1);
    bool ours = languages == "*";
    while (!ours && !languages.empty()) ours = next_field(languages, ',') == language_;
    auto named = role_named(role);
    if (!ours || !named) continue;
    Meaning meaning = meaning_of(*named, head);
    meaning.weak = weak;
    while (!line.empty()) add(next_field(line, '|'), meaning);
  }
}

void Lexicon::add(std::string_view form, Meaning meaning) {
  bool stem = !form.empty() && form.back() == '*';
  if (stem) form.remove_suffix(1);
  Tokens tokens(form);
  if (tokens.empty() || tokens.size() > kMost) return;
  meaning.length = static_cast<std::uint8_t>(tokens.size());
  std::string key = joined_words(tokens, 0, tokens.size());
  std::size_t index = stem ? stems_.add(key) : phrases_.add(key);
  auto& all = stem ? of_stems_ : of_phrases_;
  if (index >= all.size()) all.resize(index + 1);
  auto& meanings = all[index];
  for (const auto& known : meanings) {
    bool same = known.role == meaning.role && known.value == meaning.value;
    if (same && (known.role != Role::kCounted || known.amount == meaning.amount)) return;
  }
  meanings.push_back(meaning);
  if (stem) return;
  firsts_.add(tokens, false);
}

void Lexicon::find(const Tokens& tokens, std::size_t at, std::vector<Meaning>& out) const {
  const Token& token = tokens[at];
  if (token.kind == TokenKind::kNumber) return;
  std::size_t before = out.size();
  if (std::size_t most = firsts_.longest(tokens, at); most > 0) {
    std::array<std::uint64_t, kMost + 1> hashes{kHashSeed, token.hash};
    for (std::size_t count = 2; count <= most; ++count) {
      hashes[count] = hash_bytes(hash_byte(hashes[count - 1], ' '), tokens.word(at + count - 1));
    }
    for (std::size_t count = most; count > 0; --count) {
      auto found = phrases_.find(hashes[count], [&](const std::string& phrase) {
        return reads(tokens, at, count, std::string_view::npos, phrase);
      });
      if (found == PhraseIndex::kNone) continue;
      out.insert(out.end(), of_phrases_[found].begin(), of_phrases_[found].end());
    }
  }
  if (out.size() > before || token.kind != TokenKind::kWord) return;
  constexpr int kLongestEnding = 6;  // letters that an inflection adds
  auto stem = stems_.find(tokens, at, 1, kHashSeed, kLongestEnding);
  if (stem == PhraseIndex::kNone) return;
  out.insert(out.end(), of_stems_[stem].begin(), of_stems_[stem].end());
}

int Lexicon::weekday_named(std::string_view word) const {
  auto found = phrases_.find(word);
  if (found == PhraseIndex::kNone) return 0;
  for (const auto& meaning : of_phrases_[found]) {
    if (meaning.role == Role::kWeekday) return meaning.value;
  }
  return 0;
}

}  // namespace correlate::extraction
