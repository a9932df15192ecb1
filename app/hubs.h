#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/http_server.h"
#include "ingest/subscriptions.h"
#include "store/model/instant.h"
#include "store/model/poll.h"
#include "store/model/result.h"

namespace app {

// Below this hubs call us back (WebSub): a subscription's token follows.
inline constexpr std::string_view kHubsPath = "/websub/";

// Where that is for hubs: of "https://news.example/" "https://news.example/websub/"; empty of an
// empty one.
std::string callback_of(const std::string& public_url);

// The source whose subscription has this token; nothing: none has. For several threads; may block.
using FindSubscription =
    std::function<model::Result<std::optional<model::Poll>>(std::string_view token)>;

// What answers hubs: whether we mean it (GET), with what they are asked to echo, and what they push
// (POST), at once with 202. It is handed on to `hubs`, which outlives this. A token that is
// nobody's gets 404 or, before its body is read, 410; 503 where the store cannot be asked.
HttpHandler answer_hubs(ingest::Subscriptions& hubs, FindSubscription find,
                        std::function<model::Instant()> clock);

}  // namespace app
