#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands/sources.h"
#include "app/health.h"
#include "app/outcome.h"
#include "feeds/opml/opml.h"
#include "feeds/parse.h"
#include "ingest/ingest.h"
#include "ingest/poller.h"
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
  std::string mapping;  // of the configuration; empty: what is polled is of a kind we know
  MeasuredSource measured;
};

// What one argument stands for.
struct Named {
  std::vector<model::Poll> polls;
  bool list = false;                    // of feeds, none of which was looked at
  std::optional<ingest::Fetched> seen;  // what is at the only one of them
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
  Named out{{}, true, std::nullopt};
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

// The feeds that a page names, in its order; those of comments only where there are no others.
std::vector<std::string> named_feeds(const feeds::news::Document& page) {
  std::vector<std::string> out, comments;
  for (const auto& link : page.links) {
    if (link.rel != "alternate" || !ingest::target_of(link.href)) continue;
    bool of_comments = link.href.find("/comments/") != std::string::npos;
    (of_comments ? comments : out).push_back(link.href);
  }
  return out.empty() ? comments : out;
}

// Looks at what the user names, one address after the other.
class Scout {
 public:
  Scout(const ingest::FetcherOptions& network, model::Instant now) : fetcher_(network), now_(now) {}

  Result<Named> look_at(const std::string& name) {
    if (!ingest::target_of(name)) return look_at_file(name);
    auto fetched = fetch(name);
    if (fetched.error) return *fetched.error;
    const auto& body = fetched.response.body;
    if (feeds::opml::is_list(body)) return feeds_of_list(name, body, now_);
    auto kind = feeds::detect(body, fetched.response.url);
    if (!kind) return Error{Errc::kInvalid, name + ": " + kind.error().message};
    return *kind == feeds::Kind::kPage ? look_at_page(name, fetched)
                                       : Named{{poll_of(name, "", now_)}, false, fetched};
  }

 private:
  // As it will be polled: no private address unless it is allowed.
  ingest::Fetched fetch(const std::string& url) {
    ingest::Request request;
    request.url = request.tag = url;
    fetcher_.start(std::move(request));
    return *fetcher_.next();
  }

  Result<Named> look_at_file(const std::string& name) {
    auto input = ingest::read(name);
    if (!input) return input.error();
    if (feeds::opml::is_list(input->bytes)) return feeds_of_list(name, input->bytes, now_);
    return Error{Errc::kInvalid, name +
                                     " is neither a web address nor a list of feeds (OPML); "
                                     "read files with faultline ingest."};
  }

  Result<Named> look_at_page(const std::string& name, const ingest::Fetched& page) {
    ingest::Input input;
    input.name = name;
    input.url = page.response.url;
    input.bytes = page.response.body;
    auto feeds = named_feeds(ingest::news_of(input));
    if (feeds.empty()) return look_around(name, page.response.url);
    fmt::print("{}: a page; its feed is {}\n", name, feeds.front());
    for (std::size_t i = 1; i < feeds.size(); ++i) fmt::print("  it also names {}\n", feeds[i]);
    return Named{{poll_of(feeds.front(), "", now_)}, false, std::nullopt};
  }

  // Where feeds usually are, at a site that does not say.
  Result<Named> look_around(const std::string& name, const std::string& page) {
    auto site = ingest::target_of(page);
    auto origin = (site && site->tls ? "https://" : "http://") + (site ? site->authority : "");
    for (const char* usual : {"/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml"}) {
      auto found = fetch(origin + usual);
      auto kind = feeds::detect(found.response.body, found.response.url);
      if (found.error || !kind || *kind != feeds::Kind::kNews) continue;
      fmt::print("{}: a page that names no feed; there is one at {}\n", name, found.url);
      return Named{{poll_of(found.url, "", now_)}, false, found};
    }
    return Error{Errc::kInvalid,
                 name + " is a page that names no feed; look for the feed's own address."};
  }

  ingest::Fetcher fetcher_;
  model::Instant now_;
};

// In one transaction; how many were not polled before.
Result<int> put(store::Store& store, const Named& named) {
  auto writer = store.begin();
  if (!writer) return writer.error();
  int added = 0;
  for (const auto& poll : named.polls) {
    auto done = (*writer)->put(poll);
    if (!done) return done.error();
    added += *done == store::Put::kAdded ? 1 : 0;
  }
  if (auto done = (*writer)->commit(); !done) return done.error();
  return added;
}

// What was fetched to look at it is read at once: nobody is asked twice for the same.
Status read_seen(store::Store& store, ingest::Fetched seen, model::Instant now) {
  ingest::Fetcher none{ingest::FetcherOptions()};
  ingest::Subscriptions hubs;
  ingest::Poller poller(store, none, hubs, {});
  auto url = seen.tag;
  auto report = poller.take(std::move(seen), now);
  if (!report) return report.error();
  if (!*report) return {};
  const auto& poll = (*report)->now;
  auto title = poll.title.empty() ? "" : " (" + poll.title + ")";
  if ((*report)->outcome) {
    fmt::print("{}: added{}, {}\n", url, title, in_words(*(*report)->outcome));
  } else {
    fmt::print("{}: added, but it cannot be read: {}\n", url, poll.last_error);
  }
  return {};
}

Status add_named(store::Store& store, const std::string& name, Named named, model::Instant now) {
  auto added = put(store, named);
  if (!added) return added.error();
  if (named.list) {
    fmt::print("{}: {} added, {} polled already\n", name, *added,
               static_cast<int>(named.polls.size()) - *added);
    return {};
  }
  if (*added > 0 && named.seen) return read_seen(store, std::move(*named.seen), now);
  fmt::print("{}: {}\n", named.polls.front().url, *added > 0 ? "added" : "polled already");
  return {};
}

// A table or list of somebody's own: nothing can be told of it before it is read.
Result<Named> look_at_mapped(const std::string& name, const std::string& mapping,
                             model::Instant now) {
  if (!ingest::target_of(name)) {
    return Error{Errc::kInvalid,
                 name + " is no web address; read files with faultline ingest --mapping."};
  }
  auto poll = poll_of(name, "", now);
  poll.adapter = "mapping:" + mapping;
  return Named{{std::move(poll)}, false, std::nullopt};
}

// Whether a measurement API is meant, and not an address.
bool is_measured(const Adding& options) {
  return ingest::measure::provider_named(options.what.front()) != nullptr;
}

int add_provider(const Adding& options, const Context& context) {
  if (options.what.size() > 1) {
    return bad_usage(
        "add one provider of measurements at a time; its place is --country, --asn, …");
  }
  auto measured = options.measured;
  measured.wanted.provider = options.what.front();
  measured.groups = groups_of(options.group);
  return add_measured(std::move(measured), context);
}

int add(const Adding& options, const Context& context) {
  if (is_measured(options)) return add_provider(options, context);
  if (!options.mapping.empty()) {
    auto mapping = context.mapping(options.mapping);
    if (!mapping) return bad_usage(mapping.error().message);
  }
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto network = context.network();
  if (!network) return bad_usage(network.error().message);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto group = groups_of(options.group);
  Scout scout(*network, *now);
  int code = kDone;
  for (const auto& name : options.what) {
    bool unseen = !options.check && ingest::target_of(name);
    auto named = !options.mapping.empty() ? look_at_mapped(name, options.mapping, *now)
                 : unseen                 ? Named{{poll_of(name, "", *now)}, false, std::nullopt}
                                          : scout.look_at(name);
    if (!named) {
      code = fail(named.error());
      continue;
    }
    for (auto& poll : named->polls) {
      poll.groups.insert(poll.groups.begin(), group.begin(), group.end());
    }
    if (auto done = add_named(**store, name, std::move(*named), *now); !done) {
      return fail(done.error());
    }
  }
  return code;
}

}  // namespace

std::function<int()> sources_add(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Adding>();
  options
      .add_option("what", given->what,
                  "Web addresses, or lists: files, addresses; - is stdin. Or measurements: ioda, "
                  "radar, ripestat, ris-live, ooni, stop")
      ->required();
  options.add_option("--group", given->group, "Group to put them in, as World/Asia");
  options.add_flag("!--no-check", given->check, "Do not look at the address first");
  options.add_option("--mapping", given->mapping,
                     "A table or list, read as [mapping.NAME] of the configuration says");
  add_measured_options(options, given->measured);
  return [given, &context] { return add(*given, context); };
}

}  // namespace app
