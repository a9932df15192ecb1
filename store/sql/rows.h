#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "store/model/claim.h"
#include "store/model/entry.h"
#include "store/model/join.h"
#include "store/model/outage.h"
#include "store/model/poll.h"
#include "store/sql/db.h"
#include "store/store.h"

// Records ↔ columns, in the order of the tables in migrations/. Each read() takes the columns that
// the values() of the same record give, unless said otherwise.
namespace store::sql {

void read(Rows& rows, model::Source& source);
Values values(const model::Source& source);

void read(Rows& rows, model::Document& document);
void read(Rows& rows, model::RawDocument& raw);
Values values(const model::RawDocument& raw);
Values values(const model::Document& document);

void read(Rows& rows, model::Entry& entry);  // without n
Values values(const model::Entry& entry);

void read(Rows& rows, model::Revision& revision);  // entries.id, then all columns
Values values(std::int64_t entry, const model::Revision& revision);

void read(Rows& rows, model::Outage& outage);  // with hash, without newest
Values values(const model::Outage& outage);    // with hash, without newest

void read(Rows& rows, model::NameList& list);
Values values(const model::NameList& list);
void read(Rows& rows, model::Token& token);
Values values(const model::Token& token);
void read(Rows& rows, model::Subscription& subscription);
Values values(const model::Subscription& subscription);
void read(Rows& rows, model::Issue& issue);
Values values(const model::Issue& issue);
void read(Rows& rows, model::Outgoing& mail);
Values values(const model::Outgoing& mail);
void read(Rows& rows, model::Signal& signal);  // without its samples
Values values(const model::Signal& signal);

void read(Rows& rows, model::Edit& edit);
Values values(const model::Edit& edit);  // without seq

void read(Rows& rows, Change& change);

void read(Rows& rows, model::Poll& poll);
Values values(const model::Poll& poll);

void read(Rows& rows, model::Extraction& extraction);  // without its claims
Values values(const model::Extraction& extraction);

void read(Rows& rows, model::Claim& claim);  // from id on
Values values(const model::Extraction& of, std::size_t position);

void read(Rows& rows, model::Link& link);  // without its reasons
Values values(const model::Link& link);

void read(Rows& rows, model::Reason& reason);  // from feature on
Values values(const model::Link& of, const model::Reason& reason, std::size_t position);

void read(Rows& rows, model::Verdict& verdict);
Values values(const model::Verdict& verdict);

void read(Rows& rows, model::Story& story);  // without its entries
Values values(const model::Story& story);
void read(Rows& rows, model::Incident& incident);  // without its members
Values values(const model::Incident& incident);

// One column.
void read(Rows& rows, std::string& text);
void read(Rows& rows, std::int64_t& number);
// Owner and member, for lists that hang on a record.
void read(Rows& rows, std::pair<std::string, std::string>& both);

}  // namespace store::sql
