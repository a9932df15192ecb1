#include "ingest/normalise.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "ingest/canonical_url.h"
#include "ingest/language.h"
#include "store/model/hash.h"
#include "store/model/link_key.h"
#include "store/model/text.h"

namespace ingest {
namespace {

using feeds::news::Document;
using feeds::news::Item;
using feeds::news::Text;
using model::IdentityKind;

bool is_absolute(std::string_view url) {
  auto text = model::fold(url.substr(0, 8));
  return text.starts_with("http://") || text.starts_with("https://");
}

std::string self_link(const Document& document) {
  for (const auto& link : document.links) {
    if (link.rel == "self" && is_absolute(link.href)) return canonical_url(link.href);
  }
  return "";
}

std::string plain_title(const Text& title) {
  return model::squeeze(feeds::news::plain_text(title));
}

// "Comments on: A post", as WordPress names the feed of one post's comments.
bool comments_on_one(const std::string& title) { return title.starts_with("Comments on"); }

// The address of a comment below a post, as WordPress and others write it.
bool leads_to_comment(const Item& item) { return item.link.find("#comment") != std::string::npos; }

model::SourceKind kind_of(const Document& document, const std::string& title,
                          const std::string& url) {
  bool all = !document.entries.empty() &&
             std::all_of(document.entries.begin(), document.entries.end(), leads_to_comment);
  bool comments = all || comments_on_one(title) || title.starts_with("Comments for ") ||
                  url.find("/comments/feed") != std::string::npos ||
                  url.find("/comments/default") != std::string::npos;
  return comments ? model::SourceKind::kComments : model::SourceKind::kNews;
}

model::Source source_of(const Document& document, const Origin& origin) {
  model::Source source;
  source.url = self_link(document);
  if (source.url.empty()) source.url = document.id;
  if (source.url.empty()) source.url = origin.name;
  source.id = model::make_id("src", model::as_https(source.url));
  source.title = plain_title(document.title);
  source.kind = kind_of(document, source.title, source.url);
  source.home = document.link;
  source.language = normalise_language(document.language);
  source.added_at = origin.now;
  return source;
}

// The fullest of the contents, or else the summary.
const Text& body_of(const Item& item) {
  const Text* best = &item.summary;
  std::size_t longest = 0;
  for (const auto& content : item.content) {
    if (content.value.size() > longest) {
      best = &content;
      longest = content.value.size();
    }
  }
  return *best;
}

bool is_markup(const Text& text) {
  return text.type.ends_with("html") || text.type.ends_with("xml");
}

std::vector<std::string> authors_of(const Item& item, const Document& document) {
  std::vector<std::string> out;
  // RFC 4287 section 4.2.1: the feed's authors stand for entries that name none.
  for (const auto& person : item.authors.empty() ? document.authors : item.authors) {
    const auto& name = person.name.empty() ? person.email : person.name;
    if (!name.empty()) out.push_back(model::squeeze(name));
  }
  return out;
}

std::vector<std::string> tags_of(const Item& item) {
  std::vector<std::string> out;
  for (const auto& category : item.tags) {
    auto tag = model::squeeze(category.label.empty() ? category.term : category.label);
    if (!tag.empty() && std::find(out.begin(), out.end(), tag) == out.end()) {
      out.push_back(std::move(tag));
    }
  }
  return out;
}

std::string first_of(std::initializer_list<std::string_view> candidates) {
  for (auto candidate : candidates) {
    if (!candidate.empty()) return std::string(candidate);
  }
  return "";
}

std::string publisher_of(const Item& item, const model::Source& source) {
  auto name = model::squeeze(first_of({item.publisher, *item.source_title}));
  return name == source.title ? "" : name;
}

std::string in_reply_to(const Item& item, const Document& document, const model::Source& source) {
  if (!item.in_reply_to->empty()) return *item.in_reply_to;
  bool below_a_post = source.kind == model::SourceKind::kComments && leads_to_comment(item);
  if (below_a_post) return canonical_url(item.link);  // which drops "#comment-7"
  bool on_one = source.kind == model::SourceKind::kComments && comments_on_one(source.title);
  return on_one ? canonical_url(document.link) : "";
}

model::Revision revision_of(const Item& item, const Document& document, const News& news,
                            const Origin& origin) {
  const auto& body = body_of(item);
  model::Revision r;
  r.document_id = origin.document_id;
  r.place = item.place;
  r.title = plain_title(item.title);
  r.body = std::string(model::trim(feeds::news::plain_text(body)));
  r.html = is_markup(body) ? body.value : "";
  r.url = first_of({item.link, item.guid_is_link ? std::string_view(item.id) : ""});
  r.canonical_url = canonical_url(r.url);
  r.language = language_of(
      first_of({item.language, body.language, document.language, origin.language}), r.text());
  r.publisher = publisher_of(item, news.source);
  r.authors = authors_of(item, document);
  r.tags = tags_of(item);
  r.comments_url = first_of({*item.comments, *item.wfw_comment_rss});
  r.in_reply_to = in_reply_to(item, document, news.source);
  r.published = item.published.time ? item.published.time : item.created->time;
  r.updated = item.updated.time;
  // RSS has one date; where it comes as dc:date it reads as an update (Dublin Core leaves open of
  // what it is the date), but it is when the item was published.
  if (!r.published && document.version.starts_with("rss")) r.published = r.updated;
  r.seen_at = origin.now;
  r.content_hash = model::revision_hash(r);
  return r;
}

std::string text_hash(const model::Revision& r) {
  return model::sha256_hex(std::to_string(r.title.size()) + ":" + r.title + r.body);
}

// By what a link identifies an entry of its source: phone, AMP and other forms of an address are
// one.
std::string link_identity(const std::string& canonical) {
  auto key = model::link_key(canonical);
  return key.empty() ? canonical : key;
}

// Gives the items of one document their identities.
class Identities {
 public:
  explicit Identities(const std::vector<Item>& items) {
    for (const auto& item : items) {
      if (item.id.empty()) ++items_of_link_[link_identity(canonical_url(item.link))];
    }
  }

  model::Entry entry_of(const Item& item, const model::Revision& revision) {
    model::Entry entry;
    if (!item.id.empty()) {
      entry.identity_kind = IdentityKind::kGuid;
      entry.identity = told_apart(model::as_https(item.id), revision);
    } else if (auto link = link_identity(revision.canonical_url);
               !link.empty() && items_of_link_[link] == 1) {
      entry.identity_kind = IdentityKind::kLink;
      entry.identity = std::move(link);
    } else {
      entry.identity_kind = IdentityKind::kContent;
      entry.identity = text_hash(revision);
    }
    return entry;
  }

 private:
  // The guid; for another text under a guid that was seen: guid|link, then guid|2, guid|3, …
  std::string told_apart(const std::string& guid, const model::Revision& revision) {
    if (claim(guid, revision)) return guid;
    auto with_link = guid + "|" + model::as_https(revision.canonical_url);
    if (!revision.canonical_url.empty() && claim(with_link, revision)) return with_link;
    int& last = numbers_.try_emplace(guid, 1).first->second;
    std::string numbered;
    do {
      numbered = guid + "|" + std::to_string(++last);
    } while (!claim(numbered, revision));
    return numbered;
  }

  // True when the identity is free, or taken by the very same text.
  bool claim(const std::string& identity, const model::Revision& revision) {
    auto [place, is_new] = taken_.try_emplace(identity, revision.content_hash);
    return is_new || place->second == revision.content_hash;
  }

  std::map<std::string, int> items_of_link_;
  std::map<std::string, std::string> taken_;  // identity → content hash
  std::map<std::string, int> numbers_;        // guid → last number given
};

}  // namespace

struct Normaliser::State {
  State(const Document& read, const Origin& from)
      : document(read), origin(from), identities(read.entries) {
    news.source = source_of(document, origin);
    news.warnings = document.problems;
  }

  const Document& document;
  const Origin& origin;
  News news;  // without its items
  Identities identities;
  std::size_t at = 0;
};

Normaliser::Normaliser(const Document& document, const Origin& origin)
    : state_(std::make_unique<State>(document, origin)) {}
Normaliser::~Normaliser() = default;

const model::Source& Normaliser::source() const { return state_->news.source; }
const std::vector<model::Warning>& Normaliser::warnings() const { return state_->news.warnings; }

std::optional<NewsItem> Normaliser::next() {
  auto& news = state_->news;
  while (state_->at < state_->document.entries.size()) {
    const auto& item = state_->document.entries[state_->at++];
    NewsItem out;
    out.revision = revision_of(item, state_->document, news, state_->origin);
    if (out.revision.title.empty() && out.revision.body.empty() && out.revision.url.empty()) {
      news.warnings.push_back({item.place, "The item has neither title, text nor link; left out."});
      continue;
    }
    out.entry = state_->identities.entry_of(item, out.revision);
    out.entry.source_id = news.source.id;
    out.entry.id = model::make_id("ent", news.source.id + "\n" + out.entry.identity);
    out.entry.first_seen = state_->origin.now;
    out.revision.entry_id = out.entry.id;
    return out;
  }
  return std::nullopt;
}

News normalise(const Document& document, const Origin& origin) {
  Normaliser normaliser(document, origin);
  News news;
  news.source = normaliser.source();
  while (auto item = normaliser.next()) news.items.push_back(std::move(*item));
  news.warnings = normaliser.warnings();
  return news;
}

}  // namespace ingest
