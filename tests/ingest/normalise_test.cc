#include "ingest/normalise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using feeds::news::Document;
using feeds::news::Item;
using model::IdentityKind;
using testing::ElementsAre;
using testing::IsEmpty;

const model::Instant kNow{model::Seconds(1419300000)};
const ingest::Origin kOrigin{"feed.xml", "sha", "", kNow};

feeds::news::Text html(const std::string& value) { return {value, "text/html", "", "", {}}; }
feeds::news::Text plain(const std::string& value) { return {value, "text/plain", "", "", {}}; }

Item item(const std::string& id, const std::string& title, const std::string& link = "") {
  Item out;
  out.id = id;
  out.title = plain(title);
  out.link = link;
  return out;
}

ingest::News of(std::vector<Item> items) {
  Document document;
  document.entries = std::move(items);
  return normalise(document, kOrigin);
}

std::vector<std::string> identities(const ingest::News& news) {
  std::vector<std::string> out;
  for (const auto& i : news.items) out.push_back(i.entry.identity);
  return out;
}

struct SourceRow {
  const char* name;
  const char* self;
  const char* id;
  const char* url;
};

const SourceRow kSources[] = {
    {"SelfLink", "HTTP://A.B:80/feed#x", "urn:1", "http://a.b/feed"},
    {"AtomId", "", "urn:1", "urn:1"},
    {"RelativeSelfLinkNamesNothing", "feed.xml", "", "feed.xml"},
    {"RelativeSelfLinkAndId", "feed.xml", "tag:a.b,2014:f", "tag:a.b,2014:f"},
    {"Name", "", "", "feed.xml"},
};

class SourceOfFeed : public testing::TestWithParam<SourceRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, SourceOfFeed, testing::ValuesIn(kSources),
                         [](const auto& row) { return row.param.name; });
TEST_P(SourceOfFeed, IsKnownBy) {
  Document document;
  document.id = GetParam().id;
  if (*GetParam().self != '\0') document.links = {{GetParam().self, "self", "", "", "", ""}};
  EXPECT_EQ(normalise(document, kOrigin).source.url, GetParam().url);
}

TEST(Normalise, TheSourceSaysWhatTheFeedSaysOfItself) {
  Document document;
  document.title = html("The <b>Wire</b>");
  document.link = "https://a.b/";
  document.language = "en_us";
  auto source = normalise(document, kOrigin).source;
  EXPECT_EQ(source.title, "The Wire");
  EXPECT_EQ(source.home, "https://a.b/");
  EXPECT_EQ(source.language, "en-US");
  EXPECT_EQ(source.kind, model::SourceKind::kNews);
  EXPECT_EQ(source.added_at, kNow);
}

TEST(Normalise, CommentFeedsAreKnownByTheirTitle) {
  Document document;
  document.title = plain("Comments on: The hack");
  document.link = "https://a.b/the-hack/?utm_source=feed";
  document.entries = {item("c1", "By: Ann"), item("c2", "By: Bob")};
  document.entries[1].in_reply_to = std::string("c1");
  auto news = normalise(document, kOrigin);
  EXPECT_EQ(news.source.kind, model::SourceKind::kComments);
  EXPECT_EQ(news.items[0].revision.in_reply_to, "https://a.b/the-hack/");
  EXPECT_EQ(news.items[1].revision.in_reply_to, "c1");
}

TEST(Normalise, IdentityIsTheGuidElseTheLinkElseTheText) {
  auto news = of({item("g", "one", "https://a.b/1"), item("", "two", "https://a.b/2?utm_source=x"),
                  item("", "three")});
  EXPECT_EQ(news.items[0].entry.identity_kind, IdentityKind::kGuid);
  EXPECT_EQ(news.items[1].entry.identity_kind, IdentityKind::kLink);
  EXPECT_EQ(news.items[1].entry.identity, "https://a.b/2");
  EXPECT_EQ(news.items[2].entry.identity_kind, IdentityKind::kContent);
}

TEST(Normalise, TheDateIsNoPartOfTheIdentity) {
  auto one = item("", "three"), two = one;
  two.published.time = model::Timestamp{kNow, model::Precision::kSecond, "Z"};
  EXPECT_EQ(identities(of({one})), identities(of({two})));
}

TEST(Normalise, RepeatedGuidsAreToldApartByLinkThenNumber) {
  auto news = of({item("g", "one", "https://a.b/1"), item("g", "two", "https://a.b/2"),
                  item("g", "three", "https://a.b/2"), item("g", "four"),
                  item("g", "one", "https://a.b/1")});
  EXPECT_THAT(identities(news), ElementsAre("g", "g|https://a.b/2", "g|2", "g|3", "g"));
  EXPECT_EQ(news.items[0].entry.id, news.items[4].entry.id) << "the same text is the same entry";
}

TEST(Normalise, ALinkThatSeveralItemsShareIdentifiesNone) {
  auto news = of({item("", "one", "https://a.b/"), item("", "two", "https://a.b/")});
  EXPECT_EQ(news.items[0].entry.identity_kind, IdentityKind::kContent);
  EXPECT_NE(news.items[0].entry.id, news.items[1].entry.id);
}

TEST(Normalise, HttpAndHttpsAreOneEntry) {
  auto ids = [](const char* guid, const char* link) {
    return identities(of({item(guid, "one", link)}));
  };
  EXPECT_EQ(ids("http://a.b/?p=7", ""), ids("https://a.b/?p=7", ""));
  EXPECT_EQ(ids("", "http://a.b/7"), ids("", "https://a.b/7"));
  EXPECT_NE(ids("http://a.b/?p=7", ""), ids("http://a.b/?p=8", ""));
  // Two texts in one document are two entries, whatever their guids say.
  auto both = of({item("http://a.b/7", "one"), item("https://a.b/7", "two")});
  EXPECT_NE(both.items[0].entry.id, both.items[1].entry.id);
}

TEST(Normalise, FormsOfALinkAreOneEntry) {
  auto ids = [](const char* link) { return identities(of({item("", link, link)})); };
  auto article = ids("https://www.a.b/2014/12/the-hack/");
  EXPECT_EQ(ids("https://m.a.b/2014/12/the-hack"), article);
  EXPECT_EQ(ids("https://www.a.b/2014/12/the-hack/amp/?utm_source=x"), article);
  EXPECT_EQ(ids("https://www-a-b.cdn.ampproject.org/c/s/www.a.b/2014/12/the-hack/"), article);
  EXPECT_NE(ids("https://www.a.b/2014/12/the-hack-2/"), article);
  // Two of them in one document are two items, whatever their addresses say.
  auto both = of({item("", "one", "https://a.b/7"), item("", "two", "https://m.a.b/7")});
  EXPECT_EQ(both.items[0].entry.identity_kind, IdentityKind::kContent);
  EXPECT_NE(both.items[0].entry.id, both.items[1].entry.id);
}

TEST(Normalise, TheBodyIsTheFullestContentElseTheSummary) {
  auto full = item("a", "t"), brief = item("b", "t");
  full.summary = html("<p>short</p>");
  full.content = {plain("x"), html("<p>one</p><p>two</p>")};
  brief.summary = plain("just a < summary");
  auto news = of({full, brief});
  EXPECT_EQ(news.items[0].revision.body, "one\n\ntwo");
  EXPECT_EQ(news.items[0].revision.html, "<p>one</p><p>two</p>");
  EXPECT_EQ(news.items[1].revision.body, "just a < summary");
  EXPECT_EQ(news.items[1].revision.html, "");
}

TEST(Normalise, PeopleTagsAndPublishers) {
  auto i = item("a", "t");
  i.authors = {{"", "ann@a.b", ""}, {" Bob  Ray ", "", ""}};
  i.tags = {{"term", "", "Label"}, {"term", "", ""}, {"Label", "", ""}, {" ", "", ""}};
  i.source_title = std::string("The Gazette");
  auto own = item("b", "t");
  own.publisher = "The Wire";
  Document document;
  document.title = plain("The Wire");
  document.authors = {{"Desk", "", ""}};
  document.entries = {i, own};
  auto news = normalise(document, kOrigin);
  EXPECT_THAT(news.items[0].revision.authors, ElementsAre("ann@a.b", "Bob Ray"));
  EXPECT_THAT(news.items[0].revision.tags, ElementsAre("Label", "term"));
  EXPECT_EQ(news.items[0].revision.publisher, "The Gazette");
  EXPECT_THAT(news.items[1].revision.authors, ElementsAre("Desk")) << "RFC 4287 section 4.2.1";
  EXPECT_EQ(news.items[1].revision.publisher, "") << "the feed itself";
}

TEST(Normalise, TimesPlacesAndClocks) {
  auto i = item("https://a.b/1", "t");
  i.guid_is_link = true;
  i.place = "entries[0]";
  i.created.edit().time = model::Timestamp{kNow, model::Precision::kDay, "+09:00"};
  auto news = of({i});
  const auto& r = news.items.at(0).revision;
  EXPECT_EQ(r.url, "https://a.b/1");
  EXPECT_EQ(r.published, i.created->time);
  EXPECT_EQ(r.updated, std::nullopt);
  EXPECT_EQ(r.seen_at, kNow);
  EXPECT_EQ(r.document_id, "sha");
  EXPECT_EQ(r.place, "entries[0]");
  EXPECT_EQ(r.content_hash, model::revision_hash(r));
  EXPECT_EQ(r.entry_id, news.items[0].entry.id);
}

TEST(Normalise, AnEmptyItemIsLeftOutWithAWarning) {
  auto news = of({item("g", "")});
  EXPECT_THAT(news.items, IsEmpty());
  EXPECT_EQ(news.warnings.size(), 1U);
}

// A site's comment feed, in any language: each comment leads to its post, and so to its entry.
TEST(Normalise, CommentsAreTiedToTheirPosts) {
  feeds::news::Document document;
  document.title.value = "Kommentare zu: Ein Blog";
  for (const char* link :
       {"https://a.b/one/?utm_source=feed#comment-7", "https://a.b/two/#comment-8"}) {
    auto& item = document.entries.emplace_back();
    item.id = link;
    item.link = link;
    item.title.value = "Von: Kim";
  }
  auto news = ingest::normalise(document, {"comments.xml", "doc", "", {}});
  EXPECT_EQ(news.source.kind, model::SourceKind::kComments);
  ASSERT_EQ(news.items.size(), 2U);
  EXPECT_EQ(news.items[0].revision.in_reply_to, "https://a.b/one/");
  EXPECT_EQ(news.items[1].revision.in_reply_to, "https://a.b/two/");
  document.entries[1].link = "https://a.b/three/";
  EXPECT_EQ(ingest::normalise(document, {"n", "doc", "", {}}).source.kind,
            model::SourceKind::kNews);
}

}  // namespace
