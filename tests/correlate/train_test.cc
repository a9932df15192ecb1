#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "correlate/train/data.h"
#include "correlate/train/measure.h"

namespace correlate::train {
namespace {

TEST(Gold, ErrorsNameTheirLine) {
  struct Row {
    std::string text;
    std::string expect;
  };
  const std::vector<Row> rows = {
      {"{\"item\":\"a\",\"outage\":\"o\"}\nnot json\n", "line 2: not JSON"},
      {"{\"outage\":\"o\"}\n", "line 1: has no \"item\""},
      {"\n{\"item\":\"a\"}\n", "line 2: has no \"outage\""},
      {"{\"item\":\"a\",\"outage\":\"\"}\n", "line 1: \"outage\" is empty"},
      {"{\"item\":\"a\",\"outage\":\"o\"}\n{\"item\":\"a\",\"outage\":null}\n",
       "line 2: a is said"},
      {"[]\n", "line 1: not a JSON object"},
      {"\n\n", "no labelled pair"},
  };
  for (const auto& row : rows) {
    auto parsed = parse_gold(row.text);
    ASSERT_FALSE(parsed) << row.text;
    EXPECT_NE(parsed.error().message.find(row.expect), std::string::npos) << parsed.error().message;
  }
  auto good = parse_gold("{\"item\":\"a\",\"outage\":\"o\"}\n{\"item\":\"b\",\"outage\":null}");
  ASSERT_TRUE(good);
  EXPECT_EQ(good->at("a").size(), 1U);
  EXPECT_TRUE(good->at("b").empty());
}

TEST(Folds, AGroupStaysTogether) {
  auto folds = folds_of({"KP", "SY", "KP", "KP", "IQ", "SY"}, 2);
  EXPECT_EQ(folds[0], folds[2]);
  EXPECT_EQ(folds[0], folds[3]);
  EXPECT_EQ(folds[1], folds[5]);
  EXPECT_NE(folds[0], folds[1]);
}

TEST(Calibration, PlattDrawsBoastingIn) {
  // Said with odds of 2^6, true in two of three.
  std::vector<Scored> pairs;
  for (int i = 0; i < 300; ++i) pairs.push_back({0, 0, i % 3 != 0, 6, 0, 1});
  for (int i = 0; i < 300; ++i) pairs.push_back({0, 0, i % 30 == 0, -6, 0, 1});
  evidence::Weights weights;
  calibrate(pairs, {}, weights);
  EXPECT_NEAR(weights.calibrated(6), 2.0 / 3, 0.02);
  EXPECT_NEAR(weights.calibrated(-6), 1.0 / 30, 0.02);
  EXPECT_TRUE(weights.steps.empty());
}

TEST(Calibration, ManyLabelsGiveSteps) {
  std::vector<Scored> pairs;
  for (int i = 0; i < 3000; ++i) {
    double bits = i % 20 - 10;
    pairs.push_back({0, 0, i / 20 % 2 == 0 && bits > 0, bits, 0, 1});
  }
  evidence::Weights weights;
  calibrate(pairs, {}, weights);
  ASSERT_FALSE(weights.steps.empty());
  EXPECT_LT(weights.calibrated(-5), 0.05);
  EXPECT_NEAR(weights.calibrated(9), 0.5, 0.1);
  EXPECT_TRUE(evidence::parse_weights(to_text(weights)));
}

TEST(Plot, IsOneDocumentWithAPointForEachTenth) {
  Figures figures;
  figures.tenths[9] = {40, 0.95, 0.9};
  figures.tenths[0] = {10, 0.05, 0};
  auto svg = reliability_svg(figures, "a < b & c");
  EXPECT_TRUE(svg.starts_with("<svg "));
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
  EXPECT_NE(svg.find("a &lt; b &amp; c"), std::string::npos);
  std::size_t points = 0;
  for (auto at = svg.find("<circle"); at != std::string::npos; at = svg.find("<circle", at + 1)) {
    ++points;
  }
  EXPECT_EQ(points, 2U);
}

}  // namespace
}  // namespace correlate::train
