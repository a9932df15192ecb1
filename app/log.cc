#include "app/log.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

#include <boost/json.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <re2/re2.h>
#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "store/model/text.h"

namespace app {
namespace {

std::atomic<bool> as_json = false;

// What belongs to the line that this thread is writing.
thread_local const std::vector<LogField>* fields_of_line = nullptr;

struct Hidden {
  std::mutex mutex;
  std::vector<std::string> texts;
};
Hidden& hidden() {
  static Hidden all;
  return all;
}

void hide(std::string& text, const std::string& secret) {
  for (auto at = text.find(secret); at != text.npos; at = text.find(secret, at + 3)) {
    text.replace(at, secret.size(), "***");
  }
}

// One line, whatever somebody put into it.
std::string one_line(std::string_view text) {
  std::string out;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7F ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return out;
}

std::string safe(std::string_view text) { return without_secrets(model::repair_utf8(text)); }

class Formatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& line, spdlog::memory_buf_t& out) override {
    auto time = std::chrono::floor<std::chrono::milliseconds>(line.time);
    auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    auto at = fmt::gmtime(std::chrono::system_clock::to_time_t(seconds));
    auto level = spdlog::level::to_string_view(line.level);
    std::string_view name(level.data(), level.size());
    auto message = safe({line.payload.data(), line.payload.size()});
    std::string text;
    if (as_json) {
      text = json(fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", at, (time - seconds).count()), name,
                  message);
    } else {
      text = fmt::format("{:%Y-%m-%dT%H:%M:%SZ} {} {}", at, name, one_line(message));
      if (fields_of_line != nullptr) {
        for (const auto& field : *fields_of_line) {
          text += fmt::format(" {}={}", field.name, one_line(safe(field.value)));
        }
      }
    }
    text += '\n';
    out.append(text.data(), text.data() + text.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<Formatter>();
  }

 private:
  static std::string json(const std::string& at, std::string_view level,
                          const std::string& message) {
    boost::json::object out{{"time", at},
                            {"level", boost::json::string_view(level.data(), level.size())},
                            {"message", message}};
    if (fields_of_line != nullptr) {
      for (const auto& field : *fields_of_line) {
        out[boost::json::string_view(field.name.data(), field.name.size())] = safe(field.value);
      }
    }
    return boost::json::serialize(out);
  }
};

}  // namespace

void set_up_log() {
  auto level = spdlog::get_level();
  auto log = std::make_shared<spdlog::logger>("faultline",
                                              std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_formatter(std::make_unique<Formatter>());
  log->set_level(level);
  spdlog::set_default_logger(std::move(log));
}

void set_log_level(const std::string& level) { spdlog::set_level(spdlog::level::from_str(level)); }
void set_log_format(const std::string& format) { as_json = format == "json"; }
bool log_is_json() { return as_json; }

void log_line(spdlog::level::level_enum level, std::string_view message,
              const std::vector<LogField>& fields) {
  if (!spdlog::should_log(level)) return;
  fields_of_line = &fields;
  spdlog::log(level, spdlog::string_view_t(message.data(), message.size()));
  fields_of_line = nullptr;
}

void log_request(const HttpRequest& request, const HttpAnswer& answer,
                 std::chrono::nanoseconds took) {
  if (!spdlog::should_log(spdlog::level::debug)) return;
  auto ms = std::chrono::duration<double, std::milli>(took).count();
  log_line(spdlog::level::debug, request.method + " " + request.path,
           {{"request_id", request.id},
            {"peer", request.peer},
            {"status", std::to_string(answer.status)},
            {"bytes", std::to_string(answer.bytes().size())},
            {"ms", fmt::format("{:.3f}", ms)}});
}

void hide_in_log(const std::string& secret) {
  constexpr std::size_t kLeast = 4;
  auto& all = hidden();
  std::lock_guard lock(all.mutex);
  bool known = std::find(all.texts.begin(), all.texts.end(), secret) != all.texts.end();
  if (secret.size() >= kLeast && !known) all.texts.push_back(secret);
}

std::string without_secrets(std::string_view text) {
  static const RE2 kPassword(R"((://[^/\s:@]*):[^/\s]*@)");
  static const RE2 kParameter(
      R"((?i)([?&][a-z0-9_-]*(?:token|key|secret|passw|auth|sig)[a-z]*)=[^&\s#"]+)");
  static const RE2 kBearer(R"((?i)(bearer) +[^\s,;"]+)");
  static const RE2 kLink(R"(/(confirm|unsubscribe|alerts|websub)/[^/\s?"]+)");
  std::string out(text);
  {
    auto& all = hidden();
    std::lock_guard lock(all.mutex);
    for (const auto& secret : all.texts) hide(out, secret);
  }
  // How an address is to be written is no secret; NUL stands in no text of ours.
  static const RE2 kExample("USER:PASSWORD@");
  RE2::GlobalReplace(&out, kExample, std::string(1, '\0'));
  RE2::GlobalReplace(&out, kPassword, R"(\1:***@)");
  RE2::GlobalReplace(&out, kParameter, R"(\1=***)");
  RE2::GlobalReplace(&out, kBearer, R"(\1 ***)");
  RE2::GlobalReplace(&out, kLink, R"(/\1/***)");
  for (auto at = out.find('\0'); at != out.npos; at = out.find('\0', at)) {
    out.replace(at, 1, kExample.pattern());
  }
  return out;
}

}  // namespace app
