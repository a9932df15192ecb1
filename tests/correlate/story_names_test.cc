#include "correlate/story_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "correlate/extract.h"

namespace correlate {
namespace {

using testing::ElementsAre;

std::vector<model::Extraction> read(const std::vector<std::string>& texts) {
  std::vector<model::Extraction> out;
  for (const auto& text : texts) {
    Article article;
    article.id = "ent-" + std::to_string(out.size());
    article.text = text;
    article.language = "en";
    article.anchor = *model::parse_iso("2014-12-20");
    out.push_back(extract(article));
  }
  return out;
}

const StoryName* named(const std::vector<StoryName>& names, const std::string& name) {
  for (const auto& one : names) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

TEST(StoryNames, ANameThatComesAgainIsOneThingWithItsForms) {
  auto names = story_names(read({"The studio hired Elwood Brantner to lead the inquiry.",
                                 "Mr Elwood Brantner's report is due in May, the studio said.",
                                 "On Friday the reporters of the Quillfeather Courier left."}));
  const auto* brantner = named(names, "Elwood Brantner");
  ASSERT_NE(brantner, nullptr);
  EXPECT_EQ(brantner->entries, 2U);
  EXPECT_EQ(brantner->kind, model::MentionKind::kName);
  EXPECT_EQ(named(names, "Quillfeather Courier"), nullptr) << "one entry alone is no repetition";
}

TEST(StoryNames, ASurnameIsThatOfTheOneLongerName) {
  model::Extraction one, two, three;
  auto mention = [](const char* name) {
    model::Mention out;
    out.kind = model::MentionKind::kName;
    out.name = out.span.text = name;
    return out;
  };
  one.mentions = {mention("Elwood Brantner")};
  two.mentions = {mention("BRANTNER"), mention("Ada Quill")};
  three.mentions = {mention("Ida Quill"), mention("Quill")};
  auto names = story_names({one, two, three});
  ASSERT_EQ(names.size(), 1U) << "of two who are called Quill none is meant";
  EXPECT_EQ(names[0].name, "Elwood Brantner");
  EXPECT_THAT(names[0].forms, ElementsAre("BRANTNER", "Elwood Brantner"));
}

TEST(StoryNames, WhatAListKnowsGivesTheName) {
  auto names = story_names(read({"The Guardians of Peace took the files, the FBI said.",
                                 "A letter signed by the Guardians of Peace names the FBI."}));
  const auto* actor = named(names, "Guardians of Peace");
  ASSERT_NE(actor, nullptr);
  EXPECT_EQ(actor->kind, model::MentionKind::kActor);
  EXPECT_EQ(actor->entries, 2U);
}

TEST(StoryNames, OfNothingAreNone) { EXPECT_TRUE(story_names({}).empty()); }

}  // namespace
}  // namespace correlate
