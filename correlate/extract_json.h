#pragma once

#include <string>
#include <string_view>

#include "correlate/article.h"
#include "store/model/claim.h"
#include "store/model/result.h"

namespace correlate {

// One line of the contract of `faultline extract`: {"id","lang","times","places","names",
// "networks","claims", …}. Offsets are code points into the article's text. No line break in it.
std::string extraction_json(const std::string& id, const Article& article,
                            const model::Extraction& extraction);

// {"id","text","anchor","title"?,"lang"?} → an article. With a title, the text is the title, a
// blank line and the text. A missing anchor leaves Article::anchor at Instant::min().
model::Result<Article> article_from_json(std::string_view line);

}  // namespace correlate
