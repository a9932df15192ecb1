#include "app/mail/reach.h"

#include <memory>

#include <curl/curl.h>

namespace app::mail {

std::string unreachable(const std::string& smtp) {
  static const bool kReady = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  auto slashes = smtp.find("://");
  bool tls = smtp.starts_with("smtps:");
  if (slashes == std::string::npos || (!tls && !smtp.starts_with("smtp:"))) {
    return "this is no address of a mail server";
  }
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(kReady ? curl_easy_init() : nullptr,
                                                           &curl_easy_cleanup);
  std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> address(curl_url(), &curl_url_cleanup);
  if (curl == nullptr || address == nullptr) return "libcurl could not be started";
  bool good = curl_url_set(address.get(), CURLUPART_URL, smtp.c_str(), 0) == CURLUE_OK;
  char* port = nullptr;
  bool has_port = good && curl_url_get(address.get(), CURLUPART_PORT, &port, 0) == CURLUE_OK;
  curl_free(port);
  // libcurl's own ports of these two.
  if (!has_port) curl_url_set(address.get(), CURLUPART_PORT, tls ? "465" : "25", 0);
  // As HTTP, with which libcurl connects and then waits for what we ask: nothing.
  curl_url_set(address.get(), CURLUPART_SCHEME, "http", 0);
  if (!good) return "this is no address of a mail server";
  curl_easy_setopt(curl.get(), CURLOPT_CURLU, address.get());
  curl_easy_setopt(curl.get(), CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, 10L);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  auto code = curl_easy_perform(curl.get());
  return code == CURLE_OK ? "" : curl_easy_strerror(code);
}

}  // namespace app::mail
