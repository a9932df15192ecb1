#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "store/model/join.h"

// What a link rests on, as one ledger for people and for programs: each term with its bits, their
// sum, the outages that compete and "none of them", and how often timelines moved in time score as
// high.
namespace feeds::render {

// {"relation","dependent","bits","any","q","decoys":{"tried","as_high"},
//  "hypotheses":[{"outage","share"}],"reasons":[{"feature","bits","text"}]}; the outage of "none of
// them" is null.
boost::json::object ledger_json(const model::Link& link);

// The same as lines of text, with the terms in order.
std::string ledger_text(const model::Link& link);

// "2 of 400 timelines moved in time score as high, q 0.0075".
std::string decoys_text(const model::Link& link);

}  // namespace feeds::render
