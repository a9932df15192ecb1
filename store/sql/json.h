#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/claim.h"
#include "store/model/join.h"
#include "store/model/outage.h"

// The columns that hold JSON: lists, and records that are only ever read whole. Each reader returns
// false for text that its writer cannot have written.
namespace store::sql {

std::string json_of(const std::vector<std::string>& list);
bool from_json(std::string_view json, std::vector<std::string>& list);

// [["out-1",0.9],[null,0.1]]: null is none of the outages.
std::string json_of(const std::vector<model::Hypothesis>& hypotheses);
bool from_json(std::string_view json, std::vector<model::Hypothesis>& hypotheses);

std::string json_of(const std::vector<model::Measurement>& measurements);
bool from_json(std::string_view json, std::vector<model::Measurement>& measurements);

// [1,2.5,null]: null where there was no sample. How samples were kept before there were blocks.
bool from_json(std::string_view json, std::vector<std::optional<double>>& samples);

// Of a claim: voice, via, hedge, tense, basis, amount and unit, each where there is any.
std::string json_of_detail(const model::Claim& claim);
bool detail_from_json(std::string_view json, model::Claim& claim);

// Times, mentions, happened_span, what decided on the happening and outage_words: what the
// extraction found beside its claims.
std::string json_of_found(const model::Extraction& extraction);
bool found_from_json(std::string_view json, model::Extraction& extraction);

// Of an incident: its strands, ties and summary.
std::string json_of_detail(const model::Incident& incident);
bool detail_from_json(std::string_view json, model::Incident& incident);

}  // namespace store::sql
