#include "correlate/extract/known_names.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "correlate/extract/phrases.h"
#include "correlate/gazetteer/list.h"
#include "store/model/hash.h"

namespace correlate::extraction {
namespace {

using gazetteer::Gazetteer;
using gazetteer::Kind;

model::NameList own_list() {
  std::vector<model::NamedThing> things;
  const char* row = nullptr;
  each_form(own_names(), [&](std::string_view head, std::string_view form) {
    if (head.data() != row) {
      auto kind = head.substr(0, head.find(' '));
      auto country =
          head.substr(kind.size() + 1, head.find(' ', kind.size() + 1) - kind.size() - 1);
      auto name = head.substr(kind.size() + country.size() + 2);
      things.push_back({std::string(kind),
                        "",
                        std::string(name),
                        {},
                        country == "-" ? std::string() : std::string(country)});
    }
    row = head.data();
    things.back().aliases.emplace_back(form);
  });
  return gazetteer::make_list(things, "Faultline's own", "", std::nullopt);
}

model::MentionKind mention_kind(Kind kind) {
  switch (kind) {
    case Kind::kCity:
      return model::MentionKind::kPlace;
    case Kind::kActor:
      return model::MentionKind::kActor;
    case Kind::kMalware:
      return model::MentionKind::kMalware;
    case Kind::kOrganisation:
      return model::MentionKind::kOrganisation;
    case Kind::kPerson:
      return model::MentionKind::kPerson;
    case Kind::kWork:
      return model::MentionKind::kWork;
    case Kind::kNetwork:
      return model::MentionKind::kNetwork;
    case Kind::kOther:
      break;
  }
  return model::MentionKind::kName;
}

// Words that say of a name beside them that it is an attacker's or a program's.
bool tells_of_attack(std::string_view word) {
  constexpr std::string_view kBegins[] = {
      "ransom",  "malware", "hack",  "cyber",   "trojan", "botnet",   "backdoor",     "wiper",
      "spyware", "stealer", "разбо", "вымогат", "хакер",  "programa", "schadsoftware"};
  constexpr std::string_view kWhole[] = {
      "gang",     "group",  "apt",       "virus",     "worm",      "actor",      "actors", "strain",
      "campaign", "attack", "attackers", "operators", "affiliate", "affiliates", "locker"};
  return std::any_of(std::begin(kBegins), std::end(kBegins),
                     [&](std::string_view begin) { return word.starts_with(begin); }) ||
         std::find(std::begin(kWhole), std::end(kWhole), word) != std::end(kWhole);
}

// "AS17557", "AS 17557".
bool is_as_number(const Tokens& tokens, std::size_t at, std::size_t words) {
  return tokens.word(at) == "as" && at + words <= tokens.size() &&
         tokens[at + words - 1].kind == TokenKind::kNumber;
}

// A word that only a name is: "APT38", "DarkSeoul", "TG-8223" has a digit or a capital inside.
bool is_odd(std::string_view raw) {
  bool digit = std::any_of(raw.begin(), raw.end(), [](char c) { return c >= '0' && c <= '9'; });
  bool lower = false;
  for (char c : raw) {
    if (c >= 'a' && c <= 'z') lower = true;
    if (lower && c >= 'A' && c <= 'Z') return true;
  }
  return digit && raw.find_first_not_of("0123456789") != std::string_view::npos;
}

// The number of an AS by its id: "AS17557".
std::optional<std::uint32_t> number_of(std::string_view id) {
  std::uint32_t number = 0;
  if (!id.starts_with("AS")) return std::nullopt;
  auto [end, failure] = std::from_chars(id.data() + 2, id.data() + id.size(), number);
  if (failure != std::errc() || end != id.data() + id.size()) return std::nullopt;
  return number;
}

// What a mention of an AS, or of who holds one, says of it. Of who holds several, no number.
void fill_network(const gazetteer::Record& record, bool single, model::Mention& mention) {
  mention.scope.country = record.country;
  if (single) mention.scope.asn = number_of(record.id);
}

}  // namespace

struct KnownNames::Lists {
  model::NameList own = own_list();
  std::vector<model::NameList> imported;
  std::vector<Gazetteer> gazetteers;  // of these bytes, in this order
};

KnownNames::KnownNames() : KnownNames(std::vector<model::NameList>()) {}

KnownNames::KnownNames(std::vector<model::NameList> lists) {
  auto made = std::make_shared<Lists>();
  made->imported = std::move(lists);
  if (auto own = Gazetteer::of(made->own.bytes)) made->gazetteers.push_back(*own);
  std::string all;
  for (const auto& list : made->imported) {
    auto gazetteer = Gazetteer::of(list.bytes);
    if (!gazetteer) continue;
    made->gazetteers.push_back(*gazetteer);
    all += model::sha256_hex(list.bytes);
  }
  if (!all.empty()) fingerprint_ = model::make_id("names", all);
  lists_ = std::move(made);
}

void KnownNames::name_networks(std::vector<FoundMention>& networks) const {
  if (lists_->gazetteers.size() < 2) return;
  for (auto& one : networks) {
    model::Mention& mention = one.mention;
    if (!mention.scope.asn) continue;
    std::string number = std::to_string(*mention.scope.asn);
    auto word = [&](std::size_t i) {
      return i == 0   ? std::string_view("as")
             : i == 1 ? std::string_view(number)
                      : std::string_view();
    };
    for (const auto& gazetteer : lists_->gazetteers) {
      auto found = gazetteer.find(word);
      if (found.words != 2 || gazetteer.kind(found.ids[0]) != Kind::kNetwork) continue;
      auto record = gazetteer.record(found.ids[0]);
      mention.name = record.name;
      mention.ref = record.id;
      if (mention.scope.country.empty()) mention.scope.country = record.country;
      break;
    }
  }
}

std::vector<FoundMention> KnownNames::find(const Tokens& tokens,
                                           const std::vector<FoundMention>& taken) const {
  std::vector<bool> covered(tokens.size(), false);
  for (const auto& one : taken) {
    for (auto i = one.first; i < one.last; ++i) covered[i] = true;
  }
  auto word_at = [&](std::size_t at) {
    return at < tokens.size() && !covered[at] ? tokens.word(at) : std::string_view();
  };
  // Whether a single common word is meant as the name here.
  auto is_told = [&](std::size_t at) {
    constexpr std::size_t kNear = 4;
    std::size_t end = std::min(tokens.size(), at + kNear + 1);
    for (std::size_t i = at > kNear ? at - kNear : 0; i < end; ++i) {
      bool here = i != at && tokens[i].sentence == tokens[at].sentence;
      if (here && tells_of_attack(tokens.word(i))) return true;
    }
    return false;
  };
  std::vector<FoundMention> out;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    bool mark = tokens[at].kind == TokenKind::kPunct;
    // In scripts with capitals a word of small letters alone is no name.
    if (tokens[at].plain || (mark && tokens.raw(at) != "#")) continue;
    auto first = static_cast<unsigned char>(tokens.raw(at)[0]);
    bool cased = !mark && first < 0xD5;  // scripts with capitals
    bool number = tokens[at].kind == TokenKind::kNumber;
    if (cased && !number && !tokens[at].capital && !is_odd(tokens.raw(at))) continue;
    Gazetteer::Found best;
    const Gazetteer* of = nullptr;
    for (const auto& gazetteer : lists_->gazetteers) {
      // "Pakistan Telecommunication Company": an operator whose name begins with a place.
      auto found = covered[at] ? gazetteer.find([&](std::size_t i) { return tokens.word(at + i); })
                               : gazetteer.find([&](std::size_t i) { return word_at(at + i); });
      if (found.words <= best.words) continue;
      if (covered[at] && gazetteer.kind(found.ids[0]) != Kind::kNetwork) continue;
      best = found;
      of = &gazetteer;
    }
    if (of == nullptr) continue;
    bool ours = of == &lists_->gazetteers.front();
    bool plain = best.words == 1 && !is_odd(tokens.raw(at));
    bool network = of->kind(best.ids[0]) == Kind::kNetwork;
    // A common word is no operator, and "AS17557" is read as a number (networks.h).
    if (network && (plain || best.words == 1 || is_as_number(tokens, at, best.words))) continue;
    if (!ours && plain && !is_told(at)) continue;
    auto record = of->record(best.ids[0]);
    FoundMention found;
    found.mention.kind = mention_kind(record.kind);
    found.mention.span = tokens.span(at, at + best.words);
    found.mention.name = record.name;
    found.mention.ref = record.id;
    if (record.kind == Kind::kCity) found.mention.scope.country = record.country;
    if (network) fill_network(record, best.ids.size() == 1, found.mention);
    found.first = at;
    found.last = at + best.words;
    out.push_back(std::move(found));
    at += best.words - 1;
  }
  return out;
}

}  // namespace correlate::extraction
