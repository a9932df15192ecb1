#include "ingest/fetch_errors.h"

#include <algorithm>

#include <fmt/format.h>
#include <openssl/x509.h>

#include "ingest/fetcher.h"

namespace ingest {

using model::Errc;
using model::Error;

Error step_error(const Target& target, std::string_view what, bool late,
                 const boost::system::error_code& code) {
  return {late ? Errc::kTimeout : Errc::kIo,
          fmt::format("{}: {} {}; try again later.", target.url, what,
                      late ? "took too long" : "failed (" + code.message() + ")")};
}

Error exchange_error(const Target& target, const Exchanged& exchanged, const Limits& limits) {
  bool late = exchanged.code == net::error::operation_aborted ||
              exchanged.code == net::error::bad_descriptor;
  switch (exchanged.fault) {
    case Fault::kSending:
      return step_error(target, "sending the request", late, exchanged.code);
    case Fault::kLargeHeader:
      return {Errc::kInvalid, fmt::format("{}: the header of the answer is larger than {} bytes, "
                                          "the most that is read.",
                                          target.url, limits.header)};
    case Fault::kLargeBody:
      return {Errc::kInvalid,
              fmt::format("{}: the answer is larger than {} bytes, the most that is read.",
                          target.url, std::min(limits.received, limits.body))};
    case Fault::kStalled:
      return {Errc::kTimeout,
              fmt::format("{}: reading the answer took too long (it came in drops); try again "
                          "later.",
                          target.url)};
    case Fault::kNoTurn:
      return no_turn(target.url);
    case Fault::kChunks:
      return {Errc::kInvalid,
              target.url + ": the answer comes in broken chunks, whose sizes never end."};
    case Fault::kInterim:
      return {Errc::kIo, fmt::format("{}: the server sent more than {} interim answers and no "
                                     "real one; try again later.",
                                     target.url, kMostInterim)};
    default:
      return step_error(target, "reading the answer", late, exchanged.code);
  }
}

Error no_turn(const std::string& url) {
  return {Errc::kTimeout, url + ": other large answers were read for too long; try again later."};
}

Error certificate_error(const Target& target, long verdict) {
  return {Errc::kInvalid,
          fmt::format("{}: the certificate of {} is not valid ({}); nothing was read.", target.url,
                      target.host, X509_verify_cert_error_string(verdict))};
}

Error unknown_name(const Target& target, const Error& why) {
  if (why.code == Errc::kTimeout) {
    return {Errc::kTimeout, target.url + ": " + why.message + "; try again later."};
  }
  return {Errc::kIo,
          fmt::format("{}: the name {} is not known ({}); check its spelling and the network.",
                      target.url, target.host, why.message)};
}

Error private_address(const Target& target, const std::string& ip) {
  return {Errc::kInvalid,
          fmt::format("{}: {} is an address of a private network ({}), where only what you name "
                      "yourself or allow is fetched from.",
                      target.url, target.host, ip)};
}

std::string cause_of(const Message& message) {
  if (message.field("cf-mitigated") == "challenge") return "Cloudflare's check for robots";
  if (!message.field("x-datadome").empty()) return "DataDome's check for robots";
  if (!message.field("x-amzn-waf-action").empty()) return "AWS WAF's check for robots";
  return "";
}

Error refusal(const std::string& url, int status, const std::string& retry_after,
              const std::string& cause) {
  auto reason = reason_of(status);
  auto what =
      fmt::format("{}: the server answered {}{}", url, status, reason.empty() ? "" : " " + reason);
  if (!cause.empty()) what += " (" + cause + ")";
  if (status == 404 || status == 410) {
    return {Errc::kNotFound, what + "; the address leads nowhere, look for the new one."};
  }
  if (!retry_after.empty()) {
    return {Errc::kIo, what + "; it asks to come back after " + printable(retry_after) + "."};
  }
  if (status == 401 || status == 403) return {Errc::kIo, what + "; it does not let us in."};
  return {Errc::kIo, what + "; try again later."};
}

}  // namespace ingest
