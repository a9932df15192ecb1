#include "store/postgres/backup.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/postgres/db.h"
#include "store/postgres/examine.h"
#include "store/postgres/store.h"
#include "store/postgres/url.h"
#include "store/sql/part_file.h"
#include "store/sql/rows.h"

namespace store::postgres {
namespace {

using model::Errc;
using model::Error;

// How a program of PostgreSQL's is told where the database is: by its environment, which others
// do not see, and the few options that have no variable on its command line.
struct Way {
  std::vector<std::string> environment;
  std::string options;  // for --dbname
};

Result<Way> way_to(const Place& place) {
  Way out;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    out.environment.emplace_back(*variable);
  }
  std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(place.url.c_str(), nullptr), PQconninfoFree);
  for (const auto* one = options.get(); one != nullptr && one->keyword != nullptr; ++one) {
    if (one->val == nullptr) continue;
    if (one->envvar != nullptr) {
      auto name = std::string(one->envvar) + "=";
      std::erase_if(out.environment, [&](const auto& kept) { return kept.starts_with(name); });
      out.environment.push_back(name + one->val);
    } else if (std::string_view(one->keyword) == "sslpassword") {
      return Error{Errc::kInvalid, "The " + place.name +
                                       " is reached with a key that has a password, which pg_dump "
                                       "can only be told where others see it; back it up by hand."};
    } else {
      out.options += fmt::format("{} = '", one->keyword);
      for (const char* c = one->val; *c != '\0'; ++c) {
        if (*c == '\'' || *c == '\\') out.options += '\\';
        out.options += *c;
      }
      out.options += "' ";
    }
  }
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (auto& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

// What comes out of the pipe until it ends; more than a page of it says nothing new.
std::string read_all(int pipe) {
  constexpr std::size_t kMost = 4096;
  std::string out;
  std::array<char, 512> buffer{};
  for (;;) {
    auto got = ::read(pipe, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return out;
    if (out.size() < kMost) out.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

// Runs a program to its end. What it says on stderr is the error.
Status run(std::vector<std::string> words, std::vector<std::string> environment) {
  auto program = words.front();
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return Error{Errc::kIo, program + " could not be started (" + std::strerror(errno) + ")."};
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  auto arguments = pointers(words), variables = pointers(environment);
  pid_t child = 0;
  int failure =
      posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), variables.data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  auto said = failure == 0 ? read_all(ends[0]) : std::string();
  ::close(ends[0]);
  if (failure != 0) {
    return Error{Errc::kIo, program + " could not be started (" + std::strerror(failure) +
                                "); install PostgreSQL's client programs (postgresql-client)."};
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  said = said.substr(0, said.find('\n'));
  return Error{Errc::kIo, fmt::format("{} failed ({}); nothing was kept of the backup.", program,
                                      said.empty() ? "it was ended" : said)};
}

// The schema as a pattern that means just its name.
Result<std::string> schema_of(const Place& place) {
  auto db = Db::open(place, Options().patience);
  if (!db) return db.error();
  auto name = sql::first<std::string>(**db, "SELECT current_schema()", {});
  if (!name) return name.error();
  std::string out = "\"";
  for (char c : name->value_or("")) out.append(c == '"' ? 2 : 1, c);
  return out + "\"";
}

}  // namespace

Status backup(std::string_view url, const std::string& file, const BackupOptions& options) {
  auto about = examine(url);
  if (!about) return about.error();
  auto place = place_of(url);
  if (!place) return place.error();
  auto schema = schema_of(*place);
  if (!schema) return schema.error();
  auto way = way_to(*place);
  if (!way) return way.error();
  auto part = sql::PartFile::make(file, options.force);
  if (!part) return part.error();
  std::vector<std::string> words{"pg_dump", "--format=custom", "--no-password",
                                 "--schema=" + *schema, "--file=" + part->path()};
  if (!way->options.empty()) words.push_back("--dbname=" + way->options);
  if (auto done = run(words, way->environment); !done) return done;
  // Its table of contents can be read to the end.
  auto listed = run({"pg_restore", "--list", part->path()}, way->environment);
  return listed ? part->place() : listed;
}

}  // namespace store::postgres
