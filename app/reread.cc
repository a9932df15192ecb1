#include "app/reread.h"

#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/check_configuration.h"
#include "app/commands/config.h"

namespace app {
namespace {

using model::Errc;
using model::Error;

// As the system keeps it, last word first: that is how CLI11 takes it. Without the program's name.
std::vector<std::string> command_line() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> words;
  for (std::string word; std::getline(file, word, '\0');) words.push_back(word);
  if (!words.empty()) words.erase(words.begin());
  return {words.rbegin(), words.rend()};
}

std::string in_words(const std::string& file, const Checked& checked) {
  std::string out;
  for (const auto& [line, key, message] : checked.troubles) {
    auto place = line == 0 ? "environment" : fmt::format("{}:{}", file, line);
    out += fmt::format("{}{}: {}{}{}", out.empty() ? "" : "; ", place, key, key.empty() ? "" : ": ",
                       message);
  }
  return out;
}

}  // namespace

model::Result<std::unique_ptr<Reread>> Reread::read() {
  std::unique_ptr<Reread> out(new Reread());
  auto& app = out->table_.app;
  std::string stopped;
  try {
    app.parse(command_line());
  } catch (const CLI::ParseError& error) {
    stopped = error.what();
  }
  // What the file is to blame for is said with its line.
  if (auto file = configuration_file(app); !file.empty()) {
    auto checked = check_configuration(file);
    if (!checked) return checked.error();
    if (!checked->troubles.empty()) return Error{Errc::kInvalid, in_words(file, *checked)};
  }
  if (stopped.empty()) stopped = out->context().configuration_error;
  if (!stopped.empty()) return Error{Errc::kInvalid, stopped};
  return out;
}

std::map<std::string, std::vector<std::string>> Reread::values() const {
  std::map<std::string, std::vector<std::string>> out;
  for (const auto* app : {&table_.app, static_cast<const CLI::App*>(&command())}) {
    for (const auto* option : options_of(*app)) {
      if (auto key = key_of(*app, *option); !key.empty()) out[key] = option->results();
    }
  }
  return out;
}

Reloads::Reloads(std::set<std::string> can) : can_(std::move(can)) {
  if (auto now = Reread::read()) held_ = (*now)->values();
}

std::unique_ptr<Reread> Reloads::next() {
  auto read = Reread::read();
  if (!read) {
    spdlog::error("the configuration is left as it was: {}", read.error().message);
    return nullptr;
  }
  std::vector<std::string> taken;
  auto values = (*read)->values();
  for (auto& [key, value] : values) {
    if (held_.empty() || held_[key] == value) continue;
    if (can_.contains(key)) {
      taken.push_back(key);
    } else {
      spdlog::warn("{} has changed; that takes a restart", key);
      value = held_[key];  // and is said again
    }
  }
  held_ = std::move(values);
  (*read)->set_log();
  spdlog::info("the configuration was read again; changed: {}",
               taken.empty() ? "nothing" : fmt::format("{}", fmt::join(taken, ", ")));
  return *std::move(read);
}

}  // namespace app
