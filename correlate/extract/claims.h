#pragma once

#include <string>
#include <vector>

#include "correlate/article.h"
#include "correlate/extract/places.h"
#include "correlate/extract/timex.h"
#include "correlate/extract/vocabulary.h"
#include "store/model/claim.h"

namespace correlate::extraction {

// One article, read: what the finders below share.
struct Page {
  const Article& article;
  const Tokens& tokens;
  std::size_t title_end = 0;  // first token of the body
  std::size_t story = 0;      // first token of the body behind its dateline ("HARARE, Jan 15 -")
  std::vector<FoundTime> times;
  std::vector<FoundMention> places;  // places and operators
  std::vector<FoundWord> words;
  double outage_score = 0;

  bool in_title(std::size_t token) const { return token < title_end; }
  bool in_dateline(std::size_t token) const { return token >= title_end && token < story; }
};

// What the page says: of an outage where it is about one, and of who said, did, asked or denied
// what. A time or length becomes a claim through the nearest outage word of its clause; one that
// dates a statement, or belongs to something else, does not.
std::vector<model::Claim> find_claims(const Page& page);

// How much the page's vocabulary speaks of a network outage, 0 … 1, and the words that do.
double outage_score(const Page& page, std::vector<std::string>& words);

// The kind of happening that the page reports, titles counting most, and when it took place.
void find_happening(const Page& page, model::Extraction& out);

}  // namespace correlate::extraction
