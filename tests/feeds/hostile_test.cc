#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "feeds/news/feed.h"
#include "store/model/text.h"
#include "tests/support/files.h"

// Documents made to break a reader: each ends, and what can be read of it is read.
namespace feeds::news {
namespace {

std::string many(const std::string& piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

std::string rss(const std::string& inside) {
  return "<rss version=\"2.0\"><channel><title>T</title>" + inside + "</channel></rss>";
}

struct Row {
  const char* name;
  std::string document;
  std::size_t entries;
  bool bozo;
  const char* title;  // of the first entry
};

class Hostile : public testing::TestWithParam<Row> {};

TEST_P(Hostile, IsReadAsFarAsItGoes) {
  const Row& row = GetParam();
  Document document = parse(row.document, {});
  EXPECT_EQ(document.entries.size(), row.entries);
  EXPECT_EQ(document.bozo, row.bozo);
  if (row.entries > 0) {
    EXPECT_EQ(plain_text(document.entries[0].title), row.title);
  }
  // Whatever came in, what comes out is UTF-8.
  EXPECT_TRUE(model::is_utf8(to_feedparser_json(document)));
}

const std::string kItem = "<item><title>A</title></item>";
const std::string kBombs = "<!DOCTYPE rss [<!ENTITY a \"" + std::string(60, 'x') +
                           "\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";

INSTANTIATE_TEST_SUITE_P(
    All, Hostile,
    testing::Values(
        Row{"DeepNesting", rss(kItem + many("<a>", 100'000)), 1, true, "A"},
        Row{"DeepInText",
            rss("<item><title>A</title><description>" + many("&lt;b&gt;", 100'000) +
                "</description></item>"),
            1, false, "A"},
        Row{"BillionLaughs", kBombs + rss("<item><title>&c;&c;</title></item>"), 1, true, "&c;&c;"},
        Row{"ExternalEntity",
            "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" +
                rss("<item><title>&e;</title></item>"),
            1, true, "&e;"},
        Row{"NulBytes", rss("<item><title>A" + std::string(1, '\0') + "B</title></item>"), 1, true,
            "AB"},
        Row{"StrayControls", rss("<item><title>A\x01\x08\x1F</title></item>"), 1, true, "A"},
        Row{"ControlsInReferences", rss("<item><title>A&#5uml;&#7;</title></item>"), 1, false,
            "Auml;"},
        Row{"InvalidUtf8",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>" +
                rss("<item><title>A\xC3</title></item>" + many(kItem, 20)),
            21, true, "A\xEF\xBF\xBD"},
        Row{"BareAmpersand", rss("<item><title>Q&A &nbsp;&amp; more</title></item>"), 1, false,
            "Q&A \xC2\xA0& more"},
        Row{"GarbageBefore", "HTTP/1.1 200 OK\r\n\r\n" + rss(kItem), 1, true, "A"},
        Row{"MarkupBefore",
            "<br />\n<b>Warning</b>: x in <b>y.php</b><br />\n<?xml version=\"1.0\"?>" + rss(kItem),
            1, true, "A"},
        Row{"UnknownRoot", "<a><rss2><item><title>A</title></item></rss2></a>", 0, true, ""},
        Row{"ControlOfADtd",
            "<!DOCTYPE rss [<!ENTITY a \"&#5;B\">]>" + rss("<item><title>A&a;</title></item>"), 1,
            false, "AB"},
        Row{"TwiceEncoded",
            rss("<item><title>Zo\xC3\x83\xC2\xAB \xC3\x83\xC2\xA9 "
                "\xC3\xA2\xE2\x82\xAC\xE2\x80\x9C</title></item>"),
            1, true, "Zo\xC3\xAB \xC3\xA9 \xE2\x80\x93"},
        Row{"TwiceEncodedAtTimes",
            rss("<item><title>Zo\xC3\x83\xC2\xAB is Zo\xC3\xAB</title></item>"), 1, false,
            "Zo\xC3\x83\xC2\xAB is Zo\xC3\xAB"},
        Row{"CutOff", "<rss version=\"2.0\"><channel>" + kItem + "<item><title>B", 2, true, "A"},
        Row{"ManyAttributes", rss("<item" + many(" a='1'", 200'000) + "><title>A</title></item>"),
            1, false, "A"},
        Row{"ManyCategories",
            rss("<item><title>A</title>" + many("<category>c</category>", 50'000) + "</item>"), 1,
            false, "A"},
        Row{"TooManyEntries", rss(many("<item/>", 200'010)), 200'000, true, ""},
        Row{"Empty", "", 0, true, ""}, Row{"OnlyBlanks", "  \n\t ", 0, true, ""}),
    [](const auto& row) { return row.param.name; });

// Tags that do not match: each row is the inside of a channel, and what comes out of it.
struct Broken {
  const char* name;
  std::string inside;
  std::vector<std::string> read;  // of each entry, title|link|text
  const char* problem;            // the last one, with its place in the document
};

class Mismatched : public testing::TestWithParam<Broken> {};

TEST_P(Mismatched, WhatCanBeReadIsRead) {
  const Broken& row = GetParam();
  Document document = parse(rss(row.inside), {});
  std::vector<std::string> read;
  for (const auto& entry : document.entries) {
    read.push_back(plain_text(entry.title) + "|" + entry.link + "|" + plain_text(entry.summary));
  }
  EXPECT_EQ(read, row.read);
  EXPECT_TRUE(document.bozo);
  ASSERT_GE(document.problems.size(), 2U);
  const auto& last = document.problems.back();
  EXPECT_EQ(last.place + ": " + last.message, row.problem);
}

const std::string kNext =
    "\n<item><title>B</title><link>http://b/</link><description>b</description></item>";

INSTANTIATE_TEST_SUITE_P(
    All, Mismatched,
    testing::Values(
        Broken{"Crossed",
               "<item><title>A <b>x<i>y</b></i></title><link>http://a/</link></item>" + kNext,
               {"A xy|http://a/|", "B|http://b/|b"},
               "line 1, byte 71: </i> closes nothing and was left out"},
        Broken{"TitleNotClosed",
               "<item><title>A<link>http://a/</link><description>a</description></item>" + kNext,
               {"A|http://a/|a", "B|http://b/|b"},
               "line 1, byte 58: <title> is closed by <link>"},
        Broken{"StrayEndTag",
               "<item><title>A</title></font><link>http://a/</link></item>" + kNext,
               {"A|http://a/|", "B|http://b/|b"},
               "line 1, byte 66: </font> closes nothing and was left out"},
        Broken{"ItemNotClosed",
               "<item><title>A</title><link>http://a/</link>" + kNext,
               {"A|http://a/|", "B|http://b/|b"},
               "line 2, byte 89: <item> is closed by the next <item>"},
        Broken{"RawHtml",
               "<item><title>A</title><description><p>one<br>two <img src=x.png> <a "
               "href=http://c/?a=1>three</a></description></item>" +
                   kNext,
               {"A||one\ntwo three", "B|http://b/|b"},
               "line 1, byte 140: <p> is closed by </description>"},
        Broken{"OtherCase",
               "<item><Title>A</title><link>http://a/</LINK></item></foo>" + kNext,
               {"A|http://a/|", "B|http://b/|b"},
               "line 1, byte 95: </foo> closes nothing and was left out"},
        Broken{
            "LessThan",
            "<item><title>1 < 2, I <3 it, <me@example.com></title><link>http://a/</link></item>" +
                kNext,
            {"1 < 2, I <3 it, <me@example.com>|http://a/|", "B|http://b/|b"},
            "line 1, byte 73: “<” begins no tag and was read as text"},
        Broken{"CdataNotClosed",
               "<item><title><![CDATA[A</title><link>http://a/</link></item>" + kNext,
               {"A|http://a/|", "B|http://b/|b"},
               "line 1, byte 57: a CDATA section is not closed"},
        Broken{"QuoteNotClosed",
               "<item><title>A</title><enclosure url=\"http://e/ length='1'/><link>http://a/</link>"
               "</item>" +
                   kNext,
               {"A|http://a/|", "B|http://b/|b"},
               "line 1, byte 82: the value of an attribute stands in no quotes"},
        Broken{"AttributeWithoutValue",
               "<item><title bold>A</title><link>http://a/</link></item>" + kNext,
               {"A|http://a/|", "B|http://b/|b"},
               "line 1, byte 57: the attribute “bold” has no value"},
        Broken{"EndsEarly",
               "<item><title>A</title></item></channel></rss>" + kNext,
               {"A||", "B|http://b/|b"},
               "line 2, byte 169: </channel> closes nothing and was left out"}),
    [](const auto& row) { return row.param.name; });

// What is open, closed wrongly or never, a hundred thousand times over.
TEST(Mismatched, IsMendedInLinearTime) {
  for (const char* piece :
       {"<a>", "</a>", "<a><b></a>", "<item>", "<title>", "<a b=\"", "<a b='", "<![CDATA[", "<!--",
        "<!DOCTYPE [", "<!x", "<?x", "< ", "</", "<a b", "<item><description><b></description>"}) {
    Document document = parse(rss(kItem + many(piece, 100'000)), {});
    EXPECT_GE(document.entries.size(), 1U) << piece;
    EXPECT_LE(document.problems.size(), 30U) << piece;
  }
}

// Cut at any byte, a document gives its whole entries and no crash.
TEST(Hostile, SurvivesBeingCutAnywhere) {
  for (const char* name : {"03-wire.2014-12-23T0200Z.atom.xml", "06-tech-sites.json",
                           "05-broadcasters.rdf", "08-korean.atom.xml"}) {
    std::string bytes = tests::read_file(tests::root() / "app/sample" / name);
    for (std::size_t size = 0; size < bytes.size(); size += 97) {
      Document document = parse(std::string_view(bytes).substr(0, size), {});
      EXPECT_TRUE(document.bozo) << name << " cut at " << size;
    }
  }
}

}  // namespace
}  // namespace feeds::news
