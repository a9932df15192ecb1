#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

// The option table in words: for the manual, the configuration's template and the shells.
namespace app {

// One command or one of its parts, as it is called: "sources add".
struct CalledAs {
  std::string path;  // empty: the program itself
  const CLI::App* app;
};
// The program, then its commands with their parts, in the order of --help; those that --help does
// not list are left out.
std::vector<CalledAs> called(const CLI::App& program);

bool is_flag(const CLI::Option& option);
// "-h", "--help": all names by which it is given; none for what has only its place.
std::vector<std::string> names_of(const CLI::Option& option);
// "TEXT", "UINT": what kind of value it takes; empty for a flag.
std::string type_of(const CLI::Option& option);
// The words that it may be; empty: any.
std::vector<std::string> choices_of(const CLI::Option& option);
// The value where none is given, as CLI11 keeps it; empty: none is known.
std::string default_of(const CLI::Option& option);

}  // namespace app
