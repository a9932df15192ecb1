#include "app/mail/smtp.h"

#include <algorithm>
#include <memory>

#include <curl/curl.h>
#include <fmt/format.h>

#include "app/mail/curl.h"

namespace app::mail {
namespace {

struct Reading {
  const std::string& bytes;
  std::size_t at = 0;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* from) {
  auto* reading = static_cast<Reading*>(from);
  auto length = std::min(size * count, reading->bytes.size() - reading->at);
  std::copy_n(reading->bytes.data() + reading->at, length, to);
  reading->at += length;
  return length;
}

// The last line that the server sent: "250 2.0.0 OK".
std::size_t keep_answer(char* line, std::size_t size, std::size_t count, void* to) {
  std::string_view text(line, size * count);
  while (!text.empty() && (text.back() == '\r' || text.back() == '\n')) text.remove_suffix(1);
  static_cast<std::string*>(to)->assign(text.substr(0, 500));
  return size * count;
}

}  // namespace

int is_stopped(void* asked, curl_off_t /*down*/, curl_off_t /*downed*/, curl_off_t /*up*/,
               curl_off_t /*upped*/) {
  return (*static_cast<const std::function<bool()>*>(asked))() ? 1 : 0;
}

class Smtp::Impl {
 public:
  Impl(Settings settings, std::function<bool()> stopped)
      : settings_(std::move(settings)),
        stopped_(std::move(stopped)),
        curl_(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? curl_easy_init() : nullptr,
              &curl_easy_cleanup) {}

  Handed hand_over(const std::string& to, const std::string& message);

 private:
  void set_up(CURL* curl) const;

  Settings settings_;
  std::function<bool()> stopped_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
};

// What is the same for each mail.
void Smtp::Impl::set_up(CURL* curl) const {
  curl_easy_reset(curl);  // keeps the connection
  auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl, option, value); };
  set(CURLOPT_URL, settings_.smtp.c_str());
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_UPLOAD, 1L);
  set(CURLOPT_READFUNCTION, &give);
  set(CURLOPT_HEADERFUNCTION, &keep_answer);
  set(CURLOPT_USE_SSL, static_cast<long>(settings_.starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (!settings_.ca.empty()) set(CURLOPT_CAINFO, settings_.ca.c_str());
  if (!settings_.user.empty()) {
    set(CURLOPT_USERNAME, settings_.user.c_str());
    set(CURLOPT_PASSWORD, settings_.password.c_str());
  }
  if (stopped_) {
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &is_stopped);
    set(CURLOPT_XFERINFODATA, static_cast<const void*>(&stopped_));
  }
  set(CURLOPT_CONNECTTIMEOUT, 15L);
  set(CURLOPT_TIMEOUT, 60L);
  set(CURLOPT_NOSIGNAL, 1L);
}

Handed Smtp::Impl::hand_over(const std::string& to, const std::string& message) {
  Handed out;
  if (curl_ == nullptr) {
    out.answer = "libcurl could not be started";
    return out;
  }
  Reading reading{message};
  auto from = "<" + settings_.from + ">", recipient = "<" + to + ">";
  curl_slist* recipients = curl_slist_append(nullptr, recipient.c_str());
  set_up(curl_.get());
  auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl_.get(), option, value); };
  set(CURLOPT_MAIL_FROM, from.c_str());
  set(CURLOPT_MAIL_RCPT, recipients);
  set(CURLOPT_READDATA, static_cast<void*>(&reading));
  set(CURLOPT_HEADERDATA, static_cast<void*>(&out.answer));
  auto code = curl_easy_perform(curl_.get());
  long response = 0;
  curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &response);
  curl_slist_free_all(recipients);
  out.taken = code == CURLE_OK;
  // 5xx to the address or to the mail; one to our password or to TLS is our affair, and passes.
  bool of_mail = code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY;
  out.for_good = !out.taken && of_mail && response >= 500 && response < 600 && response != 530;
  if (!out.taken) {
    out.answer =
        fmt::format("{}{}{}", curl_easy_strerror(code), out.answer.empty() ? "" : ": ", out.answer);
  }
  return out;
}

Smtp::Smtp(Settings settings, std::function<bool()> stopped)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(stopped))) {}
Smtp::~Smtp() = default;
Handed Smtp::hand_over(const std::string& to, const std::string& message) {
  return impl_->hand_over(to, message);
}

}  // namespace app::mail
