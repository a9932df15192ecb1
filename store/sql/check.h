#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "store/check.h"
#include "store/sql/db.h"

// What must hold in every database of ours, whatever keeps it.
namespace store::sql {

// What a backend keeps of texts for searching.
class TextCheck {
 public:
  virtual ~TextCheck() = default;

  // Whether what is kept of an entry, by its number, is `text`.
  virtual Result<bool> holds(std::int64_t entry, const SearchText& text) = 0;
  // Once all entries were asked for: whether the index over all of it is of just these texts.
  virtual Result<bool> index_holds() = 0;
};

// Makes checks one by one, each in a transaction of its own, and tells what they find.
class Checker {
 public:
  Checker(Db& db, const CheckOptions& options, const std::function<void(const Trouble&)>& tell)
      : db_(db), options_(options), tell_(tell) {}

  // All that SQL databases have in common. The error is one that ends it all: the connection is
  // gone.
  Status run(TextCheck& texts);

  // One check over `where`. What it returns as an error is told as a trouble.
  Status one(std::string_view where, const std::function<Status()>& check);
  // Something that the running check has found.
  void found(std::string what, std::string_view advice);
  // A failure as a trouble: its sentence, and its advice.
  void found(const model::Error& error);

  Db& db() { return db_; }
  const CheckOptions& options() const { return options_; }
  std::int64_t checks() const { return checks_; }
  std::int64_t troubles() const { return troubles_; }

 private:
  void told(Trouble trouble);

  Db& db_;
  const CheckOptions& options_;
  const std::function<void(const Trouble&)>& tell_;
  std::string where_;
  std::size_t of_this_ = 0;  // that the running check has found
  std::int64_t checks_ = 0, troubles_ = 0;
};

// What is to be done where facts are wrong, what was derived, and what is only there for searching.
inline constexpr std::string_view kBringBack =
    "stop all writers and bring back the last backup (docs/backup.md)";
inline constexpr std::string_view kDeriveAgain = "faultline correlate --rebuild makes it anew";
inline constexpr std::string_view kCopyAnew = "faultline copy into an empty database makes it anew";

// Checks that look into records: bytes, texts, samples, lists, spans.
Status check_contents(Checker& checker, TextCheck& texts);

}  // namespace store::sql
