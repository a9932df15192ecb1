#pragma once

#include <string>
#include <vector>

#include "correlate/extract/timex.h"
#include "correlate/extract/timex_expr.h"

namespace correlate::extraction {

// What the ends of a range say for each other, before they are placed on the calendar.

// "15:00 to 18:40 UTC", "10:26 and 10:29 UTC": the zone of the second holds for the first.
void share_zones(const Tokens& tokens, std::vector<Expr>& exprs);
// "between March and April 1918": the year of the second holds for the first.
void share_years(const Tokens& tokens, std::vector<Expr>& exprs);

// "since" stands before the token `first`: what is told has begun.
bool told_as_open(const Tokens& tokens, std::size_t first);

// And afterwards: "from 10 am to noon", "since 01:00 UTC", "until Friday", "for the past three
// hours" get their edge and extent.
void mark_ranges(const Tokens& tokens, const model::Timestamp& anchor,
                 std::vector<FoundTime>& times);

// The unit that a value is exact to: "second" … "century", "part" of a day, "season".
std::string granularity_of(const Expr& expr, const model::Timex& timex);

}  // namespace correlate::extraction
