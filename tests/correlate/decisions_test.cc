#include "correlate/decisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "correlate/timeline_edits.h"

namespace correlate {
namespace {

using model::Edit;
using model::EditKind;
using testing::ElementsAre;
using testing::IsEmpty;

// The n-th edit, made n hours after the epoch.
Edit edit(std::int64_t seq, EditKind kind, std::string target, std::string value = "",
          std::vector<std::string> entries = {}) {
  Edit out;
  out.seq = seq;
  out.at = model::Instant{std::chrono::hours{seq}};
  out.who = "ann";
  out.kind = kind;
  out.target = std::move(target);
  out.value = std::move(value);
  out.entries = std::move(entries);
  return out;
}

model::Link link(const std::string& outage, double probability) {
  model::Link out;
  out.id = "lnk-" + outage;
  out.entry_id = "ent-1";
  out.outage_id = outage;
  out.probability = probability;
  return out;
}

TEST(Decisions, MergesAndSplitsArePairsOfTheirLevel) {
  auto made = decisions({edit(1, EditKind::kMerge, "sty-1", "sty-2", {"ent-1", "ent-2"}),
                         edit(2, EditKind::kMerge, "inc-1", "inc-2", {"ent-3", "ent-4"}),
                         edit(3, EditKind::kSplit, "sty-1", "", {"ent-5", "ent-6", "ent-7"})});
  EXPECT_THAT(made.stories.must, ElementsAre(Pair{"ent-1", "ent-2", 1}, Pair{"ent-6", "ent-7", 3}));
  EXPECT_THAT(made.stories.cannot,
              ElementsAre(Pair{"ent-5", "ent-6", 3}, Pair{"ent-5", "ent-7", 3}));
  EXPECT_THAT(made.incidents.must, ElementsAre(Pair{"ent-3", "ent-4", 2}));
  EXPECT_THAT(made.incidents.cannot, IsEmpty());
}

TEST(Decisions, AnUndoneEditIsNoneAndAnUndoneUndoTakesNothingBack) {
  std::vector<Edit> edits{edit(1, EditKind::kMerge, "sty-1", "sty-2", {"ent-1", "ent-2"}),
                          edit(2, EditKind::kUndo, "1")};
  EXPECT_TRUE(decisions(edits).stories.empty());
  edits.push_back(edit(3, EditKind::kUndo, "2"));
  EXPECT_FALSE(decisions(edits).stories.empty());
}

TEST(Decisions, AsOfAMomentKnowsNoLaterEditAndNoLaterUndo) {
  std::vector<Edit> edits{edit(1, EditKind::kMerge, "sty-1", "sty-2", {"ent-1", "ent-2"}),
                          edit(3, EditKind::kUndo, "1")};
  using std::chrono::hours;
  EXPECT_TRUE(decisions(edits, model::Instant{hours{0}}).stories.empty());
  EXPECT_FALSE(decisions(edits, model::Instant{hours{2}}).stories.empty());
  EXPECT_TRUE(decisions(edits, model::Instant{hours{3}}).stories.empty());
}

TEST(Decisions, TheNewerOfTwoJudgementsHolds) {
  std::vector<Edit> edits{edit(1, EditKind::kPin, "lnk-a", "a", {"ent-1"}),
                          edit(2, EditKind::kReject, "ent-1", "a", {"ent-1"})};
  std::vector<model::Link> links{link("a", 0.9)};
  auto any = [](std::string_view) { return true; };
  decide_links(decisions(edits), "ent-1", 1, any, links);
  EXPECT_EQ(links.front().probability, 0);
  edits.push_back(edit(3, EditKind::kPin, "lnk-a", "a", {"ent-1"}));
  decide_links(decisions(edits), "ent-1", 1, any, links);
  EXPECT_EQ(links.front().probability, 1);
}

TEST(Decisions, APinnedLinkIsThereWhereNothingElseSpeaksForIt) {
  auto made = decisions({edit(1, EditKind::kPin, "ent-1", "b", {"ent-1"}),
                         edit(2, EditKind::kPin, "ent-1", "gone", {"ent-1"})});
  std::vector<model::Link> links{link("a", 0.9)};
  decide_links(
      made, "ent-1", 4, [](std::string_view id) { return id == "b"; }, links);
  ASSERT_EQ(links.size(), 2);
  EXPECT_EQ(links[0].outage_id, "b");
  EXPECT_EQ(links[0].probability, 1);
  EXPECT_EQ(links[0].revision, 4);
  EXPECT_EQ(links[0].reasons.back().feature, "editor");
  EXPECT_EQ(links[1].probability, 0.9);
  auto others = std::vector<model::Link>{link("a", 0.9)};
  decide_links(
      made, "ent-2", 1, [](std::string_view) { return true; }, others);
  EXPECT_EQ(others.size(), 1);
}

TEST(Decisions, RejectedVerdictsAreOut) {
  std::vector<model::Verdict> verdicts(2);
  verdicts[0].id = "vrd-1";
  verdicts[1].id = "vrd-2";
  decide_verdicts(decisions({edit(1, EditKind::kReject, "vrd-1", "", {"ent-1"}),
                             edit(2, EditKind::kPin, "vrd-2", "", {"ent-1"})}),
                  verdicts);
  ASSERT_EQ(verdicts.size(), 1);
  EXPECT_EQ(verdicts[0].id, "vrd-2");
}

TEST(Decisions, NotesAndCorrectionsFollowTheEntriesOfAStory) {
  auto made = decisions({edit(1, EditKind::kNote, "sty-1", "first", {"ent-1"}),
                         edit(2, EditKind::kNote, "sty-1", "second", {"ent-1"}),
                         edit(3, EditKind::kNote, "inc-1", "of the incident", {"ent-1"})});
  auto notes = made.notes_on(ids_to_look_under("sty-other", {"ent-9", "ent-1"}));
  ASSERT_EQ(notes.size(), 2);
  EXPECT_EQ(notes[0].value, "first");
  EXPECT_EQ(notes[1].value, "second");
  EXPECT_THAT(made.notes_on(ids_to_look_under("sty-other", {"ent-9"})), IsEmpty());
}

TEST(Decisions, TheNewestCorrectionOfAFieldHolds) {
  auto one = edit(1, EditKind::kCorrect, "sty-1", "breach", {"ent-1"});
  auto two = edit(2, EditKind::kCorrect, "sty-1", "leak", {"ent-1"});
  one.field = two.field = "type";
  auto made = decisions({one, two});
  model::TimelineLine line;
  line.story_id = "sty-1";
  line.happening = model::Happening::kThreat;
  annotate(made, line);
  EXPECT_EQ(line.happening, model::Happening::kLeak);
  ASSERT_EQ(line.corrections.size(), 1);
  EXPECT_EQ(line.corrections[0].seq, 2);
}

TEST(Decisions, TheDigestOfAnEntryChangesWithWhatIsDecidedOnIt) {
  std::vector<Edit> edits{edit(1, EditKind::kPin, "ent-1", "a", {"ent-1"}),
                          edit(2, EditKind::kNote, "ent-2", "text", {"ent-2"})};
  auto before = digest(decisions(edits));
  EXPECT_EQ(before.size(), 1);
  edits.push_back(edit(3, EditKind::kReject, "vrd-1", "", {"ent-1"}));
  EXPECT_NE(digest(decisions(edits)), before);
  edits.push_back(edit(4, EditKind::kUndo, "3"));
  EXPECT_EQ(digest(decisions(edits)), before);
}

struct Correctable {
  const char* target;
  const char* field;
  const char* value;
  bool can_be;
};

TEST(Decisions, OnlyWhatCanBeIsACorrection) {
  constexpr Correctable kTable[] = {
      {"sty-1", "title", "Another", true},    {"sty-1", "title", " ", false},
      {"sty-1", "type", "outage-end", true},  {"sty-1", "type", "party", false},
      {"sty-1", "happened", "2014-12", true}, {"sty-1", "happened", "2014-02-30", false},
      {"inc-1", "title", "Another", true},    {"inc-1", "type", "leak", false},
      {"ent-1", "title", "Another", false},   {"sty-1", "language", "en", false},
  };
  for (const auto& one : kTable) {
    EXPECT_EQ(why_not(one.target, one.field, one.value).empty(), one.can_be)
        << one.target << " " << one.field << " " << one.value;
  }
}

}  // namespace
}  // namespace correlate
