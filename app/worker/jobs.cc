#include "app/worker/jobs.h"

#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "ingest/measured.h"
#include "ingest/target.h"
#include "store/model/hash.h"
#include "store/model/text.h"

namespace app::worker {
namespace {

namespace json = boost::json;
using model::Errc;
using model::Error;
using model::Result;

Error none(std::string_view why) {
  return {Errc::kInvalid, fmt::format("This is no job of ours: {}.", why)};
}

std::string text_in(const json::object& from, std::string_view key) {
  const auto* value = from.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number_in(const json::object& from, std::string_view key) {
  const auto* value = from.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : -1;
}

Result<Job> read_poll(const json::object& from) {
  PollJob out;
  out.host = text_in(from, "host");
  const auto* urls = from.if_contains("urls");
  if (urls == nullptr || !urls->is_array()) return none("it names no addresses");
  for (const auto& url : urls->get_array()) {
    if (!url.is_string()) return none("an address is no text");
    out.urls.emplace_back(url.get_string());
  }
  return Job(std::move(out));
}

Result<Job> read_prepare(const json::object& from) {
  PrepareJob out{number_in(from, "after"), number_in(from, "to")};
  if (out.after < 0 || out.to <= out.after) return none("its changes are no range");
  return Job(out);
}

Result<json::object> read_object(std::string_view text) {
  boost::system::error_code failed;
  auto value = json::parse(text, failed);
  if (failed || !value.is_object()) return none("it is no JSON object");
  return std::move(value.get_object());
}

}  // namespace

std::string to_text(const Job& job) {
  json::object out{{"version", kJobVersion}};
  if (const auto* poll = std::get_if<PollJob>(&job)) {
    out["kind"] = "poll";
    out["host"] = poll->host;
    out["urls"] = json::array(poll->urls.begin(), poll->urls.end());
  } else {
    const auto& prepare = std::get<PrepareJob>(job);
    out["kind"] = "prepare";
    out["after"] = prepare.after;
    out["to"] = prepare.to;
  }
  return json::serialize(out);
}

Result<Job> read_job(std::string_view text) {
  auto object = read_object(text);
  if (!object) return object.error();
  auto version = number_in(*object, "version");
  if (version > kJobVersion) {
    return Error{Errc::kInvalid,
                 fmt::format("The job is of version {}, made by a newer Faultline; this one knows "
                             "version {}.",
                             version, kJobVersion)};
  }
  if (version != kJobVersion) return none("it has no version");
  auto kind = text_in(*object, "kind");
  if (kind == "poll") return read_poll(*object);
  if (kind == "prepare") return read_prepare(*object);
  return none(fmt::format("there is no kind “{}”", kind));
}

std::string subject_of(const Job& job) {
  if (const auto* poll = std::get_if<PollJob>(&job)) {
    return "faultline.poll." + model::make_id("h", poll->host);
  }
  const auto& prepare = std::get<PrepareJob>(job);
  return fmt::format("faultline.prepare.{}-{}", prepare.after, prepare.to);
}

std::string message_id(const Job& job) { return model::make_id("job", to_text(job)); }

std::vector<PollJob> jobs_for(const std::vector<model::Poll>& due) {
  std::map<std::string, PollJob> by_host;
  for (const auto& poll : due) {
    if (ingest::is_streamed(poll)) continue;
    auto target = ingest::target_of(poll.address);
    auto host = target ? target->host : "";
    auto& job = by_host[host];
    if (job.urls.size() >= kMostUrls) continue;
    job.host = host;
    job.urls.push_back(poll.url);
  }
  std::vector<PollJob> out;
  for (auto& [host, job] : by_host) out.push_back(std::move(job));
  return out;
}

std::string to_text(const DeadLetter& letter) {
  json::object out{{"subject", letter.subject},
                   {"reason", letter.reason},
                   {"at", letter.at},
                   {"worker", letter.worker},
                   {"deliveries", letter.deliveries}};
  // JSON holds text alone; what is none is kept byte by byte.
  if (model::is_utf8(letter.text)) {
    out["job"] = letter.text;
  } else {
    json::array bytes;
    for (char byte : letter.text) {
      bytes.emplace_back(std::int64_t{static_cast<unsigned char>(byte)});
    }
    out["job_bytes"] = std::move(bytes);
  }
  return json::serialize(out);
}

Result<DeadLetter> read_letter(std::string_view text) {
  auto object = read_object(text);
  if (!object) return object.error();
  DeadLetter out{text_in(*object, "subject"),      text_in(*object, "reason"),
                 text_in(*object, "at"),           text_in(*object, "worker"),
                 number_in(*object, "deliveries"), text_in(*object, "job")};
  const auto* bytes = object->if_contains("job_bytes");
  if (bytes != nullptr && bytes->is_array()) {
    for (const auto& byte : bytes->get_array()) {
      if (byte.is_int64()) out.text += static_cast<char>(byte.get_int64());
    }
  }
  return out;
}

}  // namespace app::worker
