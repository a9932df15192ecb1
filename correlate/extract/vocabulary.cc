#include "correlate/extract/vocabulary.h"

#include <charconv>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>

#include "correlate/extract/phrases.h"
#include "store/model/text.h"

namespace correlate::extraction {
namespace {

std::string_view next_word(std::string_view& rest) {
  std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  return word;
}

Sense sense_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Sense> kNames = {
      {"NET", Sense::kNetwork},  {"OUT", Sense::kOutage},   {"START", Sense::kStart},
      {"END", Sense::kEnd},      {"LAST", Sense::kLasting}, {"SAY", Sense::kSay},
      {"HEDGE", Sense::kHedge},  {"DENY", Sense::kDeny},    {"ALL", Sense::kAll},
      {"SOME", Sense::kSome},    {"CAUSE", Sense::kCause},  {"ELSE", Sense::kElse},
      {"HAP", Sense::kHappening}};
  auto found = kNames.find(name);
  return found == kNames.end() ? Sense::kElse : found->second;
}

model::Happening happening_of(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(model::Happening::kRelapse); ++i) {
    auto kind = static_cast<model::Happening>(i);
    if (model::to_string(kind) == name) return kind;
  }
  return model::Happening::kOther;
}

Phrases<Word> make(const std::string& language) {
  Phrases<Word> out;
  each_form(vocabulary_table(), [&](std::string_view head, std::string_view form) {
    std::string_view of = next_word(head);
    if (of != "en" && of != language) return;
    Word word;
    word.sense = sense_of(next_word(head));
    std::string_view weight = next_word(head);
    std::from_chars(weight.data(), weight.data() + weight.size(), word.weight);
    // "threat demand": a demand is a kind of threat.
    if (word.sense == Sense::kHappening) word.happening = happening_of(next_word(head));
    word.name = head;
    out.add(form, word);
  });
  return out;
}

// Languages that the table has words of.
bool has_words(std::string_view language) {
  static const auto kLanguages = [] {
    std::set<std::string, std::less<>> out;
    each_form(vocabulary_table(), [&](std::string_view head, std::string_view /*form*/) {
      out.emplace(next_word(head));
    });
    return out;
  }();
  return kLanguages.contains(language);
}

const Phrases<Word>& words_of(std::string_view language) {
  static std::mutex mutex;
  static std::unordered_map<std::string, std::unique_ptr<Phrases<Word>>> made;
  auto code = known_language(language);
  if (!has_words(code)) code = "en";
  std::scoped_lock lock(mutex);
  auto& slot = made[code];
  if (!slot) slot = std::make_unique<Phrases<Word>>(make(code));
  return *slot;
}

}  // namespace

std::vector<FoundWord> find_words(const Tokens& tokens, const Languages& languages) {
  std::vector<const Phrases<Word>*> all;
  for (const auto& language : languages.all()) all.push_back(&words_of(language));
  std::vector<FoundWord> out;
  for (std::size_t i = 0; i < tokens.size();) {
    bool letters = tokens[i].kind == TokenKind::kWord || tokens[i].kind == TokenKind::kGlyph;
    const auto& words = *all[languages.of_sentence(tokens[i].sentence)];
    auto found = letters ? words.find(tokens, i) : Phrases<Word>::Found{};
    if (!found) {
      ++i;
      continue;
    }
    for (const auto& meaning : *found.meanings) out.push_back({&meaning, i, i + found.length});
    i += found.length;
  }
  return out;
}

}  // namespace correlate::extraction
