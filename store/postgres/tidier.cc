#include "store/postgres/tidier.h"

#include <libpq-fe.h>

namespace store::postgres {
namespace {

// From so many entries on it is worth while: words that come again are sorted in together.
constexpr std::size_t kWorthWhile = 1000;

constexpr const char* kTidy =
    "SELECT gin_clean_pending_list('entry_texts_by_words'), "
    "gin_clean_pending_list('entry_texts_by_grams')";

void say_nothing(void* /*context*/, const char* /*notice*/) {}

}  // namespace

void Tidier::Close::operator()(PGconn* connection) const { PQfinish(connection); }

void Tidier::wrote(std::size_t entries) {
  waiting_ += entries;
  if (!works_ || waiting_ < kWorthWhile || !ready()) return;
  if (PQsendQuery(connection_.get(), kTidy) == 0) return give_up();
  asked_ = true;
  waiting_ = 0;
}

bool Tidier::ready() {
  if (connection_ == nullptr) {
    const char* const keywords[] = {"connect_timeout", "fallback_application_name", "dbname",
                                    nullptr};
    const char* const values[] = {"10", "faultline", place_.url.c_str(), nullptr};
    connection_.reset(PQconnectdbParams(keywords, values, 1));
    if (connection_ == nullptr || PQstatus(connection_.get()) != CONNECTION_OK) {
      give_up();
      return false;
    }
    PQsetNoticeProcessor(connection_.get(), say_nothing, nullptr);
  }
  if (PQconsumeInput(connection_.get()) == 0) {
    give_up();
    return false;
  }
  if (PQisBusy(connection_.get()) != 0) return false;
  while (asked_) {
    PGresult* answer = PQgetResult(connection_.get());
    if (answer == nullptr) break;
    bool good = PQresultStatus(answer) == PGRES_TUPLES_OK;
    PQclear(answer);
    if (!good) {
      give_up();
      return false;
    }
  }
  asked_ = false;
  return true;
}

// The tables may be another role's, or there may be no more sessions.
void Tidier::give_up() {
  connection_.reset();
  works_ = false;
}

}  // namespace store::postgres
