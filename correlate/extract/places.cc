#include "correlate/extract/places.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include <unicode/locid.h>

#include "correlate/extract/one_of.h"
#include "correlate/extract/phrases.h"
#include "store/model/text.h"

namespace correlate::extraction {
namespace {

struct Place {
  char kind = 'n';          // as in the table; 'o': an operator
  std::uint32_t order = 0;  // of two meanings of a name the first one holds
  model::Scope scope;
  std::string name;
};

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string country_name(const std::string& country, const icu::Locale& in) {
  icu::UnicodeString name;
  icu::Locale("", country.c_str()).getDisplayCountry(in, name);
  return utf8(name);
}

// Languages whose nouns and adjectives change their endings.
bool inflects(std::string_view language) {
  return one_of(language, "ru", "uk", "be", "bg", "pl", "cs", "sk", "hr", "sr", "sl");
}

// "Северной" and "Северная" share what is left when up to three letters of ending are cut.
std::string stem_of(std::string_view word) {
  static const std::unordered_set<std::string_view> kEndings = {
      "а", "е", "и", "о", "у", "ы", "э", "ю", "я", "й", "ь", "м", "х",
      "ї", "і", "є", "a", "e", "i", "o", "u", "y", "m", "j", "h", "g"};
  std::string_view rest = word;
  for (int cut = 0; cut < 3 && !rest.empty(); ++cut) {  // a word of marks alone folds to nothing
    std::string_view shorter = without_last_letter(rest);
    if (model::code_points(shorter) < 4 || !kEndings.contains(rest.substr(shorter.size()))) break;
    rest = shorter;
  }
  return std::string(rest);
}

std::string stems_of(const Tokens& tokens, std::size_t at, std::size_t count) {
  std::string out;
  for (std::size_t i = at; i < at + count; ++i) out += stem_of(tokens.word(i)) + ' ';
  return out;
}

// A place and the number of tokens that name it.
struct Named {
  const Place* meaning = nullptr;
  std::size_t length = 0;

  explicit operator bool() const { return meaning != nullptr; }
};

Named first_of(const Phrases<Place>::Found& found) {
  return found ? Named{&found.meanings->front(), found.length} : Named{};
}

// The names of places in one language, and in English: those are shared by all languages.
class Gazetteer {
 public:
  static const Gazetteer& of(std::string_view language);
  Gazetteer(const std::string& language, const Gazetteer* english);

  Named find(const Tokens& tokens, std::size_t at) const;

 private:
  void add_operators();
  void add_table();
  void add_countries(const std::string& language);
  void add_name(const std::string& name, const Place& place);
  Phrases<Place>::Found find_phrase(const Tokens& tokens, std::size_t at) const;

  // More than there are of any kind: operators, then the table's, then countries.
  static constexpr std::uint32_t kBehind = 1U << 20U;

  std::string language_;
  const Gazetteer* english_;  // null: this is it
  std::uint32_t added_ = 0;
  Phrases<Place> phrases_;
  std::unordered_map<std::string, Place> stems_;  // of inflected names of countries
};

Gazetteer::Gazetteer(const std::string& language, const Gazetteer* english)
    : language_(language), english_(english) {
  if (english == nullptr) add_operators();
  add_table();
  if (english == nullptr || inflects(language)) add_countries("en");
  if (english == nullptr) return;
  added_ += kBehind;
  add_countries(language);
}

void Gazetteer::add_operators() {
  each_form(operator_table(), [&](std::string_view head, std::string_view form) {
    Place place;
    place.kind = 'o';
    place.order = added_++;
    place.scope.country = head.substr(0, 2);
    std::string_view rest = head.substr(3);
    std::uint32_t asn = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), asn);
    if (asn != 0) place.scope.asn = asn;
    place.name = rest.substr(rest.find(' ') + 1);
    phrases_.add(form, place);
  });
}

void Gazetteer::add_table() {
  added_ = kBehind;
  const char* row = nullptr;
  std::string region;
  each_form(place_table(), [&](std::string_view head, std::string_view form) {
    ++added_;
    if (head.substr(3, 2) != language_) return;
    Place place;
    place.kind = head.back();
    place.order = added_;
    place.scope.country = head.substr(0, 2);
    place.name = country_name(place.scope.country, icu::Locale::getEnglish());
    if (place.kind == 'r') {
      // A row's first form is the region's name.
      if (head.data() != row) region = form;
      place.scope.region = region;
    }
    row = head.data();
    phrases_.add(form, place);
  });
}

void Gazetteer::add_name(const std::string& name, const Place& place) {
  phrases_.add(name, place);
  std::string flat = name;
  std::size_t quote = flat.find("’");
  if (quote != std::string::npos)
    phrases_.add(flat.replace(quote, std::string_view("’").size(), "'"), place);
  // "#NorthKorea"
  if (std::string glued = flat; std::erase(glued, ' ') > 0) phrases_.add(glued, place);
  if (inflects(language_)) {
    Tokens tokens(name);
    if (!tokens.empty()) stems_.try_emplace(stems_of(tokens, 0, tokens.size()), place);
  }
}

void Gazetteer::add_countries(const std::string& language) {
  icu::Locale locale(language.c_str());
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    std::string name = country_name(*code, locale);
    if (name == *code || model::code_points(name) < 2) continue;
    Place place;
    place.order = ++added_;
    place.scope.country = *code;
    place.name = country_name(*code, icu::Locale::getEnglish());
    // "Myanmar (Burma)", "Congo - Kinshasa", "Hong Kong SAR China"
    std::size_t bracket = name.find_first_of("([");
    if (bracket == std::string::npos) bracket = name.find("（");
    std::string bare(model::trim(name.substr(0, bracket)));
    if (bare.size() > 4 && bare.find(" - ") != std::string::npos) continue;
    add_name(bare, place);
    // The other name that stands in brackets, where it is one: "Myanmar (Burma)", not "Congo
    // (Republic)".
    bool renamed = one_of(*code, "MM", "TL", "SZ", "CI", "CV");
    constexpr std::size_t kLongEnough = 4;
    std::size_t close = name.find(')');
    if (renamed && bracket != std::string::npos && name[bracket] == '(' &&
        close != std::string::npos) {
      std::string other = name.substr(bracket + 1, close - bracket - 1);
      if (model::code_points(other) >= kLongEnough) add_name(other, place);
    }
    std::size_t sar = bare.find(" SAR");
    if (sar != std::string::npos) add_name(bare.substr(0, sar), place);
  }
}

const Gazetteer& Gazetteer::of(std::string_view language) {
  static std::mutex mutex;
  static std::unordered_map<std::string, std::unique_ptr<Gazetteer>> made;
  static const Gazetteer kEnglish("en", nullptr);
  auto code = known_language(language);
  if (code == "en") return kEnglish;
  std::scoped_lock lock(mutex);
  auto& slot = made[code];
  if (!slot) slot = std::make_unique<Gazetteer>(code, &kEnglish);
  return *slot;
}

// Arabic and Hebrew write "and", "in", "to" in one word with the name.
std::string_view without_prefix(std::string_view word, std::string_view language) {
  if (language != "ar" && language != "he" && language != "fa") return {};
  for (std::string_view prefix : {"و", "ب", "ل", "ف", "ك", "ב", "ל", "מ", "ו", "ה", "ש", "כ"}) {
    if (word.size() > prefix.size() + 4 && word.starts_with(prefix))
      return word.substr(prefix.size());
  }
  return {};
}

// As if all names were in one table: the longest, as it is rather than with an ending, the first.
Phrases<Place>::Found Gazetteer::find_phrase(const Tokens& tokens, std::size_t at) const {
  auto own = phrases_.find(tokens, at);
  if (english_ == nullptr) return own;
  auto english = english_->phrases_.find(tokens, at);
  if (!own || !english) return own ? own : english;
  if (own.length != english.length) return own.length > english.length ? own : english;
  if (own.stem != english.stem) return own.stem ? english : own;
  return own.meanings->front().order < english.meanings->front().order ? own : english;
}

Named Gazetteer::find(const Tokens& tokens, std::size_t at) const {
  if (auto found = find_phrase(tokens, at)) return first_of(found);
  if (tokens[at].kind != TokenKind::kWord) return {};
  if (!stems_.empty() && tokens[at].capital) {
    for (std::size_t count = std::min<std::size_t>(3, tokens.size() - at); count > 0; --count) {
      auto found = stems_.find(stems_of(tokens, at, count));
      if (found != stems_.end()) return {&found->second, count};
    }
  }
  std::string_view bare = without_prefix(tokens.word(at), language_);
  if (bare.empty()) return {};
  // The rest of the phrase as it stands, its first word without the prefix.
  std::size_t reach = std::min(tokens.size(), at + 3);
  Tokens again(tokens.text().substr(tokens[at].end - bare.size(),
                                    tokens[reach - 1].end - (tokens[at].end - bare.size())));
  return again.empty() ? Named{} : first_of(find_phrase(again, 0));
}

bool cased(std::string_view raw) {
  return !raw.empty() && (static_cast<unsigned char>(raw[0]) < 0xD6);  // Latin, Greek, Cyrillic
}

// Names that are also given names, surnames, birds or states of the US.
bool ambiguous(std::string_view word) {
  return one_of(word, "jordan", "chad", "georgia", "israel", "paris", "sydney", "florence", "kenya",
                "india", "guinea", "turkey", "brooklyn", "london", "austin", "aden", "sofia",
                "lagos", "santiago", "niger", "cuba", "milan", "washington", "jamaica", "houston",
                "virginia", "ireland", "holland", "france", "england", "wales", "malta", "cyprus",
                "rogers", "zain", "suva", "lima", "mali", "togo", "juba");
}

bool plain_capital(const Tokens& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].kind == TokenKind::kWord && tokens[at].capital &&
         !tokens[at].upper;
}

// Whether a word that can name a person or a thing does so here.
bool names_something_else(const Tokens& tokens, std::size_t at, std::size_t length) {
  std::size_t end = at + length;
  std::string_view word = tokens.word(at);
  std::string_view next = tokens.word(end);
  bool adjoining = end < tokens.size() && tokens[end].sentence == tokens[at].sentence;
  if (next == "-" && one_of(tokens.word(end + 1), "born", "based", "style", "made")) {
    return tokens.word(end + 1) == "born";
  }
  if (length > 1 || !ambiguous(word)) return false;
  std::string_view before = at > 0 ? tokens.word(at - 1) : std::string_view();
  bool first = at == 0 || tokens[at - 1].sentence != tokens[at].sentence;
  if (one_of(before, "a", "an", "mr", "ms", "mrs", "the") && word != "washington") return true;
  bool surname = adjoining && plain_capital(tokens, end) && tokens[end].spaced;
  bool given = !first && plain_capital(tokens, at - 1) && tokens[at].spaced &&
               !(at > 1 && tokens[at - 2].sentence != tokens[at].sentence && at - 1 == 0);
  if (word == "turkey" && !tokens[at].capital) return true;
  bool headline = surname && plain_capital(tokens, end + 1);  // Words In A Title Are All Capital
  return (surname && !headline) || (given && !headline);
}

// Georgia, the state: named beside other American places.
bool means_american_state(const Tokens& tokens, std::size_t at) {
  if (tokens.word(at) != "georgia") return false;
  std::size_t from = at > 40 ? at - 40 : 0;
  std::size_t to = std::min(tokens.size(), at + 40);
  for (std::size_t i = from; i < to; ++i) {
    if (one_of(tokens.word(i), "tbilisi", "armenia", "russia", "caucasus", "georgian", "yerevan"))
      return false;
  }
  for (std::size_t i = from; i < to; ++i) {
    if (one_of(tokens.word(i), "atlanta", "alabama", "florida", "carolina", "tennessee", "savannah",
               "fulton", "governor", "county", "senator", "augusta", "macon") ||
        tokens.raw(i) == "US") {
      return true;
    }
  }
  return false;
}

// A form of a name that must be written in capitals to be one.
bool written_right(const Tokens& tokens, std::size_t at, const Named& found) {
  std::string_view raw = tokens.raw(at);
  if (!cased(raw) || tokens[at].kind != TokenKind::kWord) return true;
  bool dotted = tokens.word(at + 1) == "." && found.length > 2;
  if (found.length == 1 && raw.size() <= 3) return tokens[at].upper;
  if (dotted) return tokens[at].capital;
  if (tokens[at].capital) return true;
  // Brands in casual writing.
  constexpr std::size_t kUnmistakable = 6;
  if (found.meaning->kind == 'o' && found.length == 1 && raw.size() >= kUnmistakable) {
    return !one_of(tokens.word(at), "outlook", "rogers", "arbor", "jawwal", "zamtel");
  }
  if (found.length > 1) return found.meaning->kind == 'n' || found.meaning->kind == 'a';
  // Adjectives of languages that write them small.
  return found.meaning->kind == 'a' && tokens.word(at) != "polish" &&
         tokens.word(at) != "finnish" && tokens.word(at) != "poles" && tokens.word(at) != "french";
}

// "Latin America", "South America": not the United States.
bool part_of_continent(const Tokens& tokens, std::size_t at) {
  return at > 0 && one_of(tokens.word(at), "america", "american", "americans") &&
         one_of(tokens.word(at - 1), "south", "north", "latin", "central", "native");
}

}  // namespace

std::vector<FoundMention> find_places(const Tokens& tokens, const Languages& languages) {
  std::vector<const Gazetteer*> all;
  for (const auto& language : languages.all()) all.push_back(&Gazetteer::of(language));
  std::vector<FoundMention> out;
  for (std::size_t i = 0; i < tokens.size();) {
    bool letters = tokens[i].kind == TokenKind::kWord || tokens[i].kind == TokenKind::kGlyph;
    const Gazetteer& gazetteer = *all[languages.of_sentence(tokens[i].sentence)];
    auto found = letters ? gazetteer.find(tokens, i) : Named{};
    if (!found || !written_right(tokens, i, found) || part_of_continent(tokens, i) ||
        names_something_else(tokens, i, found.length)) {
      ++i;
      continue;
    }
    FoundMention mention;
    const Place& place = *found.meaning;
    mention.first = i;
    mention.last = i + found.length;
    mention.mention.kind =
        place.kind == 'o' ? model::MentionKind::kNetwork : model::MentionKind::kPlace;
    mention.mention.span = tokens.span(i, i + found.length);
    mention.mention.scope = place.scope;
    mention.mention.name = place.name;
    if (place.kind != 'o' && means_american_state(tokens, i)) {
      mention.mention.scope.country = "US";
      mention.mention.scope.region = "Georgia";
      mention.mention.name = "United States";
    }
    i = mention.last;
    out.push_back(std::move(mention));
  }
  return out;
}

}  // namespace correlate::extraction
