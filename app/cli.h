#pragma once

namespace app {

// Exit codes of every command.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;    // the work failed; a sentence on stderr says why
inline constexpr int kBadUsage = 2;  // it was asked for in a way that cannot be

// The program: reads the command line and runs one command.
int run(int argc, char** argv);

}  // namespace app
