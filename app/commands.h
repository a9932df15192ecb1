#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include <CLI/App.hpp>

#include "app/context.h"

namespace app {

// One command: its name, what it does, and a function that gives it its options and returns what
// runs it (to be called once the command line has been read; returns the exit code).
struct Command {
  enum class Kind {
    kUsual,   // kept from starting programs
    kStarts,  // starts one
    kPure,    // reads files, writes to stdout, and is kept from all else
    kHidden,  // --help does not list it
  };
  std::string_view name;
  std::string_view does;
  std::function<int()> (*set_up)(CLI::App& options, const Context& context);
  Kind kind = Kind::kUsual;
};

// In the order in which --help lists them.
const std::vector<Command>& commands();

std::function<int()> demo(CLI::App& options, const Context& context);
std::function<int()> ingest(CLI::App& options, const Context& context);
std::function<int()> correlate(CLI::App& options, const Context& context);
std::function<int()> timeline(CLI::App& options, const Context& context);
std::function<int()> search(CLI::App& options, const Context& context);
std::function<int()> why(CLI::App& options, const Context& context);
std::function<int()> document(CLI::App& options, const Context& context);
std::function<int()> edit(CLI::App& options, const Context& context);
std::function<int()> export_command(CLI::App& options, const Context& context);
std::function<int()> log(CLI::App& options, const Context& context);
std::function<int()> serve_command(CLI::App& options, const Context& context);
std::function<int()> tokens(CLI::App& options, const Context& context);
std::function<int()> digest(CLI::App& options, const Context& context);
std::function<int()> alerts(CLI::App& options, const Context& context);
std::function<int()> subscribers(CLI::App& options, const Context& context);
std::function<int()> sources(CLI::App& options, const Context& context);
std::function<int()> gazetteer_command(CLI::App& options, const Context& context);
std::function<int()> about(CLI::App& options, const Context& context);
std::function<int()> backup(CLI::App& options, const Context& context);
std::function<int()> retain(CLI::App& options, const Context& context);
std::function<int()> check(CLI::App& options, const Context& context);
std::function<int()> copy(CLI::App& options, const Context& context);
std::function<int()> run(CLI::App& options, const Context& context);
std::function<int()> worker_command(CLI::App& options, const Context& context);
std::function<int()> config(CLI::App& options, const Context& context);
std::function<int()> doctor(CLI::App& options, const Context& context);
std::function<int()> manual(CLI::App& options, const Context& context);
std::function<int()> parse(CLI::App& options, const Context& context);
std::function<int()> outages(CLI::App& options, const Context& context);
std::function<int()> detect(CLI::App& options, const Context& context);
std::function<int()> mrt(CLI::App& options, const Context& context);
std::function<int()> visibility(CLI::App& options, const Context& context);
std::function<int()> extract(CLI::App& options, const Context& context);
std::function<int()> cluster(CLI::App& options, const Context& context);
std::function<int()> link(CLI::App& options, const Context& context);
std::function<int()> train(CLI::App& options, const Context& context);
std::function<int()> eval(CLI::App& options, const Context& context);
std::function<int()> verify(CLI::App& options, const Context& context);

}  // namespace app
