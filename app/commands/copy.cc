#include "store/copy/copy.h"

#include <memory>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "store/model/hash.h"
#include "store/sql/url.h"
#include "store/store.h"

namespace app {
namespace {

constexpr std::size_t kShownDigits = 16;

struct Given {
  std::string from;
  std::string to;
};

// On a terminal one line that is written over.
void tell(std::string_view kind, std::int64_t done) {
  if (stderr_is_terminal()) fmt::print(stderr, "\r\x1b[K{} {}", done, kind);
}

void show(const std::vector<store::copy::Sum>& sums, const Context& context) {
  for (const auto& sum : sums) {
    if (context.json) {
      fmt::print("{}\n",
                 boost::json::serialize(boost::json::object{
                     {"kind", sum.kind}, {"records", sum.records}, {"digest", sum.digest}}));
    } else if (sum.records > 0) {
      fmt::print("{:>9}  {:<17}  {}\n", sum.records, sum.kind, sum.digest.substr(0, kShownDigits));
    }
  }
}

int run_copy(const Given& given, const Context& context) {
  if (given.from == given.to) return bad_usage("--from and --to: name two stores");
  auto from = store::open_store(given.from, true);
  if (!from) return fail(from.error());
  auto to = store::open_store(given.to);
  if (!to) return fail(to.error());
  auto sums = store::copy::copy(
      **from, **to, model::make_id("store", store::sql::without_password(given.from)), tell);
  if (stderr_is_terminal()) fmt::print(stderr, "\r\x1b[K");
  if (!sums) return fail(sums.error());
  show(*sums, context);
  if (!context.json) fmt::print("Copied, and read back: both stores hold the same.\n");
  return kDone;
}

}  // namespace

std::function<int()> copy(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Given>();
  options.add_option("--from", given->from, "The store that is copied, as for --db")->required();
  options
      .add_option("--to", given->to,
                  "Where it is copied to: an empty one, or one in which the same copy was cut off")
      ->required();
  options.footer(
      "Copies everything, in batches, and reads it back: prints how many records of each kind "
      "there\n"
      "are, and a digest of them. Where it was cut off, the same command goes on. Let nobody "
      "write\n"
      "to either store meanwhile.");
  return [given, &context] { return run_copy(*given, context); };
}

}  // namespace app
