#include <algorithm>
#include <string>
#include <vector>

#include "feeds/mail/mail.h"
#include "feeds/news/charset.h"
#include "feeds/parse.h"
#include "store/model/text.h"

namespace feeds {
namespace {

// What a document is shows at its beginning.
constexpr std::size_t kReach = 64 * 1024;

using model::Errc;
using model::Error;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

bool contains(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

// Names of the members of the outermost object and of those directly inside it, as far as the text
// reaches: it may have been cut.
std::vector<std::string> member_names(std::string_view text) {
  std::vector<std::string> names;
  int depth = 0;
  for (std::size_t pos = 0; pos < text.size(); ++pos) {
    char c = text[pos];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c != '"') continue;
    std::size_t begin = ++pos;
    while (pos < text.size() && text[pos] != '"') pos += text[pos] == '\\' ? 2 : 1;
    std::size_t colon =
        pos < text.size() ? text.find_first_not_of(" \t\r\n", pos + 1) : std::string_view::npos;
    bool is_name = colon != std::string_view::npos && text[colon] == ':';
    if (is_name && depth <= 2) names.emplace_back(text.substr(begin, pos - begin));
  }
  return names;
}

model::Result<Kind> detect_json(std::string_view text) {
  auto names = member_names(text);
  auto has = [&names](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (contains(text, "jsonfeed.org/version/") || contains(text, "jsonfeed.org\\/version\\/")) {
    return Kind::kNews;
  }
  if (has("items") && (has("feed_url") || has("home_page_url") || has("title"))) return Kind::kNews;
  if (has("annotations")) return Kind::kRadar;
  bool ioda = has("data") && (has("requestParameters") || has("metadata"));
  if (ioda || contains(text.substr(0, 200), "outages.events")) return Kind::kIodaEvents;
  if (has("scope") && (has("start") || has("values"))) return Kind::kOutagesJsonl;
  bool said = has("title") || has("text") || has("content_text") || has("content_html");
  bool told = has("published") || has("date_published") || has("url") || has("text");
  if (said && told && (has("id") || has("url")) && !has("items")) return Kind::kItems;
  return Error{Errc::kInvalid,
               "this is JSON, but neither a JSON Feed nor outages as Faultline, IODA or Cloudflare "
               "Radar write them"};
}

// The name of the first element, in lower case without prefix; empty when there is none.
std::string root_name(std::string_view text) {
  for (std::size_t pos = text.find('<'); pos != std::string_view::npos;
       pos = text.find('<', pos + 1)) {
    if (text.substr(pos).starts_with("<!--")) {
      pos = std::min(text.find("-->", pos), text.size() - 1);
      continue;
    }
    std::size_t end = std::min(text.find_first_of(" \t\r\n/>", pos + 1), text.size());
    std::string name = lower(text.substr(pos + 1, end - pos - 1));
    if (name.empty() || !((name[0] >= 'a' && name[0] <= 'z') || name[0] == '_')) continue;
    auto colon = name.find(':');
    return colon == std::string::npos ? name : name.substr(colon + 1);
  }
  return "";
}

model::Result<Kind> detect_markup(std::string_view text) {
  std::string root = root_name(text);
  if (root == "rss" || root == "feed" || root == "rdf" || root == "channel" || root == "entry") {
    return Kind::kNews;
  }
  if (root == "urlset" || root == "sitemapindex") return Kind::kSitemap;
  std::string small = lower(text.substr(0, 4096));
  if (contains(small, "<!doctype html") || root == "html" || root == "head" || root == "body") {
    return Kind::kPage;
  }
  if (root == "opml") {
    return Error{Errc::kInvalid, "this is OPML, a list of feeds, and no feed itself"};
  }
  // A feed behind something else, or one that is broken at its very beginning.
  std::string whole = lower(text);
  for (std::string_view start : {"<rss", "<feed", "<rdf:rdf"}) {
    if (contains(whole, start)) return Kind::kNews;
  }
  return Error{Errc::kInvalid, root.empty()
                                   ? "this is no feed: it has markup, but no element that is whole"
                                   : "this is XML, but its outermost element <" +
                                         model::truncate(root, 40) + "> belongs to no feed format"};
}

bool is_binary(std::string_view text) {
  auto head = text.substr(0, 1024);
  auto odd = std::count_if(head.begin(), head.end(), [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
  });
  // A stray control character stands in many a feed; in a picture or an archive they are
  // everywhere.
  return static_cast<std::size_t>(odd) * 20 > head.size();
}

bool is_csv(std::string_view text) {
  std::string header = lower(text.substr(0, text.find('\n')));
  bool scope = contains(header, "country") || contains(header, "asn") ||
               contains(header, "prefix") || contains(header, "region");
  return contains(header, ",") && contains(header, "start") && scope;
}

}  // namespace

model::Result<Kind> detect(std::string_view bytes, std::string_view name) {
  if (model::trim(bytes).empty()) return Error{Errc::kInvalid, "the document is empty"};
  std::string text = news::decode(bytes.substr(0, kReach), "").text;
  auto start = model::trim(text);
  if (start.starts_with('{')) return detect_json(start);
  if (start.starts_with('[')) {
    return Error{
        Errc::kInvalid,
        "this is a JSON list; outages are expected one object a line, feeds as one object"};
  }
  bool binary = is_binary(text);
  if (!binary && !start.starts_with('<') && is_csv(start)) return Kind::kOutagesCsv;
  if (!binary && mail::looks_like_mail(start)) return Kind::kMail;
  if (contains(start, "<") && !(binary && !start.starts_with('<'))) return detect_markup(start);
  if (binary) {
    return Error{Errc::kInvalid, "this is binary data, not a feed and not outage data"};
  }
  if (lower(name).ends_with(".csv")) return Kind::kOutagesCsv;
  return Error{
      Errc::kInvalid,
      "this is text, but neither a feed nor a table whose header names a start and a place"};
}

}  // namespace feeds
