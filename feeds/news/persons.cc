#include <string>

#include "feeds/news/urls.h"
#include "feeds/news/vocabulary.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_local(char c) { return is_alnum(c) || std::string_view("_.+-").find(c) < 4; }
bool is_domain(char c) { return is_alnum(c) || c == '.' || c == '-'; }

// The address in `text`, with "?subject=…" behind it; empty when there is none.
std::string_view email_in(std::string_view text) {
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_local(text[begin - 1])) --begin;
    std::size_t end = at + 1;
    while (end < text.size() && is_domain(text[end])) ++end;
    while (end > at + 1 && !is_alnum(text[end - 1])) --end;
    auto domain = text.substr(at + 1, end - at - 1);
    auto dot = domain.rfind('.');
    if (begin == at || dot == std::string_view::npos || dot == 0 || domain.size() - dot < 3)
      continue;
    if (text.substr(end).starts_with("?subject=")) {
      end = std::min(text.find_first_of(" \t\r\n", end), text.size());
    }
    return text.substr(begin, end - begin);
  }
  return {};
}

void drop(std::string& text, std::string_view what) {
  for (std::size_t pos; (pos = text.find(what)) != std::string::npos;) text.erase(pos, what.size());
}

// A person construct (RFC 4287 section 3.2).
Person read_construct(const Context& context, const Element& element) {
  Person person;
  for (const pugi::xml_node& child : element.node().children()) {
    if (child.type() != pugi::node_element) continue;
    Element part(child);
    const std::string& key = part.key();
    if (key == "name" || key == "itunes_name" || key == "foaf_name") {
      person.name = part.text();
    } else if (key == "email" || key == "itunes_email") {
      person.email = part.text();
    } else if (key == "uri" || key == "url" || key == "homepage") {
      Scope scope = context.scope;
      enter(element.node(), scope);
      enter(child, scope);
      person.href = resolve(scope.base, part.text());
    }
  }
  return person;
}

bool empty(const Person& person) {
  return person.name.empty() && person.email.empty() && person.href.empty();
}

Person read_person(const Context& context, const Element& element) {
  Person person = read_construct(context, element);
  return empty(person) ? person_of(element.text()) : person;
}

}  // namespace

Person person_of(std::string_view text) {
  Person person;
  text = model::trim(text);
  person.email = email_in(text);
  person.name = text;
  if (person.email.empty()) return person;
  person.name.erase(text.find(person.email), person.email.size());
  drop(person.name, "()");
  drop(person.name, "<>");
  drop(person.name, "&lt;&gt;");
  auto name = model::trim(person.name);
  if (name.starts_with('(')) name.remove_prefix(1);
  if (name.ends_with(')')) name.remove_suffix(1);
  person.name = std::string(model::trim(name));
  return person;
}

std::string to_string(const Person& person) {
  if (person.email.empty()) return person.name;
  return person.name.empty() ? person.email : person.name + " (" + person.email + ")";
}

void read_author(Context& context, const Element& element) {
  Person person = read_person(context, element);
  if (empty(person)) return;
  std::string written = element.has_elements() ? "" : element.text();
  context.record.author = written.empty() ? to_string(person) : written;
  context.record.authors.push_back(std::move(person));
}

void read_contributor(Context& context, const Element& element) {
  Person person = read_construct(context, element);
  if (empty(person)) person.name = element.text();
  if (!empty(person)) context.record.contributors.push_back(std::move(person));
}

void read_publisher(Context& context, const Element& element) {
  Person person = read_person(context, element);
  if (empty(person)) return;
  std::string written = element.has_elements() ? "" : element.text();
  context.record.publisher = written.empty() ? to_string(person) : written;
  context.record.publisher_detail = std::move(person);
}

}  // namespace feeds::news
