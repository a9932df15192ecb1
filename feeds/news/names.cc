#include "feeds/news/names.h"

#include <array>
#include <unordered_map>

namespace feeds::news {
namespace {

// Attributes of one element that are searched for declarations. More of them are an attack: with
// this many elements inside, each lookup would read them all.
constexpr int kMostAttributes = 256;
// Ancestors that are searched. Feeds are five deep.
constexpr int kMostAncestors = 64;

void append_lower(std::string& out, std::string_view text) {
  for (char c : text) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

std::string lower(std::string_view text) {
  std::string out;
  append_lower(out, text);
  return out;
}

// Namespace in lower case → module. The formats themselves are the module without a name.
const std::unordered_map<std::string_view, std::string_view>& modules() {
  static const std::unordered_map<std::string_view, std::string_view> kModules = {
      {"http://www.w3.org/2005/atom", ""},
      {"https://www.w3.org/2005/atom", ""},
      {"http://purl.org/atom/ns#", ""},
      {"http://purl.org/rss/1.0/", ""},
      {"http://my.netscape.com/rdf/simple/0.9/", ""},
      {"http://channel.netscape.com/rdf/simple/0.9/", ""},
      {"http://backend.userland.com/rss", ""},
      {"http://backend.userland.com/rss2", ""},
      {"http://backend.userland.com/rss091", ""},
      {"http://backend.userland.com/rss092", ""},
      {"http://blogs.law.harvard.edu/tech/rss", ""},
      {"http://cyber.law.harvard.edu/rss", ""},
      {"http://purl.org/rss/1.0/modules/rss091#", ""},
      {"http://purl.org/echo/", ""},
      {"http://purl.org/pie/", ""},
      {"http://example.com/newformat#", ""},
      {"http://example.com/necho", ""},
      {"uri/of/echo/namespace#", ""},
      {"http://webns.net/mvcb/", "admin"},
      {"http://web.resource.org/cc/", "cc"},
      {"http://creativecommons.org/ns#license", "cc"},
      {"http://backend.userland.com/creativecommonsrssmodule", "creativecommons"},
      {"http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", "creativecommons"},
      {"http://purl.org/rss/1.0/modules/content/", "content"},
      {"http://purl.org/dc/elements/1.1/", "dc"},
      {"http://purl.org/dc/elements/1.0/", "dc"},
      {"http://purl.org/dc/terms/", "dcterms"},
      {"http://rssnamespace.org/feedburner/ext/1.0", "feedburner"},
      {"http://www.w3.org/2003/01/geo/wgs84_pos#", "geo"},
      {"http://www.georss.org/georss", "georss"},
      {"http://www.opengis.net/gml", "gml"},
      {"http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"},
      {"http://example.com/dtds/podcast-1.0.dtd", "itunes"},
      {"http://search.yahoo.com/mrss", "media"},
      {"http://search.yahoo.com/mrss/", "media"},
      {"http://prismstandard.org/namespaces/1.2/basic/", "prism"},
      {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"},
      {"http://purl.org/rss/1.0/modules/slash/", "slash"},
      {"http://purl.org/rss/1.0/modules/syndication/", "sy"},
      {"http://purl.org/syndication/thread/1.0", "thr"},
      {"http://purl.org/rss/1.0/modules/threading/", "thr"},
      {"http://madskills.com/public/xml/rss/module/trackback/", "trackback"},
      {"http://wellformedweb.org/commentapi/", "wfw"},
      {"http://www.w3.org/1999/xhtml", "xhtml"},
      {"http://www.w3.org/1999/xlink", "xlink"},
      {"http://www.w3.org/xml/1998/namespace", "xml"},
      {"http://podlove.org/simple-chapters", "psc"},
  };
  return kModules;
}

// Module of a namespace; nothing for one that we do not know. A document names a handful of
// namespaces thousands of times, and always in the same spelling.
const std::string_view* module_of_namespace(std::string_view uri) {
  struct Seen {
    std::string uri;
    const std::string_view* module = nullptr;
  };
  thread_local std::array<Seen, 8> recent;
  thread_local std::size_t oldest = 0;
  for (const auto& seen : recent) {
    if (seen.uri == uri) return seen.module;
  }
  auto found = modules().find(lower(uri));
  Seen& slot = recent[oldest++ % recent.size()];
  slot = {std::string(uri), found != modules().end() ? &found->second : nullptr};
  return slot.module;
}

// Module of `prefix` where `element` stands.
std::string module_of(const pugi::xml_node& element, std::string_view prefix, bool& undeclared) {
  if (prefix == "xml") return "xml";
  std::string_view uri = namespace_of(element, prefix);
  if (uri.empty()) {
    undeclared = !prefix.empty();
    // Nobody declares "atom" but to mean Atom.
    return prefix == "atom" || prefix == "rss" ? "" : lower(prefix);
  }
  const auto* module = module_of_namespace(uri);
  return module != nullptr ? std::string(*module) : lower(prefix);
}

// Whether the element has a namespace declaration of its own.
bool declares(const pugi::xml_node& element) {
  int seen = 0;
  for (pugi::xml_attribute a = element.first_attribute(); a; a = a.next_attribute()) {
    if (++seen > kMostAttributes || std::string_view(a.name()).starts_with("xmlns")) return true;
  }
  return false;
}

}  // namespace

std::string_view namespace_of(const pugi::xml_node& element, std::string_view prefix) {
  int levels = 0;
  for (pugi::xml_node node = element; node && levels < kMostAncestors;
       node = node.parent(), ++levels) {
    int seen = 0;
    for (pugi::xml_attribute a = node.first_attribute(); a && seen < kMostAttributes;
         a = a.next_attribute(), ++seen) {
      std::string_view name = a.name();
      if (!name.starts_with("xmlns")) continue;
      name.remove_prefix(5);
      if (name.empty() ? prefix.empty() : name[0] == ':' && name.substr(1) == prefix) {
        return a.value();
      }
    }
  }
  return {};
}

std::string_view local_name(std::string_view name) {
  auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

Name name_of(const pugi::xml_node& element) {
  std::string_view name = element.name();
  auto colon = name.find(':');
  std::string_view prefix = colon == std::string_view::npos ? "" : name.substr(0, colon);
  Name out;
  out.key = module_of(element, prefix, out.undeclared);
  if (!out.key.empty()) out.key += '_';
  append_lower(out.key, colon == std::string_view::npos ? name : name.substr(colon + 1));
  return out;
}

Name Names::of(const pugi::xml_node& element) {
  if (!is_plain(element.parent()) || declares(element)) return name_of(element);
  std::string_view written = element.name();
  if (auto known = known_.find(written); known != known_.end()) return known->second;
  // Names that an attacker makes up are not worth keeping.
  constexpr std::size_t kMost = 256;
  Name name = name_of(element);
  if (known_.size() < kMost) known_.emplace(written, name);
  return name;
}

bool Names::is_plain(const pugi::xml_node& parent) {
  if (parent.internal_object() == parent_) return plain_;
  parent_ = parent.internal_object();
  plain_ = true;
  int levels = 0;
  for (pugi::xml_node node = parent; node && plain_; ++levels) {
    pugi::xml_node above = node.parent();
    bool root = above.type() == pugi::node_document;
    plain_ = root || (levels < kMostAncestors && above && !declares(node));
    if (root) return plain_;
    node = above;
  }
  return plain_;
}

std::string attribute_key(const pugi::xml_node& element, std::string_view name) {
  auto colon = name.find(':');
  if (colon == std::string_view::npos) return lower(name);
  bool undeclared = false;
  std::string key = module_of(element, name.substr(0, colon), undeclared);
  if (!key.empty()) key += ':';
  append_lower(key, name.substr(colon + 1));
  return key;
}

}  // namespace feeds::news
