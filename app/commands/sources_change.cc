#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands/sources.h"
#include "app/health.h"
#include "feeds/opml/opml.h"
#include "feeds/parse.h"
#include "ingest/ingest.h"
#include "ingest/read.h"
#include "ingest/schedule.h"
#include "ingest/target.h"
#include "store/model/text.h"

namespace app {
namespace {

using model::Errc;
using model::Error;
using model::Result;
using model::Status;

struct Adding {
  std::vector<std::string> what;
  std::string group;
  bool check = true;
};

// What one argument stands for.
struct Named {
  std::vector<model::Poll> polls;
  bool list = false;  // of feeds, and not one that was looked at
};

// The groups "World/Asia" are "Asia" inside "World".
std::vector<std::string> groups_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin < text.size();) {
    auto end = std::min(text.find('/', begin), text.size());
    if (end > begin) out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

model::Poll poll_of(const std::string& url, const std::string& title, model::Instant now) {
  auto poll = ingest::added(url, now);
  poll.title = title;
  return poll;
}

// Every feed of a list, in its groups, unseen: polling finds out what each is.
Named feeds_of_list(const std::string& name, const std::string& bytes, model::Instant now) {
  auto list = feeds::opml::parse(bytes);
  for (const auto& warning : list.warnings) warn(name, warning);
  for (const auto& other : list.lists) {
    warn(name, {other.url, "is another list; add it by itself"});
  }
  Named out{{}, true};
  for (const auto& feed : list.feeds) {
    if (!ingest::target_of(feed.url)) {
      warn(name, {feed.url, "is no web address; left out"});
      continue;
    }
    out.polls.push_back(poll_of(feed.url, feed.title, now));
    if (!feed.categories.empty()) out.polls.back().groups = feed.categories.front();
  }
  return out;
}

// The feeds that a page or a feed's page names, in its order.
std::vector<std::string> named_feeds(const feeds::news::Document& page) {
  std::vector<std::string> out;
  for (const auto& link : page.links) {
    if (link.rel == "alternate" && ingest::target_of(link.href)) out.push_back(link.href);
  }
  return out;
}

// An address that was looked at: the feed itself, or the first feed that the page names.
Result<Named> feed_of(const ingest::Input& input, model::Instant now) {
  auto kind = feeds::detect(input.bytes, input.url);
  if (!kind) return Error{Errc::kInvalid, input.name + ": " + kind.error().message};
  auto document = ingest::news_of(input);
  if (*kind != feeds::Kind::kPage) {
    auto title = model::squeeze(feeds::news::plain_text(document.title));
    return Named{{poll_of(input.name, title, now)}};
  }
  auto feeds = named_feeds(document);
  if (feeds.empty()) {
    return Error{Errc::kInvalid,
                 input.name + " is a page that names no feed; look for the feed's own address."};
  }
  fmt::print("{}: a page; its feed is {}\n", input.name, feeds.front());
  for (std::size_t i = 1; i < feeds.size(); ++i) fmt::print("  it also names {}\n", feeds[i]);
  return Named{{poll_of(feeds.front(), "", now)}};
}

Result<Named> look_at(const std::string& name, bool check, const ingest::FetcherOptions& network,
                      model::Instant now) {
  bool web = static_cast<bool>(ingest::target_of(name));
  if (web && !check) return Named{{poll_of(name, "", now)}};
  // As it will be polled: no private address unless it is allowed.
  auto input = ingest::read(name, ingest::Limits(), network);
  if (!input) return input.error();
  if (feeds::opml::is_list(input->bytes)) return feeds_of_list(name, input->bytes, now);
  if (web) return feed_of(*input, now);
  return Error{Errc::kInvalid, name +
                                   " is neither a web address nor a list of feeds (OPML); read "
                                   "files with faultline ingest."};
}

// In one transaction. Tells of each, of a list only how many.
Status put(store::Store& store, const std::string& name, const Named& named) {
  auto writer = store.begin();
  if (!writer) return writer.error();
  int added = 0;
  for (const auto& poll : named.polls) {
    auto done = (*writer)->put(poll);
    if (!done) return done.error();
    bool is_new = *done == store::Put::kAdded;
    added += is_new ? 1 : 0;
    if (named.list) continue;
    auto title = poll.title.empty() ? "" : " (" + poll.title + ")";
    fmt::print("{}: {}{}\n", poll.url, is_new ? "added" : "polled already", title);
  }
  if (named.list) {
    fmt::print("{}: {} added, {} polled already\n", name, added,
               static_cast<int>(named.polls.size()) - added);
  }
  return (*writer)->commit();
}

int add(const Adding& options, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto network = context.network();
  if (!network) return bad_usage(network.error().message);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto group = groups_of(options.group);
  int code = kDone;
  for (const auto& name : options.what) {
    auto named = look_at(name, options.check, *network, *now);
    if (!named) {
      code = fail(named.error());
      continue;
    }
    for (auto& poll : named->polls) {
      poll.groups.insert(poll.groups.begin(), group.begin(), group.end());
    }
    if (auto done = put(**store, name, *named); !done) return fail(done.error());
  }
  return code;
}

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

std::function<int()> sources_add(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Adding>();
  options.add_option("what", given->what, "Web addresses, or lists: files, addresses; - is stdin")
      ->required();
  options.add_option("--group", given->group, "Group to put them in, as World/Asia");
  options.add_flag("!--no-check", given->check, "Do not look at the address first");
  return [given, &context] { return add(*given, context); };
}

std::function<int()> sources_remove(CLI::App& options, const Context& context) {
  auto urls = std::make_shared<std::vector<std::string>>();
  options.add_option("urls", *urls, "Addresses as faultline sources lists them")->required();
  return [urls, &context] { return remove(*urls, context); };
}

std::function<int()> sources_export(CLI::App& /*options*/, const Context& context) {
  return [&context] { return print_list(context); };
}

}  // namespace app
