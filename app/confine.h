#pragma once

namespace app {

enum class Confinement {
  kNoPrograms,  // no other program is started
  kOnlyReads,   // nor any file made, written or removed, nor a connection opened; what is open
                // already, as stdout, can be written
};

// Takes from this process what it has no use for, so that a defect in a reader of hostile bytes
// cannot use it: for good, and for all threads that are started later. By Landlock
// (https://docs.kernel.org/userspace-api/landlock.html): files from Linux 5.13 on, connections
// (TCP) from 6.7 on. False where the kernel has none of it; nothing is taken then.
bool confine(Confinement confinement);

}  // namespace app
