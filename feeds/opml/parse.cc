#include <algorithm>
#include <iterator>
#include <map>
#include <pugixml.hpp>
#include <string>

#include "feeds/news/charset.h"
#include "feeds/news/dates.h"
#include "feeds/news/mend.h"
#include "feeds/news/names.h"
#include "feeds/news/repair.h"
#include "feeds/opml/opml.h"
#include "store/model/text.h"

namespace feeds::opml {
namespace {

// Longer lists exist only to exhaust their readers.
constexpr std::size_t kMostSubscriptions = 100'000;
constexpr std::size_t kMostGroups = 32;      // nested
constexpr std::size_t kMostCategories = 64;  // of one feed

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

std::string name_of(const pugi::xml_node& node) { return lower(news::local_name(node.name())); }

// By local name in any case, trimmed.
std::string attribute(const pugi::xml_node& node, std::string_view wanted) {
  for (const auto& one : node.attributes()) {
    if (lower(news::local_name(one.name())) == wanted) {
      return std::string(model::trim(one.value()));
    }
  }
  return "";
}

std::string first_of(std::string one, std::string other) {
  return one.empty() ? std::move(other) : std::move(one);
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) {
  for (const auto& child : node.children()) {
    if (name_of(child) == name) return child;
  }
  return {};
}

std::string text_of(const pugi::xml_node& node, std::string_view name) {
  return std::string(model::trim(child_of(node, name).child_value()));
}

pugi::xml_node ancestor_of(pugi::xml_node node, std::initializer_list<std::string_view> names) {
  for (node = node.parent(); node; node = node.parent()) {
    if (std::find(names.begin(), names.end(), name_of(node)) != names.end()) return node;
  }
  return {};
}

// The next node in the order of the document, without recursion.
pugi::xml_node next_of(pugi::xml_node node, const pugi::xml_node& root) {
  if (node.first_child()) return node.first_child();
  while (node && node != root && !node.next_sibling()) node = node.parent();
  return !node || node == root ? pugi::xml_node() : node.next_sibling();
}

// "root1, root2/node2": OPML 2.0, "category".
void add_categories(std::string_view text, std::vector<std::vector<std::string>>& out) {
  while (!text.empty() && out.size() < kMostCategories) {
    auto one = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    std::vector<std::string> path;
    while (!one.empty()) {
      auto part = one.substr(0, one.find('/'));
      one.remove_prefix(std::min(one.size(), part.size() + 1));
      if (!model::trim(part).empty()) path.emplace_back(model::trim(part));
    }
    if (!path.empty()) out.push_back(std::move(path));
  }
}

class Reader {
 public:
  explicit Reader(List& list) : list_(list) {}

  void opml(const pugi::xml_node& root) {
    auto version = attribute(root, "version");
    list_.version = version.starts_with("1")   ? "opml1"
                    : version.starts_with("2") ? "opml2"
                                               : "opml";
    auto head = child_of(root, "head");
    list_.title = text_of(head, "title");
    list_.created = text_of(head, "datecreated");
    list_.modified = text_of(head, "datemodified");
    for (const auto* date : {&list_.created, &list_.modified}) {
      if (date->empty() || news::parse_date(*date)) continue;
      list_.bozo = true;
      list_.warnings.push_back({"head", "“" + model::truncate(*date, 80) + "” is no date"});
    }
    list_.owner_name = text_of(head, "ownername");
    list_.owner_email = text_of(head, "owneremail");
    list_.owner_url = text_of(head, "ownerid");
    for (auto node = root; node; node = next_of(node, root)) {
      if (name_of(node) == "outline") outline(node);
    }
  }

  // FOAF: an agent's weblogs, the groups it is a member of, and the people it knows.
  void rdf(const pugi::xml_node& root) {
    list_.version = "rdf";
    for (auto node = root; node; node = next_of(node, root)) {
      auto name = name_of(node);
      if (name == "channel" || name == "feed") rdf_feed(node);
      if (name == "seealso" && name_of(node.parent()) == "person") {
        add(list_.lists, {attribute(node, "resource"), text_of(node.parent(), "name"), "", {}});
      }
    }
  }

 private:
  void outline(const pugi::xml_node& node) {
    Subscription one;
    one.title = first_of(attribute(node, "text"), attribute(node, "title"));
    one.url = attribute(node, "xmlurl");
    one.home = attribute(node, "htmlurl");
    auto type = lower(attribute(node, "type"));
    bool list = type == "source" || type == "include" || type == "link";
    if (list) {
      one.url = first_of(one.url, attribute(node, "url"));
      add(list_.lists, std::move(one));
    } else if (!one.url.empty()) {
      groups_of(node, one);
      add_categories(attribute(node, "category"), one.categories);
      add_feed(std::move(one));
    } else if (!one.home.empty()) {
      one.url = one.home;
      add(list_.opportunities, std::move(one));
    }
  }

  // The outlines around it, outermost first.
  static void groups_of(const pugi::xml_node& node, Subscription& one) {
    std::vector<std::string> path;
    for (auto at = node.parent(); at && path.size() < kMostGroups; at = at.parent()) {
      if (name_of(at) != "outline") break;
      auto name = first_of(attribute(at, "text"), attribute(at, "title"));
      if (!name.empty()) path.push_back(std::move(name));
    }
    std::reverse(path.begin(), path.end());
    if (!path.empty()) one.categories.push_back(std::move(path));
  }

  void rdf_feed(const pugi::xml_node& node) {
    Subscription one;
    one.url = first_of(attribute(node, "about"), attribute(node, "resource"));
    auto agent = ancestor_of(node, {"agent", "person"});
    one.title = text_of(agent, "name");
    one.home = attribute(ancestor_of(node, {"document"}), "about");
    auto group = text_of(ancestor_of(node, {"group"}), "name");
    if (!group.empty()) one.categories.push_back({group});
    if (!one.url.empty()) {
      add_feed(std::move(one));
    } else if (!one.home.empty()) {
      one.url = one.home;
      add(list_.opportunities, std::move(one));
    }
  }

  void add(std::vector<Subscription>& to, Subscription one) {
    if (!one.url.empty() && to.size() < kMostSubscriptions) to.push_back(std::move(one));
  }

  // One that is listed again only brings its groups.
  void add_feed(Subscription one) {
    auto [known, fresh] = by_url_.try_emplace(one.url, list_.feeds.size());
    if (fresh) {
      if (list_.feeds.size() >= kMostSubscriptions) return;
      add(list_.feeds, std::move(one));
      return;
    }
    if (known->second >= list_.feeds.size()) return;
    auto& kept = list_.feeds[known->second].categories;
    for (auto& path : one.categories) {
      bool there = std::find(kept.begin(), kept.end(), path) != kept.end();
      if (!there && kept.size() < kMostCategories) kept.push_back(std::move(path));
    }
  }

  List& list_;
  std::map<std::string, std::size_t> by_url_;
};

pugi::xml_node root_of(const pugi::xml_document& xml) {
  for (const auto& node : xml.children()) {
    if (node.type() == pugi::node_element) return node;
  }
  return {};
}

}  // namespace

List parse(std::string_view bytes) {
  List list;
  auto text = news::repair(news::decode(bytes, "").text).text;
  pugi::xml_document xml;
  auto load = [&] {
    text += '\n';
    return xml.load_buffer_inplace(text.data(), text.size(), pugi::parse_default,
                                   pugi::encoding_utf8);
  };
  if (auto result = load(); !result && result.status != pugi::status_no_document_element) {
    list.warnings.push_back({"byte " + std::to_string(result.offset),
                             std::string("the XML is broken here: ") + result.description() +
                                 "; what can be read is read"});
    auto mended = news::mend(news::repair(news::decode(bytes, "").text).text);
    std::move(mended.warnings.begin(), mended.warnings.end(), std::back_inserter(list.warnings));
    text = std::move(mended.text);
    load();
  }
  auto root = root_of(xml);
  if (name_of(root) == "opml") Reader(list).opml(root);
  if (name_of(root) == "rdf") Reader(list).rdf(root);
  return list;
}

bool is_list(std::string_view bytes) {
  // The root stands near the beginning; a FOAF list shows in the namespaces of its root.
  constexpr std::size_t kReach = 8192;
  std::string head = lower(bytes.substr(0, kReach));
  if (head.find("<opml") != std::string::npos) return true;
  auto rdf = head.find("<rdf:rdf");
  return rdf != std::string::npos && head.find("xmlns.com/foaf", rdf) != std::string::npos &&
         head.find("<item", rdf) == std::string::npos;
}

}  // namespace feeds::opml
