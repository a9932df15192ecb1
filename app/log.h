#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <spdlog/common.h>

#include "app/http_server.h"

// What the program says of its work, on standard error: a line each, as text or as a JSON object
// with "time", "level", "message" and what belongs to it. Of the whole process; for several
// threads.
namespace app {

// Until then spdlog's own logger writes.
void set_up_log();
void set_log_level(const std::string& level);    // trace, debug, info, warning, error, off
void set_log_format(const std::string& format);  // text, json
bool log_is_json();

struct LogField {
  std::string_view name;
  std::string value;
};
void log_line(spdlog::level::level_enum level, std::string_view message,
              const std::vector<LogField>& fields);

// One request and what it was answered, at level debug.
void log_request(const HttpRequest& request, const HttpAnswer& answer,
                 std::chrono::nanoseconds took);

// This text is never written to the log, nor by fail() and bad_usage(); texts of fewer than four
// bytes are too common to be hidden.
void hide_in_log(const std::string& secret);
// The text with what hide_in_log() was told, passwords in addresses, values of parameters that are
// named like secrets, bearer tokens, and tokens in links of mails as "***".
std::string without_secrets(std::string_view text);

}  // namespace app
