#include "app/confine.h"

#include <cerrno>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/landlock.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/temp_dir.h"

namespace {

using app::Confinement;

int abi() {
  return static_cast<int>(
      syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
}

// Runs `what` in another process and returns what it returns: 0, or what errno was.
int elsewhere(const std::function<int()>& what) {
  auto child = fork();
  if (child == 0) _exit(what());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int tried(std::int64_t result) { return result < 0 ? errno : 0; }

int open_file(const std::string& path, int how) {
  constexpr int kMode = 0600;
  return tried(open(path.c_str(), how, kMode));  // NOLINT(*-vararg)
}

int connect_to_nobody() {
  int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(1);
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  return tried(connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to));  // NOLINT
}

int run_true() {
  return elsewhere([] {
    execl("/bin/true", "true", nullptr);  // NOLINT(*-vararg)
    return errno;
  });
}

struct Try {
  const char* name;
  std::function<int(const std::string& file)> what;
  int free;           // what comes of it without confinement
  int no_programs;    // under kNoPrograms
  int only_reads;     // under kOnlyReads
  int least_abi = 1;  // from which on the kernel can deny it
};

const Try kTries[] = {
    {"ReadAFile", [](const auto& file) { return open_file(file, O_RDONLY); }, 0, 0, 0},
    {"WriteAFile", [](const auto& file) { return open_file(file, O_WRONLY); }, 0, 0, EACCES},
    {"MakeAFile", [](const auto& file) { return open_file(file + "-new", O_CREAT | O_WRONLY); }, 0,
     0, EACCES},
    {"RemoveAFile", [](const auto& file) { return tried(unlink(file.c_str())); }, 0, 0, EACCES},
    {"RenameAFile",
     [](const auto& file) { return tried(rename(file.c_str(), (file + "-moved").c_str())); }, 0, 0,
     EACCES},
    {"CutAFile", [](const auto& file) { return tried(truncate(file.c_str(), 0)); }, 0, 0, EACCES,
     3},
    {"MakeAFolder", [](const auto& file) { return tried(mkdir((file + "-folder").c_str(), 0700)); },
     0, 0, EACCES},
    {"RunAProgram", [](const auto& /*file*/) { return run_true(); }, 0, EACCES, EACCES},
    {"Connect", [](const auto& /*file*/) { return connect_to_nobody(); }, ECONNREFUSED,
     ECONNREFUSED, EACCES, 4},
    {"MakeAFileInAnotherThread",
     [](const auto& file) {
       int out = 0;
       std::thread([&] { out = open_file(file + "-new", O_CREAT | O_WRONLY); }).join();
       return out;
     },
     0, 0, EACCES},
    {"WriteWhatIsOpen", [](const auto& /*file*/) { return tried(write(STDERR_FILENO, "", 0)); }, 0,
     0, 0},
};

class Confined : public testing::TestWithParam<Try> {};

TEST_P(Confined, CanDoWhatItNeedsAndNoMore) {
  if (abi() < GetParam().least_abi) GTEST_SKIP() << "this kernel's Landlock cannot deny it";
  auto come_of = [](const std::function<bool()>& first) {
    support::TempDir folder;
    return elsewhere([&] {
      auto file = folder.path("file");
      if (open_file(file, O_CREAT | O_WRONLY) != 0 || !first()) return -1;
      return GetParam().what(file);
    });
  };
  EXPECT_EQ(come_of([] { return true; }), GetParam().free);
  EXPECT_EQ(come_of([] { return app::confine(Confinement::kNoPrograms); }), GetParam().no_programs);
  EXPECT_EQ(come_of([] { return app::confine(Confinement::kOnlyReads); }), GetParam().only_reads);
}

INSTANTIATE_TEST_SUITE_P(Processes, Confined, testing::ValuesIn(kTries),
                         [](const auto& tried) { return tried.param.name; });

}  // namespace
