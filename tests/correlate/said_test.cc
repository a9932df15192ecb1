#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/dependence.h"
#include "correlate/extract.h"
#include "store/model/text.h"

// What a text says beside its times: who says it, how surely, of whom, how much, and of which kind
// the page is. Tables that can be read as a specification.
namespace correlate {
namespace {

using model::ClaimKind;

constexpr const char* kTitle = "North Korea's Internet outage";

Article page(const std::string& title, const std::string& text,
             const std::string& language = "en") {
  Article article;
  article.id = "a";
  article.text = title.empty() ? text : title + "\n\n" + text;
  article.title_length = model::code_points(title);
  article.anchor = *model::parse_iso("2014-12-23T18:00:00Z");
  article.language = language;
  return article;
}

std::string join(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, "; "));
}

// What is said of a claim, in one line.
std::string line_of(const model::Claim& claim) {
  std::string out = fmt::format("{} “{}”", to_string(claim.kind), claim.span.text);
  if (claim.amount) out += fmt::format(" {:g}", *claim.amount);
  if (!claim.unit.empty()) out += " " + claim.unit;
  if (!claim.basis.empty()) out += " over “" + claim.basis + "”";
  if (claim.denied) out += " denied";
  if (!claim.hedge.empty()) out += " hedged “" + claim.hedge + "”";
  if (claim.voice != model::Voice::kOwn) out += fmt::format(" {}", to_string(claim.voice));
  if (!claim.speaker.empty()) out += " by " + claim.speaker;
  for (const auto& one : claim.via) out += " via " + one;
  return out;
}

struct SaidRow {
  const char* name;
  ClaimKind kind;  // the claims that are looked at
  const char* text;
  const char* expected;
};

std::ostream& operator<<(std::ostream& out, const SaidRow& row) { return out << row.text; }

class Said : public testing::TestWithParam<SaidRow> {};

TEST_P(Said, IsReadWithItsSpeaker) {
  const auto& row = GetParam();
  std::vector<std::string> said;
  for (const auto& claim : extract(page(kTitle, row.text)).claims) {
    if (claim.kind == row.kind) said.push_back(line_of(claim));
  }
  EXPECT_EQ(join(said), row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, Said,
    testing::Values(
        SaidRow{"Own", ClaimKind::kDuration, "The network was down for nine hours.",
                "duration “nine hours”"},
        SaidRow{"Reported", ClaimKind::kDuration,
                "Dyn Research said that the network was down for nine hours.",
                "duration “nine hours” reported by Dyn Research"},
        SaidRow{"Quoted", ClaimKind::kDuration,
                "“The network was down for nine hours,” Dyn Research said.",
                "duration “nine hours” quoted by Dyn Research"},
        SaidRow{
            "Nested", ClaimKind::kDuration,
            "KBS reported that the Unification Ministry said that the network was down for nine "
            "hours.",
            "duration “nine hours” reported by Unification Ministry via KBS"},
        SaidRow{"NestedBehind", ClaimKind::kDuration,
                "The Unification Ministry said the network was down for nine hours, according to "
                "KBS.",
                "duration “nine hours” reported by Unification Ministry via KBS"},
        SaidRow{"Hedged", ClaimKind::kDuration, "The network was reportedly down for nine hours.",
                "duration “nine hours” hedged “reportedly”"},
        SaidRow{"NoAttack", ClaimKind::kCause,
                "The network went down at 16:15 UTC; the outage was not a DDoS.",
                "cause “DDoS” denied"},
        SaidRow{"Cause", ClaimKind::kCause, "The outage came from a cut cable.",
                "cause “cut cable”"},
        SaidRow{"Ordinal", ClaimKind::kRecurs,
                "The network went down for the second time in two days.",
                "recurs “second time” 2 over “in two days”"},
        SaidRow{"NotHowLong", ClaimKind::kRecurs, "The outage went into its second day.", ""},
        SaidRow{"Share", ClaimKind::kScope, "The outage hit about 40 percent of customers.",
                "scope “about 40 percent” 0.4 share over “of customers”"},
        SaidRow{"Count", ClaimKind::kScope,
                "The outage hit more than 24 million subscribers of the network.",
                "scope “more than 24 million subscribers” 2.4e+07 customers"},
        SaidRow{"Groups", ClaimKind::kScope, "All 1,024 addresses of the network were unreachable.",
                "scope “1,024 addresses” 1024 addresses"},
        SaidRow{"Depth", ClaimKind::kDepth, "Internet traffic collapsed to 4 percent.",
                "depth “4 percent” 0.96 share"},
        SaidRow{"Ongoing", ClaimKind::kOngoing, "The whole network remains offline.",
                "ongoing “offline”"},
        SaidRow{"Attribution", ClaimKind::kAttribution, "The FBI blamed North Korea.",
                "attribution “blamed”"},
        SaidRow{"Threat", ClaimKind::kThreat, "The group threatened cinemas.",
                "threat “threatened”"},
        SaidRow{"Demand", ClaimKind::kDemand, "The group demanded that the film be stopped.",
                "demand “demanded”"},
        SaidRow{"Sanction", ClaimKind::kSanction,
                "Washington imposed new sanctions on ten persons.", "sanction “sanctions”"},
        SaidRow{"Denial", ClaimKind::kDenial, "Pyongyang denied any role.",
                "denial “denied” reported by Pyongyang"}),
    [](const auto& row) { return row.param.name; });

struct KindRow {
  const char* name;
  const char* title;
  const char* text;
  const char* expected;
};

std::ostream& operator<<(std::ostream& out, const KindRow& row) { return out << row.title; }

class Kinds : public testing::TestWithParam<KindRow> {};

TEST_P(Kinds, AreReadWithTheWordsThatDecide) {
  const auto& row = GetParam();
  auto found = extract(page(row.title, row.text));
  EXPECT_EQ(to_string(found.happening), row.expected);
  EXPECT_GT(found.happening_confidence, 0);
  EXPECT_LE(found.happening_confidence, 1);
  EXPECT_EQ(found.happening_words.empty(), found.happening == model::Happening::kOther);
}

INSTANTIATE_TEST_SUITE_P(
    All, Kinds,
    testing::Values(KindRow{"Breach", "Bank hacked", "Intruders broke into its servers.", "breach"},
                    KindRow{"Leak", "Bank's mail leaked", "Files of the hack were posted online.",
                            "leak"},
                    KindRow{"SanctionsOnAHack", "Sanctions follow the bank hack",
                            "Ten persons are named.", "sanctions"},
                    KindRow{"Retort", "Pyongyang slams sanctions",
                            "It called the sanctions hostile.", "denial"},
                    KindRow{"WhoDidIt", "Iran hacked the bank, FBI concludes",
                            "It gave no details.", "attribution"},
                    KindRow{"Start", "Yemen's Internet goes dark", "The network went down at noon.",
                            "outage-start"},
                    KindRow{"ByAnAttack", "DDoS attack knocks Yemen off the Internet",
                            "Routers were flooded.", "outage-start"},
                    KindRow{"End", "Yemen back online after nine-hour outage",
                            "The network was restored.", "outage-end"},
                    KindRow{"Relapse", "Yemen's Internet down again",
                            "It had come back in the morning.", "relapse"},
                    KindRow{"NotNormal", "Yemen's Internet paralysed", "It was not normal at noon.",
                            "outage-start"},
                    KindRow{"Nothing", "Spring fair opens", "There were cakes.", "other"}),
    [](const auto& row) { return row.param.name; });

struct NetworkRow {
  const char* name;
  const char* text;
  const char* expected;  // "kind name[ country]"
};

std::ostream& operator<<(std::ostream& out, const NetworkRow& row) { return out << row.text; }

class Networks : public testing::TestWithParam<NetworkRow> {};

TEST_P(Networks, AreNamed) {
  const auto& row = GetParam();
  std::vector<std::string> said;
  for (const auto& mention : extract(page("", row.text)).mentions) {
    bool other =
        mention.kind == model::MentionKind::kName || mention.kind == model::MentionKind::kPlace;
    if (other) continue;
    said.push_back(fmt::format("{} {}", to_string(mention.kind), mention.name));
    if (!mention.scope.country.empty()) said.back() += " " + mention.scope.country;
  }
  EXPECT_EQ(join(said), row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, Networks,
    testing::Values(NetworkRow{"Glued", "AS131279 is gone.", "network AS131279 KP"},
                    NetworkRow{"Spaced", "It left through AS 4837.", "network AS4837 CN"},
                    NetworkRow{"Hyphen", "It left through AS-64500.", "network AS64500"},
                    NetworkRow{"Spelt", "autonomous system number 64500", "network AS64500"},
                    NetworkRow{"List", "ASNs 64500, 64501 and 64502",
                               "network AS64500; network AS64501; network AS64502"},
                    NetworkRow{"Dotted", "AS2.5 is new.", "network AS131077"},
                    NetworkRow{"NoWord", "Sold as 500 pieces.", ""},
                    NetworkRow{"TooLarge", "AS99999999999", ""},
                    NetworkRow{"Prefix", "175.45.178.0/24 vanished", "network 175.45.178.0/24 KP"},
                    NetworkRow{"Address", "The host 192.0.2.7 answers.", "network 192.0.2.7/32"},
                    NetworkRow{"Version6", "2001:db8::/32 and 2001:db8::1",
                               "network 2001:db8::/32; network 2001:db8::1/128"},
                    NetworkRow{"NoAddress", "at 16:15:00, 300.1.1.1 and version 10.0.19.1", ""},
                    NetworkRow{"Brand", "Instagram does not load.", "network Facebook US"},
                    NetworkRow{"Measurer", "It was down, NetBlocks said.", "measurer NetBlocks"},
                    NetworkRow{"OperatorThatSays", "Cloudflare said that traffic fell.",
                               "measurer Cloudflare Radar; network Cloudflare US"},
                    NetworkRow{"OperatorThatIsDown", "Cloudflare is unreachable.",
                               "network Cloudflare US"},
                    NetworkRow{"Cable", "A fault in SMW4 off Egypt.", "cable SEA-ME-WE 4"},
                    NetworkRow{"Exchange", "Traffic at DE-CIX fell.", "exchange DE-CIX DE"}),
    [](const auto& row) { return row.param.name; });

std::string countries(const model::Extraction& found) {
  std::vector<std::string> out;
  for (const auto& mention : found.mentions) {
    if (mention.kind == model::MentionKind::kPlace) out.push_back(mention.scope.country);
  }
  return join(out);
}

TEST(Dependence, IsOfWhoeverCitesAMeasurer) {
  model::Outage outage;
  outage.measurements.emplace_back().source = "Dyn Research";
  auto cites = extract(page(kTitle, "It was down for nine hours, Dyn Research said."));
  ASSERT_TRUE(dependence(cites, outage));
  EXPECT_EQ(dependence(cites, outage)->bits, 0);
  EXPECT_NE(dependence(cites, outage)->text.find("measured this outage"), std::string::npos);
  EXPECT_FALSE(dependence(extract(page(kTitle, "It was down, officials said.")), outage));
}

TEST(Places, PeopleAreNone) {
  EXPECT_EQ(countries(extract(page("", "Michael Jordan met Chad Smith."))), "");
  EXPECT_EQ(countries(extract(page("", "Networks of Jordan and Chad were down."))), "JO; TD");
}

TEST(Places, ADatelineIsNotTheScene) {
  auto found = extract(page("Internet outage in Yemen",
                            "WASHINGTON, Dec 23 (Agency) - The network was down for nine hours."));
  auto length = std::find_if(found.claims.begin(), found.claims.end(),
                             [](const auto& claim) { return claim.kind == ClaimKind::kDuration; });
  ASSERT_NE(length, found.claims.end());
  EXPECT_EQ(length->countries, std::vector<std::string>{"YE"});
  bool dated = std::any_of(found.claims.begin(), found.claims.end(), [](const auto& claim) {
    return claim.kind == ClaimKind::kStart || claim.kind == ClaimKind::kEnd;
  });
  EXPECT_FALSE(dated) << "the dateline's day is that of writing";
}

TEST(Boilerplate, IsNoPartOfWhatIsTold) {
  auto found = extract(page(kTitle,
                            "By Jane Roe in Paris\n\nUpdated: 23 December 2014 10:12 GMT\n\n"
                            "The network was down for nine hours.\n\nRead more: Iran's outage of "
                            "five hours\n\nFollow us on Monday."));
  ASSERT_EQ(found.times.size(), 1U);
  EXPECT_EQ(found.times[0].span.text, "nine hours");
  EXPECT_EQ(countries(found), "KP");
}

TEST(Language, IsThatOfTheSentence) {
  auto found = extract(page(
      "Северна Корея остана без интернет",
      "The country was cut off from the Internet for more than nine hours, Dyn Research said, and "
      "all of its four networks came back on Tuesday at 01:46 UTC.",
      "bg"));
  std::vector<std::string> said;
  for (const auto& time : found.times) said.push_back(time.value);
  EXPECT_EQ(join(said), "PT9H; 2014-12-23T01:46");
}

TEST(Language, OfShortTextIsThatOfItsScript) {
  EXPECT_EQ(extract(page("", "북한 불통", "")).language, "ko");
  EXPECT_EQ(extract(page("", "停電です", "")).language, "ja");
  EXPECT_EQ(extract(page("", "ok", "")).language, "en");
  EXPECT_EQ(extract(page("", "", "")).language, "en");
}

// Bad input: what cannot be read is left out, and the work stays bounded.
TEST(Said, SurvivesHostileText) {
  const std::vector<std::string> texts = {
      std::string(100'000, '"'),
      std::string(20'000, '.') + " said " + std::string(20'000, ','),
      std::string(30'000, 'A') + " said",
      "AS AS AS ASN ASNs , , and 1.1.1.1.1.1.1/99 ::::::: 99999999999999999999",
      "ninety ninety-ninety per cent of of of million million",
      "\xff\xfe said \xc3\x28 \xe2\x80",
      std::string("\0said\0 9 hours", 14),
      "\u202E said \u202C 😀😀 said 😀"};
  for (const auto& text : texts) {
    auto found = extract(page(kTitle, model::repair_utf8(text), ""));
    for (const auto& claim : found.claims) EXPECT_LE(claim.span.end, model::code_points(text) + 64);
  }
  std::string many;
  for (int i = 0; i < 4000; ++i) many += "the outage, KBS said, hit 40 percent at 16:15 UTC and ";
  EXPECT_LT(extract(page(kTitle, many)).claims.size(), 8000U);
}

}  // namespace
}  // namespace correlate
