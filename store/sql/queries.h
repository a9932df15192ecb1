#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "store/sql/db.h"
#include "store/store.h"

// The reads of store/store.h that take more than one statement. Each is to be run inside one
// transaction.
namespace store::sql {

// What read() takes of a claim.
inline constexpr std::string_view kClaimColumns =
    "id, kind, span_begin, span_end, span_text, sentence_begin, sentence_end, sentence_text, "
    "value, mod, zone, from_at, to_at, countries, speaker, hedged, denied, ongoing, detail";

// Of records, or of what was fused from them.
Result<std::vector<model::Outage>> outages(Db& db, const OutageFilter& filter);
Result<std::vector<model::Outage>> fused(Db& db, const OutageFilter& filter);
Result<std::optional<model::Extraction>> extraction(Db& db, std::string_view entry_id,
                                                    int revision);
// `sql` selects whole links; its one value is `value`.
Result<std::vector<model::Link>> links_where(Db& db, std::string_view sql, std::string_view value);
Result<std::vector<model::Story>> stories(Db& db);
Result<std::vector<model::Incident>> incidents(Db& db);
Result<std::vector<std::string>> listed(Db& db, Listed what, std::string_view after,
                                        std::size_t limit);
Result<Counts> counts(Db& db);
Result<std::optional<model::Poll>> poll_with_token(Db& db, std::string_view token);

}  // namespace store::sql
