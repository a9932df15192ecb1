#include "correlate/story_names.h"

#include <algorithm>
#include <map>

#include "store/model/text.h"

namespace correlate {
namespace {

// Under what a name is the same: folded, without a form of address, a genitive or plural ending.
std::string key_of(const std::string& name) {
  auto out = model::fold(name);
  for (std::string_view title : {"mr ", "mrs ", "ms ", "dr ", "sir ", "herr ", "frau "}) {
    if (out.size() > title.size() && out.starts_with(title)) out.erase(0, title.size());
  }
  for (std::string_view ending : {"'s", "’s", "s"}) {
    constexpr std::size_t kShortest = 4;
    if (out.size() >= ending.size() + kShortest && out.ends_with(ending)) {
      out.resize(out.size() - ending.size());
      break;
    }
  }
  return out;
}

std::string last_word(const std::string& key) {
  auto blank = key.rfind(' ');
  return blank == std::string::npos ? std::string() : key.substr(blank + 1);
}

// Surnames of the people and things of several words, each with the one key that ends in it; empty
// where several do.
std::map<std::string, std::string> surnames(const std::map<std::string, StoryName>& names) {
  std::map<std::string, std::string> out;
  for (const auto& [key, name] : names) {
    auto surname = last_word(key);
    if (surname.empty() || name.kind == model::MentionKind::kPlace) continue;
    auto [found, fresh] = out.try_emplace(surname, key);
    if (!fresh) found->second.clear();
  }
  return out;
}

}  // namespace

std::vector<StoryName> story_names(const std::vector<model::Extraction>& extractions) {
  std::map<std::string, StoryName> names;
  std::map<std::string, std::set<std::size_t>> named_by;
  for (std::size_t i = 0; i < extractions.size(); ++i) {
    for (const auto& mention : extractions[i].mentions) {
      if (mention.name.empty()) continue;
      auto key = key_of(mention.name);
      auto& name = names[key];
      bool known = name.ref.empty() && !mention.ref.empty();
      bool shorter = name.ref.empty() && mention.name.size() < name.name.size();
      if (name.name.empty() || known || shorter) {
        name.kind = mention.kind;
        name.name = mention.name;
        name.ref = mention.ref;
      }
      name.forms.insert(mention.span.text);
      named_by[key].insert(i);
    }
  }
  for (const auto& [surname, whole] : surnames(names)) {
    auto alone = names.find(surname);
    bool unknown = alone != names.end() && alone->second.ref.empty() &&
                   alone->second.kind == model::MentionKind::kName;
    if (whole.empty() || !unknown) continue;
    names[whole].forms.merge(alone->second.forms);
    named_by[whole].merge(named_by[surname]);
    names.erase(alone);
  }
  constexpr std::size_t kFewest = 2;
  std::vector<StoryName> out;
  for (auto& [key, name] : names) {
    name.entries = named_by[key].size();
    if (name.entries >= kFewest) out.push_back(std::move(name));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const StoryName& a, const StoryName& b) { return a.entries > b.entries; });
  return out;
}

}  // namespace correlate
