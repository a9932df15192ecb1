#include "correlate/extract.h"

#include <algorithm>
#include <utility>

#include "correlate/extract/boilerplate.h"
#include "correlate/extract/cities.h"
#include "correlate/extract/claims.h"
#include "correlate/extract/language.h"
#include "correlate/extract/lexicon.h"
#include "correlate/extract/local_time.h"
#include "correlate/extract/networks.h"
#include "correlate/extract/numbered_days.h"
#include "correlate/extract/places.h"
#include "correlate/extract/timex.h"
#include "correlate/extract/tokens.h"
#include "correlate/extract/vocabulary.h"

namespace correlate {
namespace {

void add_mentions(model::Extraction& out, const std::vector<extraction::FoundMention>& found) {
  for (const auto& mention : found) out.mentions.push_back(mention.mention);
}

// The times of the text, each sentence read in its own language. What begins in one and ends in
// another is no time.
std::vector<extraction::FoundTime> times_of(const extraction::Tokens& tokens,
                                            const extraction::Languages& languages,
                                            const model::Timestamp& anchor) {
  std::vector<extraction::FoundTime> out;
  for (std::size_t i = 0; i < languages.all().size(); ++i) {
    const auto& lexicon = extraction::Lexicon::of(languages.all()[i]);
    auto here = [&](std::size_t at) { return languages.of_sentence(tokens[at].sentence) == i; };
    for (auto& time : extraction::find_times(tokens, lexicon, anchor)) {
      bool all = true;
      for (std::size_t at = time.first; at < time.last; ++at) all = all && here(at);
      if (all) out.push_back(std::move(time));
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

// Cities outside of what places and known names cover; those become places like the others.
void add_cities(const extraction::Tokens& tokens,
                const std::vector<extraction::FoundMention>& known, std::string_view home,
                std::vector<extraction::FoundMention>& places) {
  auto taken = places;
  taken.insert(taken.end(), known.begin(), known.end());
  auto cities = extraction::find_cities(tokens, taken, home);
  std::copy_n(taken.begin(), places.size(), places.begin());
  places.insert(places.end(), cities.begin(), cities.end());
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
}

// What the page says of itself is no part of what it tells.
template <typename Found>
void drop_boilerplate(const extraction::Tokens& tokens, const std::vector<bool>& boilerplate,
                      std::vector<Found>& list) {
  std::erase_if(list, [&](const Found& one) { return boilerplate[tokens[one.first].sentence]; });
}

// The moment that times in a text are read from. What was published on a day was written by its
// end: "01:46 UTC" in it is of that day, not of the one before.
model::Timestamp reading_point(const model::Timestamp& anchor) {
  model::Timestamp out = anchor;
  if (anchor.precision >= model::Precision::kDay && anchor.at != model::Instant::min()) {
    out.at = anchor.interval().to - model::Seconds{1};
  }
  return out;
}

}  // namespace

model::Extraction extract(const Article& article) {
  static const extraction::KnownNames kOwn;
  return extract(article, kOwn);
}

model::Extraction extract(const Article& article, const extraction::KnownNames& names) {
  model::Extraction out;
  out.entry_id = article.id;
  out.revision = article.revision;
  out.language =
      article.language.empty() ? extraction::detect_language(article.text) : article.language;
  extraction::Tokens tokens(article.text);
  extraction::Page page{article, tokens, 0, 0, {}, {}, {}, 0};
  while (page.title_end < tokens.size() && tokens[page.title_end].first < article.title_length) {
    ++page.title_end;
  }
  extraction::Languages languages(tokens, out.language);
  auto boilerplate = extraction::find_boilerplate(tokens, page.title_end);
  page.times = times_of(tokens, languages, reading_point(article.anchor));
  page.places = extraction::find_places(tokens, languages);
  auto known = names.find(tokens, page.places);
  add_cities(tokens, known, article.home, page.places);
  page.story = extraction::behind_dateline(tokens, page.places, page.title_end);
  extraction::place_local_times(page);
  page.words = extraction::find_words(tokens, languages);
  drop_boilerplate(tokens, boilerplate, page.times);
  drop_boilerplate(tokens, boilerplate, page.places);
  drop_boilerplate(tokens, boilerplate, page.words);
  auto infrastructure = extraction::find_infrastructure(tokens, page.words);
  drop_boilerplate(tokens, boilerplate, infrastructure);
  page.outage_score = extraction::outage_score(page, out.outage_words);
  out.outage_score = page.outage_score;
  out.claims = extraction::find_claims(page);
  extraction::date_numbered_days(out.claims, page);
  extraction::find_happening(page, out);
  auto networks = extraction::find_networks(tokens);
  names.name_networks(networks);
  add_mentions(out, infrastructure);
  add_mentions(out, page.places);
  add_mentions(out, networks);
  drop_boilerplate(tokens, boilerplate, known);
  add_mentions(out, known);
  known.insert(known.end(), page.places.begin(), page.places.end());
  auto unknown = extraction::find_names(tokens, known);
  drop_boilerplate(tokens, boilerplate, unknown);
  add_mentions(out, unknown);
  std::stable_sort(
      out.mentions.begin(), out.mentions.end(),
      [](const model::Mention& a, const model::Mention& b) { return a.span.begin < b.span.begin; });
  for (const auto& time : page.times) out.times.push_back(time.timex);
  return out;
}

}  // namespace correlate
