#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/http_server.h"
#include "store/model/instant.h"
#include "store/model/result.h"
#include "store/model/token.h"
#include "store/store.h"

namespace app::serve {

class Sessions;
class Listeners;
class Metrics;

// Names and values of a query or a form (application/x-www-form-urlencoded), in their order.
class Fields {
 public:
  Fields() = default;
  // kInvalid for what is not encoded so, is not UTF-8, or has more than 200 fields.
  static model::Result<Fields> parse(std::string_view text);

  // The first of that name; empty when there is none.
  std::string_view operator[](std::string_view name) const;
  bool has(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& list() const { return list_; }
  // The same with this value; without the field when the value is empty.
  Fields with(std::string_view name, std::string_view value) const;
  // "a=b&c=d"; empty for none.
  std::string encoded() const;

 private:
  std::vector<std::pair<std::string, std::string>> list_;
};

// "a%20b" as it is meant; nothing for a broken escape, a NUL or what is not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text);
// Everything but unreserved characters as %XX (RFC 3986 section 2.1).
std::string percent_encoded(std::string_view text);

// Who asks.
struct Caller {
  model::Role role = model::Role::kOutsider;
  std::string name;     // of the token; empty: an outsider
  std::string session;  // the form's proof that it comes from a page of ours; empty: no session
};

// A request on its way to what answers it.
struct Call {
  const HttpRequest& request;
  std::vector<std::string> path;  // what stands for each {…} of the route's pattern
  Fields query;
  Caller caller;
  store::Store& store;  // may be read; what writes goes through `write`
  model::Instant now;
  std::string base;  // "https://news.example/": how we are reached from outside, with a slash
  std::string zone;  // what pages show times in, unless the query says otherwise
  // Does this with a store that can be written to, one at a time, and has what follows from it
  // worked out before it returns.
  std::function<model::Status(const std::function<model::Status(store::Store&)>&)> write;
  // … for what nothing follows from: who wants mails.
  std::function<model::Status(const std::function<model::Status(store::Store&)>&)> record;
  // Of the service: who is signed in, who listens, what is counted, how far correlation has come.
  Sessions* sessions = nullptr;
  Listeners* listeners = nullptr;
  Metrics* metrics = nullptr;
  std::int64_t correlated = 0;

  bool is_editor() const { return caller.role >= model::Role::kEditor; }
};

// The answer, or the error that problem() makes one of.
using Answered = model::Result<HttpAnswer>;

HttpAnswer json_answer(std::string body, int status = 200);
HttpAnswer html_answer(std::string body, int status = 200);
HttpAnswer redirect(const std::string& to);  // 303 (RFC 9110 section 15.4.4)

// {"type","title","status","detail"} as application/problem+json (RFC 9457).
HttpAnswer problem(int status, std::string_view detail);
// 404 for kNotFound, 400 for kInvalid, 409 for kConflict, 503 for what may pass, else 500.
int status_of(const model::Error& error);

// A parameter as a moment: ISO 8601, of a day its first instant. Nothing where there is none;
// kInvalid, naming it, for what is none.
model::Result<std::optional<model::Instant>> moment(const Fields& query, std::string_view name);
// … as a number from `least` to `most`; `otherwise` where there is none.
model::Result<std::size_t> number(const Fields& query, std::string_view name, std::size_t least,
                                  std::size_t most, std::size_t otherwise);
// … as a zone; `otherwise` where there is none.
model::Result<std::string> zone(const Fields& query, const std::string& otherwise);

}  // namespace app::serve
