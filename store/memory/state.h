#pragma once

#include <map>
#include <semaphore>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

#include "store/rules/terms.h"
#include "store/store.h"

namespace store::memory {

// What correlation worked out; can be forgotten and worked out again.
struct Derived {
  std::map<std::pair<std::string, int>, model::Extraction> extractions;
  std::map<std::string, model::Link> links;
  std::map<std::string, model::Verdict> verdicts;
  std::map<std::string, std::vector<model::Outage>> detections;  // by series
  std::map<std::string, model::Outage> fused;
  std::map<std::string, std::string> fused_of;  // by record
  std::map<std::string, model::Story> stories;
  std::map<std::string, model::Incident> incidents;
  std::map<std::string, std::string> meta;
};

// Everything that a store holds, as plain values: a copy is a snapshot.
struct State {
  std::map<std::string, model::Source> sources;
  std::map<std::pair<std::string, std::string>, model::Document> documents;  // by source, id
  std::map<std::string, model::RawDocument> raw;
  std::map<std::string, model::Poll> polls;
  std::map<std::string, std::string> source_states;  // by source
  std::map<std::string, model::NameList> name_lists;
  std::map<std::string, model::Token> tokens;
  std::map<std::string, model::Subscription> subscriptions;
  std::map<std::string, model::Issue> issues;
  std::map<std::string, model::Outgoing> outgoing;
  std::map<std::string, model::Entry> entries;
  std::map<std::string, std::vector<model::Revision>> revisions;  // number n at n - 1
  std::map<std::string, rules::Fields> index;                     // of each newest revision
  std::map<std::string, std::vector<model::Outage>> outages;      // number n at n - 1
  std::map<std::string, model::Signal> signals;
  std::vector<Change> changes;     // seq n at n - 1
  std::vector<model::Edit> edits;  // seq n at n - 1
  Derived derived;
};

// The committed state, shared by a store and its writer. The store outlives its writers.
struct Shared {
  std::shared_mutex mutex;  // guards `state`
  State state;
  std::binary_semaphore writer{1};  // held by the one open writer
};

// `shared.writer` is held by the caller; the writer releases it when it commits or goes.
std::unique_ptr<Writer> make_writer(Shared& shared);

}  // namespace store::memory
