#include "feeds/page/discover.h"

#include <algorithm>
#include <array>
#include <utility>

#include "feeds/news/urls.h"
#include "store/model/text.h"

namespace feeds::page {
namespace {

// Pages that name more are lists of feeds of their own.
constexpr std::size_t kMostFeeds = 200;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

bool has_word(const std::string& words, std::string_view word) {
  return (" " + words + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

bool is_feed_type(std::string_view type) {
  static constexpr auto kTypes = std::to_array<std::string_view>(
      {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json",
       "application/rdf+xml", "text/rss+xml", "text/rdf+xml", "application/rss",
       "application/x.atom+xml"});
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

bool is_of_comments(const FeedLink& link) {
  auto title = lower(link.title);
  return link.href.find("/comments/feed") != std::string::npos ||
         link.href.find("/comments/default") != std::string::npos ||
         title.find("comments") != std::string::npos ||
         title.find("kommentar") != std::string::npos;
}

// Whether a link with these words leads to a feed. JSON alone may be anything (WordPress names its
// REST interface so): it has to be called a feed.
bool leads_to_feed(const std::string& rel, const std::string& type, std::string_view href) {
  if (has_word(rel, "feed")) return true;
  if (!has_word(rel, "alternate") || has_word(rel, "stylesheet")) return false;
  if (type == "application/json") return lower(href).find("feed") != std::string::npos;
  return is_feed_type(type);
}

void add(std::vector<FeedLink>& out, FeedLink link) {
  bool known = std::any_of(out.begin(), out.end(),
                           [&](const auto& other) { return other.href == link.href; });
  if (link.href.empty() || known || out.size() >= kMostFeeds) return;
  link.comments = is_of_comments(link);
  out.push_back(std::move(link));
}

void comments_last(std::vector<FeedLink>& links) {
  std::stable_partition(links.begin(), links.end(),
                        [](const auto& link) { return !link.comments; });
}

std::string media_type(std::string_view type) {
  return lower(model::trim(type.substr(0, type.find(';'))));
}

// One parameter of a Link header's link at `pos`, which moves behind it.
std::pair<std::string, std::string> read_parameter(std::string_view header, std::size_t& pos) {
  auto end = std::min(header.find_first_of("=;,", pos), header.size());
  auto name = lower(model::trim(header.substr(pos, end - pos)));
  pos = end;
  std::string value;
  if (pos >= header.size() || header[pos] != '=') return {name, value};
  pos = std::min(header.find_first_not_of(" \t", pos + 1), header.size());
  if (pos < header.size() && header[pos] == '"') {
    for (++pos; pos < header.size() && header[pos] != '"'; ++pos) {
      if (header[pos] == '\\' && pos + 1 < header.size()) ++pos;
      value += header[pos];
    }
    pos = std::min(header.find_first_of(";,", pos), header.size());
  } else {
    end = std::min(header.find_first_of(";,", pos), header.size());
    value = model::trim(header.substr(pos, end - pos));
    pos = end;
  }
  return {name, value};
}

}  // namespace

std::vector<FeedLink> feeds_of(const Tree& tree, const std::string& base) {
  std::vector<FeedLink> out;
  for (const auto& node : tree.nodes()) {
    if (node.is_text() || node.tag != GUMBO_TAG_LINK) continue;
    auto type = media_type(node.attribute("type"));
    auto href = model::trim(node.attribute("href"));
    if (!leads_to_feed(lower(node.attribute("rel")), type, href)) continue;
    FeedLink link;
    link.href = news::resolve_safely(base, href);
    link.type = type;
    link.title = model::squeeze(node.attribute("title"));
    add(out, std::move(link));
  }
  comments_last(out);
  return out;
}

std::vector<FeedLink> feeds_of_header(std::string_view header, const std::string& base) {
  std::vector<FeedLink> out;
  std::size_t pos = 0;
  while ((pos = header.find('<', pos)) != std::string_view::npos) {
    auto end = header.find('>', pos);
    if (end == std::string_view::npos) break;
    auto href = model::trim(header.substr(pos + 1, end - pos - 1));
    pos = end + 1;
    FeedLink link;
    std::string rel;
    while (pos < header.size() && header[pos] != ',') {
      if (header[pos] != ';') {
        ++pos;
        continue;
      }
      auto [name, value] = read_parameter(header, ++pos);
      if (name == "rel" && rel.empty()) rel = lower(value);
      if (name == "type") link.type = media_type(value);
      if (name == "title") link.title = model::squeeze(value);
    }
    if (!leads_to_feed(rel, link.type, href)) continue;
    link.href = news::resolve_safely(base, href);
    add(out, std::move(link));
  }
  comments_last(out);
  return out;
}

std::vector<FeedLink> well_known(const std::string& url) {
  std::vector<FeedLink> out;
  auto small = lower(url.substr(0, 8));
  if (!small.starts_with("http://") && !small.starts_with("https://")) return out;
  auto guess = [&](std::string_view reference) {
    FeedLink link;
    link.href = news::resolve_safely(url, reference);
    link.guess = true;
    add(out, std::move(link));
  };
  auto path = url.find('/', url.find("://") + 3);
  bool deeper = path != std::string::npos && url.find('/', path + 1) != std::string::npos;
  if (deeper) guess("feed/");
  for (auto at : {"/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss",
                  "/feed.json", "/feeds/posts/default", "/blog/feed/"}) {
    guess(at);
  }
  return out;
}

}  // namespace feeds::page
