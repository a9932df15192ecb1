#include "correlate/extract.h"

#include "correlate/extract/language.h"
#include "correlate/extract/lexicon.h"
#include "correlate/extract/timex.h"
#include "correlate/extract/tokens.h"

namespace correlate {

model::Extraction extract(const Article& article) {
  model::Extraction out;
  out.entry_id = article.id;
  out.revision = article.revision;
  out.language = article.language.empty() ? extraction::detect_language(article.text) : article.language;
  extraction::Tokens tokens(article.text);
  auto times = extraction::find_times(tokens, extraction::Lexicon::of(out.language), article.anchor);
  for (auto& time : times) out.times.push_back(time.timex);
  return out;
}

}  // namespace correlate
