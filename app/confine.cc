#include "app/confine.h"

#include <cstdint>

#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace app {
namespace {

// struct landlock_ruleset_attr as of ABI 4; the headers of Debian 12 know it as of ABI 2.
struct Handled {
  std::uint64_t files = 0;
  std::uint64_t connections = 0;
};
constexpr std::size_t kOnlyFiles = sizeof(std::uint64_t);
constexpr int kAbiOfRefer = 2, kAbiOfTruncate = 3, kAbiOfConnections = 4;
constexpr std::uint64_t kTruncate = 1U << 14U;
constexpr std::uint64_t kBindTcp = 1U << 0U, kConnectTcp = 1U << 1U;

constexpr std::uint64_t kWriting = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                                   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                   LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                   LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

// What is handled and allowed by no rule is denied.
Handled denied(Confinement confinement, int abi) {
  Handled out{LANDLOCK_ACCESS_FS_EXECUTE, 0};
  if (confinement == Confinement::kNoPrograms) return out;
  out.files |= kWriting;
  if (abi >= kAbiOfRefer) out.files |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= kAbiOfTruncate) out.files |= kTruncate;
  if (abi >= kAbiOfConnections) out.connections = kBindTcp | kConnectTcp;
  return out;
}

// glibc has no functions for them.
int create_ruleset(const Handled* handled, std::size_t size, std::uint32_t flags) {
  return static_cast<int>(syscall(SYS_landlock_create_ruleset, handled, size, flags));
}

}  // namespace

bool confine(Confinement confinement) {
  int abi = create_ruleset(nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return false;
  auto handled = denied(confinement, abi);
  int rules = create_ruleset(&handled, handled.connections != 0 ? sizeof handled : kOnlyFiles, 0);
  if (rules < 0) return false;
  bool done = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
              syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  close(rules);
  return done;
}

}  // namespace app
