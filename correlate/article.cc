#include "correlate/article.h"

#include "store/model/text.h"

namespace correlate {

Article article_of(const model::Revision& revision) {
  return {revision.entry_id,
          revision.number,
          revision.text(),
          model::code_points(revision.title),
          model::anchor_of(revision),
          revision.language};
}

}  // namespace correlate
