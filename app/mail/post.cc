#include "app/mail/post.h"

#include <memory>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/mail/curl.h"
#include "app/sign/webhook.h"
#include "ingest/target.h"

namespace app::mail {
namespace {

constexpr std::size_t kMostAnswer = 64U << 10U;  // bytes of an answer that are waited for

// What the callbacks of one transfer share.
struct Transfer {
  const ingest::AllowList& allowed;
  const std::string& host;
  std::string refused;  // the address that may not be connected to
  std::size_t answered = 0;
};

std::string text_of(const curl_sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.family == AF_INET) {
    const auto* in = reinterpret_cast<const sockaddr_in*>(&address.addr);
    inet_ntop(AF_INET, &in->sin_addr, text, sizeof text);
  } else if (address.family == AF_INET6) {
    const auto* in = reinterpret_cast<const sockaddr_in6*>(&address.addr);
    inet_ntop(AF_INET6, &in->sin6_addr, text, sizeof text);
  }
  return text;
}

// Asked with the address that is about to be connected to, so that a name that changes its address
// does not get past it.
curl_socket_t open_socket(void* data, curlsocktype /*purpose*/, curl_sockaddr* address) {
  auto* transfer = static_cast<Transfer*>(data);
  auto ip = text_of(*address);
  if (ip.empty() || !ingest::may_connect(transfer->allowed, transfer->host, ip, false)) {
    transfer->refused = ip;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Answers are not read, but their ends are waited for, within reason.
std::size_t discard(char* /*bytes*/, std::size_t size, std::size_t count, void* data) {
  auto* transfer = static_cast<Transfer*>(data);
  transfer->answered += size * count;
  return transfer->answered > kMostAnswer ? 0 : size * count;
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

void append(List& list, const std::string& line) {
  auto* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) return;
  static_cast<void>(list.release());
  list.reset(longer);
}

// Why it is not even tried.
std::string objection(const ingest::Target& target, const ingest::AllowList& allowed) {
  bool ours = allowed.has_host(target.host) || allowed.has_address(target.host);
  if (!target.tls && !ours) return "a webhook must be https; --allow-hosts names exceptions";
  if (ingest::is_blocked_port(target.port)) return "port " + target.port + " is no web server's";
  return {};
}

Handed judged(long status) {
  Handed out;
  out.taken = status >= 200 && status < 300;
  out.gone = out.for_good = status == 410;
  out.answer = fmt::format("HTTP {}", status);
  return out;
}

}  // namespace

Handed Poster::post(const Delivery& delivery, model::Instant now) const {
  static const bool kReady = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  auto target = ingest::target_of(delivery.to.address);
  if (!target) return {false, true, false, target.error().message};
  if (auto why = objection(*target, allowed_); !why.empty()) return {false, true, false, why};
  auto fields = sign::webhook_headers(delivery.id, delivery.body, delivery.to.secret, now);
  if (!fields) return {false, true, false, fields.error().message};
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(kReady ? curl_easy_init() : nullptr,
                                                           &curl_easy_cleanup);
  if (curl == nullptr) return {false, false, false, "libcurl could not be started"};
  List header;
  append(header, "Content-Type: application/json");
  append(header, "Expect:");
  for (const auto& field : *fields) append(header, field.name + ": " + field.value);
  Transfer transfer{allowed_, target->host, {}};
  auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl.get(), option, value); };
  set(CURLOPT_URL, target->url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "https,http");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_USERAGENT, user_agent_.c_str());
  set(CURLOPT_HTTPHEADER, header.get());
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(delivery.body.size()));
  set(CURLOPT_POSTFIELDS, delivery.body.c_str());
  set(CURLOPT_WRITEFUNCTION, &discard);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&transfer));
  set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&transfer));
  if (stopped_) {
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &is_stopped);
    set(CURLOPT_XFERINFODATA, static_cast<const void*>(&stopped_));
  }
  set(CURLOPT_CONNECTTIMEOUT, 10L);
  set(CURLOPT_TIMEOUT, 20L);
  set(CURLOPT_NOSIGNAL, 1L);
  auto code = curl_easy_perform(curl.get());
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  bool answered = code == CURLE_OK || (code == CURLE_WRITE_ERROR && status != 0);
  if (answered) return judged(status);
  if (!transfer.refused.empty()) {
    return {false, false, false,
            transfer.refused + " is not public; --allow-hosts names exceptions"};
  }
  return {false, false, false, curl_easy_strerror(code)};
}

}  // namespace app::mail
