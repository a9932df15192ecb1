#include "app/hubs.h"

#include <algorithm>
#include <any>
#include <utility>

#include <spdlog/spdlog.h>

#include "ingest/websub.h"

namespace app {
namespace {

using ingest::Subscriptions;
using model::Poll;

// What model::callback_token() makes; the store is asked for nothing else.
bool is_token(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

struct HubServer {
  Subscriptions& hubs;
  FindSubscription find;
  std::function<model::Instant()> clock;

  // The source, or with which status there is none.
  std::pair<std::optional<Poll>, int> source_of(const HttpRequest& request) const {
    int unknown = request.method == "POST" ? 410 : 404;
    auto token = std::string_view(request.path).substr(kHubsPath.size());
    if (!is_token(token)) return {std::nullopt, unknown};
    auto found = find(token);
    if (!found) {
      spdlog::warn("A hub is told to come back: {}", found.error().message);
      return {std::nullopt, 503};
    }
    if (!*found) return {std::nullopt, unknown};
    return {*std::move(*found), 0};
  }

  int prepare(HttpRequest& request) const {
    if (request.method != "POST") return 0;
    auto [source, refused] = source_of(request);
    if (source) request.noted = *std::move(source);
    return refused;
  }

  HttpAnswer answer(const HttpRequest& request) const {
    HttpAnswer out;
    // What is echoed is nobody's page.
    out.fields.emplace_back("X-Content-Type-Options", "nosniff");
    if (request.method != "GET" && request.method != "POST") {
      out.status = 405;
      out.body = "GET or POST\n";
      out.fields.emplace_back("Allow", "GET, POST");
      return out;
    }
    // As it was before the body came: whoever changes it meanwhile may know more than the body.
    const auto* noted = std::any_cast<Poll>(&request.noted);
    auto [source, refused] =
        noted != nullptr ? std::pair(std::optional(*noted), 0) : source_of(request);
    auto said = source ? heard(*source, request) : unknown(request, refused);
    out.status = said.status;
    out.body = std::move(said.body);
    return out;
  }

  Subscriptions::Reply heard(const Poll& source, const HttpRequest& request) const {
    if (request.method == "GET") return hubs.ask(source, request.query, clock());
    ingest::Input document;
    document.bytes = request.body;
    document.content_type = request.field("Content-Type");
    return hubs.deliver(source, request.field("X-Hub-Signature"), std::move(document));
  }

  static Subscriptions::Reply unknown(const HttpRequest& request, int refused) {
    if (refused == 503) return {503, "come back\n"};
    auto given_up = request.method == "GET" ? ingest::given_up(ingest::hub_question(request.query))
                                            : std::nullopt;
    if (given_up) return {200, *given_up};
    return {refused, "no such subscription\n"};
  }
};

}  // namespace

std::string callback_of(const std::string& public_url) {
  return public_url.empty() ? "" : public_url + std::string(kHubsPath.substr(1));
}

HttpHandler answer_hubs(ingest::Subscriptions& hubs, FindSubscription find,
                        std::function<model::Instant()> clock) {
  HubServer server{hubs, std::move(find), std::move(clock)};
  HttpHandler out;
  out.prepare = [server](HttpRequest& request) { return server.prepare(request); };
  // No body but of a source that prepare() has found.
  out.body_limit = [](const HttpRequest& request) {
    return request.noted.has_value() ? Subscriptions::kLargest : 0;
  };
  out.answer = [server](const HttpRequest& request) { return server.answer(request); };
  return out;
}

}  // namespace app
