#include "feeds/outages/countries.h"

#include <string>

#include <gtest/gtest.h>

namespace feeds::outages {
namespace {

struct Row {
  std::string name, code;
};

class CountryName : public testing::TestWithParam<Row> {};

TEST_P(CountryName, IsKnown) { EXPECT_EQ(country_named(GetParam().name), GetParam().code); }

// Names as tables of shutdowns and outages write them.
INSTANTIATE_TEST_SUITE_P(
    Names, CountryName,
    testing::Values(
        Row{"KP", "KP"}, Row{"kp ", "KP"}, Row{"North Korea", "KP"},
        Row{"Korea (Democratic People's Republic of)", "KP"},
        Row{"Korea, Democratic People\u2019s Republic of", "KP"}, Row{"Korea, Republic of", "KR"},
        Row{"South Korea", "KR"}, Row{"Iran (Islamic Republic of)", "IR"}, Row{"Congo", "CG"},
        Row{"Congo (Democratic Republic of the)", "CD"},
        Row{"Democratic Republic of the Congo", "CD"}, Row{"Tanzania, United Republic of", "TZ"},
        Row{"Venezuela (Bolivarian Republic of)", "VE"}, Row{"Palestine, State of", "PS"},
        Row{"Viet Nam", "VN"}, Row{"Laos", "LA"}, Row{"Lao People's Democratic Republic", "LA"},
        Row{"Syrian Arab Republic", "SY"}, Row{"Russian Federation", "RU"}, Row{"Turkey", "TR"},
        Row{"Türkiye", "TR"}, Row{"Myanmar", "MM"}, Row{"Myanmar (Burma)", "MM"},
        Row{"Swaziland", "SZ"}, Row{"Eswatini", "SZ"}, Row{"Côte d’Ivoire", "CI"},
        Row{"Ivory Coast", "CI"}, Row{"The Gambia", "GM"}, Row{"Saint Lucia", "LC"},
        Row{"Trinidad and Tobago", "TT"}, Row{"Hong Kong", "HK"},
        Row{"United States of America", "US"}, Row{"Kosovo", "XK"}, Row{"Atlantis", ""},
        Row{"ZZ", ""}, Row{"", ""}, Row{"(", ""}, Row{",", ""}, Row{"Asia", ""}),
    [](const auto& row) { return "row" + std::to_string(row.index); });

TEST(CountryName, OfAPartIsARegion) {
  auto scope = scope_named(" Somaliland");
  EXPECT_EQ(scope.country, "SO");
  EXPECT_EQ(scope.region, "Somaliland");
}

TEST(CountryName, AtTheBeginningIsOfWholeWords) {
  EXPECT_EQ(country_at_beginning("Tonga April 2022"), "TO");
  EXPECT_EQ(country_at_beginning("North Korea, December"), "");
  EXPECT_EQ(country_at_beginning("Congo - Kinshasa traffic"), "CD");
  EXPECT_EQ(country_at_beginning("Omani traffic"), "");
  EXPECT_EQ(country_at_beginning("in Oman"), "");
}

}  // namespace
}  // namespace feeds::outages
