#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/extract/places.h"
#include "correlate/extract/tokens.h"
#include "correlate/gazetteer/gazetteer.h"
#include "store/model/names.h"

namespace correlate::extraction {

// Names that somebody listed: ours of the founding case, and those that a user imported. Ours goes
// first, then the lists in the order of their ids. Cheap to copy.
class KnownNames {
 public:
  KnownNames();  // ours alone
  // Lists that cannot be read (of a newer Faultline) are left out.
  explicit KnownNames(std::vector<model::NameList> lists);

  // The names in a text, by their canonical names, in order, outside of what `taken` covers. A
  // single word of an imported list that may be any word ("Royal", "Play") needs one beside it that
  // tells what is meant ("ransomware", "gang").
  std::vector<FoundMention> find(const Tokens& tokens,
                                 const std::vector<FoundMention>& taken) const;

  // Puts the names of imported lists to AS numbers: AS17557 is "Pakistan Telecommunication …".
  void name_networks(std::vector<FoundMention>& networks) const;

  // Differs where the names do; empty for ours alone.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  struct Lists;
  std::shared_ptr<const Lists> lists_;
  std::string fingerprint_;
};

// Our own list: lines "KIND COUNTRY NAME: form | form", COUNTRY "-" where there is none.
std::string_view own_names();

}  // namespace correlate::extraction
