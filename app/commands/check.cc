#include "store/check.h"

#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "feeds/render/shared.h"
#include "ingest/raw.h"

namespace app {
namespace {

using feeds::render::printable;

void show(const store::Trouble& trouble, const Context& context) {
  if (context.json) {
    fmt::print("{}\n",
               boost::json::serialize(boost::json::object{
                   {"where", trouble.where}, {"what", trouble.what}, {"advice", trouble.advice}}));
    return;
  }
  if (stderr_is_terminal()) fmt::print(stderr, "\r\x1b[K");
  fmt::print("WRONG  {:<16} {}; {}\n", trouble.where, printable(trouble.what), trouble.advice);
}

int run_check(bool quick, const Context& context) {
  store::CheckOptions options;
  options.quick = quick;
  options.bytes_of = ::ingest::bytes_of;
  options.at = [](std::string_view where) {
    if (stderr_is_terminal()) fmt::print(stderr, "\r\x1b[K{}", where);
  };
  auto checked = store::check(context.db, options,
                              [&](const store::Trouble& trouble) { show(trouble, context); });
  if (stderr_is_terminal()) fmt::print(stderr, "\r\x1b[K");
  if (!checked) return fail(checked.error());
  bool clean = checked->troubles == 0;
  if (context.json) {
    fmt::print("{}\n", boost::json::serialize(boost::json::object{{"database", checked->name},
                                                                  {"checks", checked->checks},
                                                                  {"wrong", checked->troubles},
                                                                  {"ok", clean}}));
  } else if (clean) {
    fmt::print("{}: nothing is wrong ({} checks)\n", checked->name, checked->checks);
  }
  return clean ? kDone : kFailed;
}

}  // namespace

std::function<int()> check(CLI::App& options, const Context& context) {
  auto quick = std::make_shared<bool>(false);
  options.add_flag("--quick", *quick, "Look at pages and keys only, not into bytes and texts");
  options.footer(
      "Changes nothing, and others may write meanwhile. One line for each thing that is wrong, "
      "with\n"
      "what to do; exit code 0 when there is none, 1 when there is.");
  return [quick, &context] { return run_check(*quick, context); };
}

}  // namespace app
