#include "correlate/gazetteer/list.h"

#include <utility>

#include "correlate/gazetteer/words.h"
#include "store/model/hash.h"
#include "store/model/text.h"

namespace correlate::gazetteer {

Kind kind_of(std::string_view word) {
  auto folded = model::fold(word);
  auto has = [&folded](std::string_view part) { return folded.find(part) != std::string::npos; };
  if (auto kind = kind_named(folded)) return *kind;
  if (has("actor") || has("intrusion") || has("activity-group") || has("activity group") ||
      has("gang")) {
    return Kind::kActor;
  }
  for (std::string_view part : {"malware", "malpedia", "ransomware", "tool", "botnet", "stealer",
                                "backdoor", "exploit-kit", "banker", "cryptominer"}) {
    if (has(part)) return Kind::kMalware;
  }
  if (has("person") || has("people")) return Kind::kPerson;
  if (has("film") || has("product")) return Kind::kWork;
  if (has("organi") || has("company") || has("target")) return Kind::kOrganisation;
  return Kind::kOther;
}

model::NameList make_list(std::span<const model::NamedThing> things, std::string title,
                          std::string licence, std::optional<Kind> kind) {
  model::NameList out;
  Builder builder(title, licence);
  for (const auto& thing : things) {
    Record record;
    record.kind = kind ? *kind : kind_of(thing.kind);
    record.id = thing.id;
    record.name = thing.name;
    record.country = thing.country;
    std::vector<std::vector<std::string>> names{words_of(thing.name)};
    for (const auto& alias : thing.aliases) names.push_back(words_of(alias));
    // The number of an AS has too few letters for a name; it is looked up as such.
    if (record.kind == Kind::kNetwork && thing.id.starts_with("AS")) {
      names.push_back({"as", thing.id.substr(2)});
    }
    builder.add(record, names);
  }
  out.bytes = builder.bytes();
  auto made = Gazetteer::of(out.bytes);
  out.records = static_cast<std::int64_t>(things.size());
  out.names = made ? static_cast<std::int64_t>(made->names()) : 0;
  out.id = model::make_id("gaz", title);
  out.title = std::move(title);
  out.licence = std::move(licence);
  return out;
}

}  // namespace correlate::gazetteer
