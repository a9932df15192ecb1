#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands/sources.h"
#include "app/health.h"
#include "feeds/opml/opml.h"

namespace app {
namespace {

using model::Errc;

int remove(const std::vector<std::string>& urls, const Context& context) {
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto writer = (*store)->begin();
  if (!writer) return fail(writer.error());
  int code = kDone;
  for (const auto& url : urls) {
    auto done = (*writer)->remove_poll(url);
    if (!done) return fail(done.error());
    if (*done) {
      fmt::print("{}: removed; what was read from it stays\n", url);
    } else {
      code = fail({Errc::kNotFound, url + " is not polled; faultline sources lists what is."});
    }
  }
  auto done = (*writer)->commit();
  return done ? code : fail(done.error());
}

int print_list(const Context& context) {
  auto store = context.open(true);
  if (!store) return fail(store.error());
  auto polls = (*store)->polls();
  if (!polls) return fail(polls.error());
  feeds::opml::List list;
  list.title = "Faultline";
  for (const auto& poll : *polls) {
    if (!poll.adapter.empty()) continue;  // an API is no feed: no other reader could read it
    feeds::opml::Subscription feed;
    feed.url = poll.url;
    feed.title = name_of(poll);
    if (auto source = (*store)->source(poll.source_id); source && *source) {
      feed.home = (*source)->home;
    }
    if (!poll.groups.empty()) feed.categories.push_back(poll.groups);
    list.feeds.push_back(std::move(feed));
  }
  fmt::print("{}", feeds::opml::write(list));
  return kDone;
}

}  // namespace

std::function<int()> sources_remove(CLI::App& options, const Context& context) {
  auto urls = std::make_shared<std::vector<std::string>>();
  options.add_option("urls", *urls, "Addresses as faultline sources lists them")->required();
  return [urls, &context] { return remove(*urls, context); };
}

std::function<int()> sources_export(CLI::App& /*options*/, const Context& context) {
  return [&context] { return print_list(context); };
}

}  // namespace app
