#pragma once

#include <span>
#include <string>
#include <string_view>

#include "correlate/gazetteer/gazetteer.h"
#include "store/model/names.h"

namespace correlate::gazetteer {

// What the words that lists use for a kind mean here: "threat-actor", "mitre-intrusion-set" and the
// like are actors, "ransomware", "malpedia", "tool" … malware. Of what is not known: kOther.
Kind kind_of(std::string_view word);

// A list of things made ready for looking up. Names of one or two letters are left out: they would
// be found everywhere. `kind` stands for all of them where it is given. The rest of the list (id,
// source, time) is the caller's.
model::NameList make_list(std::span<const model::NamedThing> things, std::string title,
                          std::string licence, std::optional<Kind> kind);

}  // namespace correlate::gazetteer
