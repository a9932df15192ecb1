#include "feeds/news/urls.h"

#include <algorithm>
#include <array>
#include <vector>

#include "store/model/text.h"

namespace feeds::news {
namespace {

// The five parts of RFC 3986 appendix B. `has_…` tells an empty part from one that is missing.
struct Parts {
  std::string_view scheme;
  std::string_view authority;
  std::string_view path;
  std::string_view query;
  std::string_view fragment;
  bool has_authority = false;
  bool has_query = false;
  bool has_fragment = false;
};

bool is_scheme_char(char c, bool first) {
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (!first && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'));
}

std::string_view scheme_of(std::string_view url) {
  std::size_t pos = 0;
  while (pos < url.size() && is_scheme_char(url[pos], pos == 0)) ++pos;
  return pos > 0 && pos < url.size() && url[pos] == ':' ? url.substr(0, pos) : std::string_view{};
}

Parts split(std::string_view url) {
  Parts parts;
  parts.scheme = scheme_of(url);
  if (!parts.scheme.empty()) url.remove_prefix(parts.scheme.size() + 1);
  if (auto hash = url.find('#'); hash != std::string_view::npos) {
    parts.has_fragment = true;
    parts.fragment = url.substr(hash + 1);
    url = url.substr(0, hash);
  }
  if (auto mark = url.find('?'); mark != std::string_view::npos) {
    parts.has_query = true;
    parts.query = url.substr(mark + 1);
    url = url.substr(0, mark);
  }
  if (url.starts_with("//")) {
    auto end = std::min(url.find('/', 2), url.size());
    parts.has_authority = true;
    parts.authority = url.substr(2, end - 2);
    url.remove_prefix(end);
  }
  parts.path = url;
  return parts;
}

// RFC 3986 section 5.2.4, segment by segment.
std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  bool rooted = path.starts_with('/');
  bool directory = false;
  std::size_t pos = rooted ? 1 : 0;
  while (pos <= path.size()) {
    std::size_t end = std::min(path.find('/', pos), path.size());
    auto segment = path.substr(pos, end - pos);
    directory = segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!directory) kept.push_back(segment);
    pos = end + 1;
  }
  std::string out = rooted ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0) out += '/';
    out += kept[i];
  }
  if (directory && !kept.empty()) out += '/';
  return out;
}

// RFC 3986 section 5.2.3.
std::string merged(const Parts& base, std::string_view path) {
  if (base.has_authority && base.path.empty()) return "/" + std::string(path);
  auto slash = base.path.rfind('/');
  if (slash == std::string_view::npos) return std::string(path);
  return std::string(base.path.substr(0, slash + 1)) + std::string(path);
}

std::string join(const Parts& from, std::string_view path, const Parts& query,
                 const Parts& fragment) {
  std::string out;
  if (!from.scheme.empty()) out.append(from.scheme).append(":");
  if (from.has_authority) out.append("//").append(from.authority);
  out += path;
  if (query.has_query) out.append("?").append(query.query);
  if (fragment.has_fragment) out.append("#").append(fragment.fragment);
  return out;
}

// "http:///host/path", a common slip, means "http://host/path".
std::string without_extra_slashes(std::string_view url) {
  auto scheme = scheme_of(url);
  if (scheme.empty() || scheme == "file") return std::string(url);
  auto rest = url.substr(scheme.size() + 1);
  if (!rest.starts_with("///")) return std::string(url);
  rest.remove_prefix(std::min(rest.find_first_not_of('/'), rest.size()));
  return std::string(scheme) + "://" + std::string(rest);
}

}  // namespace

std::string resolve(std::string_view base_url, std::string_view reference) {
  std::string text = without_extra_slashes(model::trim(reference));
  if (base_url.empty()) return text;
  Parts base = split(base_url);
  Parts r = split(text);
  // What is not hierarchical ("mailto:", "urn:") has nothing to merge with.
  if (!r.scheme.empty() || base.scheme.empty() || (!base.has_authority && base.scheme != "file")) {
    return base.scheme.empty() && r.scheme.empty() && !r.has_authority &&
                   !r.path.starts_with('/') && !text.empty()
               ? without_dots(merged(base, r.path)) +
                     (r.has_query ? "?" + std::string(r.query) : "") +
                     (r.has_fragment ? "#" + std::string(r.fragment) : "")
               : text;
  }
  if (r.has_authority) {
    r.scheme = base.scheme;
    return join(r, r.path, r, r);
  }
  if (r.path.empty()) {
    bool same_page = !r.has_query;
    // An empty reference is the base itself, without its fragment (RFC 3986 section 4.4).
    return join(base, base.path, same_page ? base : r, r);
  }
  std::string path = r.path.starts_with('/') ? std::string(r.path) : merged(base, r.path);
  return join(base, without_dots(path), r, r);
}

bool is_safe(std::string_view url) {
  static constexpr std::array<std::string_view, 33> kSchemes = {
      "http",   "https", "ftp",  "sftp",    "file",  "mailto", "news",   "nntp", "feed",
      "gopher", "irc",   "ircs", "magnet",  "rsync", "rtsp",   "rtspu",  "mms",  "sip",
      "sips",   "ssh",   "svn",  "svn+ssh", "git",   "cvs",    "telnet", "wais", "tel",
      "xmpp",   "urn",   "tag",  "hdl",     "imap",  "skype"};
  auto scheme = scheme_of(model::trim(url));
  if (scheme.empty())
    return url.find(':') == std::string_view::npos || url.find(':') > url.find_first_of("/?#");
  std::string lower(scheme);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return std::find(kSchemes.begin(), kSchemes.end(), lower) != kSchemes.end();
}

std::string resolve_safely(std::string_view base, std::string_view reference) {
  std::string url = resolve(base, reference);
  return is_safe(url) ? url : "";
}

}  // namespace feeds::news
