#include <algorithm>
#include <initializer_list>
#include <optional>
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

class Names {
 public:
  explicit Names(std::vector<std::string> names) : names_(std::move(names)) {}
  bool has(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }
  bool any(std::initializer_list<std::string_view> names) const {
    return std::any_of(names.begin(), names.end(), [this](auto name) { return has(name); });
  }

 private:
  std::vector<std::string> names_;
};

// What measured systems answer, by what only their answers have.
std::optional<Kind> detect_measurements(std::string_view text, const Names& names) {
  auto head = text.substr(0, 400);
  bool stream = contains(head, "\"ris_") || contains(head, "\"faultline_gap\"");
  if (stream && names.has("type")) return Kind::kRisLive;
  bool radar_lists = names.any({"annotations", "trafficAnomalies", "traffic_anomalies"});
  bool radar_answer = names.has("success") && names.any({"result", "errors"});
  if (radar_lists || radar_answer) return Kind::kRadar;
  bool ripestat = names.any({"data_call_name", "data_call_status"}) ||
                  (names.has("query_id") && names.has("data"));
  if (ripestat) return Kind::kRipestat;
  if (names.has("incidents") || (names.has("incident") && names.has("event_type"))) {
    return Kind::kOoni;
  }
  bool counts = names.any({"anomaly_count", "measurement_count", "dimension_count"});
  bool measured = names.has("results") && contains(text, "\"probe_cc\"");
  if ((names.has("result") && counts) || measured) return Kind::kOoni;
  if (names.has("result") && contains(text, "\"anomaly_count\"")) return Kind::kOoni;
  bool shutdown = names.any({"shutdown_type", "shutdown_extent", "geo_scope"});
  if (shutdown && names.has("start_date")) return Kind::kStop;
  bool ioda = names.has("data") && names.any({"requestParameters", "metadata", "copyright"});
  std::string_view small = text.substr(0, 200);
  bool typed = contains(small, "\"outages.") || contains(small, "\"entities.lookup\"");
  if (ioda || (typed && names.has("data"))) return Kind::kIoda;
  return std::nullopt;
}

model::Result<Kind> detect_json(std::string_view text) {
  Names names(member_names(text));
  if (contains(text, "jsonfeed.org/version/") || contains(text, "jsonfeed.org\\/version\\/")) {
    return Kind::kNews;
  }
  if (names.has("items") && names.any({"feed_url", "home_page_url", "title"})) return Kind::kNews;
  if (auto kind = detect_measurements(text, names)) return *kind;
  if (names.has("scope") && names.any({"start", "values"})) return Kind::kOutagesJsonl;
  bool said = names.any({"title", "text", "content_text", "content_html"});
  bool told = names.any({"published", "date_published", "url", "text"});
  if (said && told && names.any({"id", "url"}) && !names.has("items")) return Kind::kItems;
  return Error{Errc::kInvalid,
               "this is JSON, but neither a JSON Feed nor outages as Faultline, IODA, Cloudflare "
               "Radar, RIPEstat, RIS Live, OONI or Access Now write them; what is laid out in a "
               "way of its own is read with --mapping"};
}

// Series of Radar's that a person saved are a list of objects.
model::Result<Kind> detect_list(std::string_view text) {
  if (contains(text, "\"timestamps\"") && contains(text, "\"values\"")) return Kind::kRadar;
  return Error{Errc::kInvalid,
               "this is a JSON list; outages are expected one object a line, feeds as one object, "
               "and other lists with --mapping"};
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

// Access Now's sheets, whose headers differ from year to year in blanks and capitals.
bool is_stop(std::string_view text) {
  std::string header = lower(text.substr(0, text.find('\n')));
  bool dated = contains(header, "start_date") || contains(header, "start date");
  return dated && contains(header, "country") &&
         (contains(header, "shutdown") || contains(header, "geo_scope") ||
          contains(header, "geo scope") || contains(header, "news_link"));
}

bool is_csv(std::string_view text) {
  std::string header = lower(text.substr(0, text.find('\n')));
  bool scope = contains(header, "country") || contains(header, "asn") ||
               contains(header, "prefix") || contains(header, "region");
  bool table = contains(header, ",") || contains(header, ";") || contains(header, "\t");
  return table && contains(header, "start") && scope;
}

}  // namespace

model::Result<Kind> detect(std::string_view bytes, std::string_view name) {
  if (model::trim(bytes).empty()) return Error{Errc::kInvalid, "the document is empty"};
  std::string text = news::decode(bytes.substr(0, kReach), "").text;
  auto start = model::trim(text);
  if (start.starts_with('{')) return detect_json(start);
  if (start.starts_with('[')) return detect_list(start);
  bool binary = is_binary(text);
  if (!binary && !start.starts_with('<') && is_csv(start)) {
    return is_stop(start) ? Kind::kStop : Kind::kOutagesCsv;
  }
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
