#include <set>
#include <string>

#include <gmock/gmock.h>

#include "tests/store/contract.h"
#include "tests/store/samples.h"

// What is kept beside facts and what was derived from them: who may do what, who gets mails, lists
// of names. Forgetting what was derived leaves it alone.
namespace {

using contract::Contract;
using samples::at;
using store::Put;
using testing::ElementsAre;
using testing::IsEmpty;

class Beside : public Contract {
 protected:
  // In a transaction that forgets what was derived.
  template <typename Act>
  void rewrite(Act act) {
    write([&](store::Writer& writer) {
      act(writer);
      ASSERT_TRUE(writer.clear_derived());
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Backends, Beside, contract::backends(), contract::name_of);

TEST_P(Beside, WhatASourceMustRememberIsReplaced) {
  EXPECT_EQ(*store_->source_state("src-a"), "");
  for (const auto& state : {std::string("first"), std::string("sec\0nd", 6)}) {
    auto writer = *store_->begin();
    ASSERT_TRUE(writer->set_source_state("src-a", state));
    ASSERT_TRUE(writer->clear_derived());
    ASSERT_TRUE(writer->commit());
    open();
    EXPECT_EQ(*store_->source_state("src-a"), state);
    EXPECT_EQ(*store_->source_state("src-b"), "");
  }
}

TEST_P(Beside, MailsAreKeptAndGoOutOnce) {
  model::Subscription who{"sub-a",
                          "a@b.example",
                          "sony",
                          8,
                          "Europe/Berlin",
                          true,
                          model::Subscription::State::kActive,
                          "secret",
                          at(1),
                          at(9),
                          at(2),
                          3};
  model::Issue issue{"iss-a", "sony", "UTC", {at(1), at(2)}, at(3), "{}"};
  model::Outgoing mail{"mail-a", "sub-a", "iss-a", model::Outgoing::State::kQueued, 0, at(5), ""};
  rewrite([&](store::Writer& writer) {
    ASSERT_TRUE(writer.put(who));
    EXPECT_EQ(*writer.put(issue), Put::kAdded);
    EXPECT_EQ(*writer.put(mail), Put::kAdded);
  });
  EXPECT_THAT(*store_->subscriptions(), ElementsAre(who));
  EXPECT_EQ(*store_->subscription("sub-a"), who);
  EXPECT_EQ(*store_->subscription_with("secret"), who);
  EXPECT_EQ(*store_->subscription_with("other"), std::nullopt);
  EXPECT_EQ(*store_->issue("iss-a"), issue);
  EXPECT_THAT(*store_->due_mails(at(4), 9), IsEmpty());
  EXPECT_THAT(*store_->due_mails(at(5), 9), ElementsAre(mail));
  auto other = issue;
  other.content = "another one";
  auto again = mail;
  again.answer = "again";
  rewrite([&](store::Writer& writer) {
    EXPECT_EQ(*writer.put(other), Put::kUnchanged);
    EXPECT_EQ(*writer.put(again), Put::kUnchanged);
  });
  EXPECT_EQ(*store_->issue("iss-a"), issue);
  EXPECT_EQ(*store_->mail("mail-a"), mail);
  mail.state = model::Outgoing::State::kSent;
  mail.answer = "250 OK";
  rewrite([&](store::Writer& writer) { ASSERT_TRUE(writer.update(mail)); });
  EXPECT_THAT(*store_->due_mails(at(100), 9), IsEmpty());
  EXPECT_EQ(*store_->mail("mail-a"), mail);
}

TEST_P(Beside, AlertsAreKeptAndFoundByAddress) {
  model::Subscription alert;
  alert.id = "sub-b";
  alert.address = "https://hook.example/x";
  alert.query = "country:KP";
  alert.token = "t";
  alert.kind = model::Subscription::Kind::kAlert;
  alert.channel = model::Subscription::Channel::kWebhook;
  alert.told_change = 1LL << 40;
  alert.threshold = 3;
  alert.quiet = model::Seconds{86'400};
  alert.secret = "whsec_x";
  auto other = alert;
  other.id = "sub-a";
  other.token = "u";
  auto elsewhere = alert;
  elsewhere.id = "sub-c";
  elsewhere.token = "v";
  elsewhere.address = "https://hook.example/X";
  rewrite([&](store::Writer& writer) {
    for (const auto& one : {alert, other, elsewhere}) ASSERT_TRUE(writer.put(one));
  });
  EXPECT_THAT(*store_->subscriptions_to("https://hook.example/x"), ElementsAre(other, alert));
  EXPECT_THAT(*store_->subscriptions_to(""), IsEmpty());
}

TEST_P(Beside, IssuesOfASubscriptionAreThoseOfItsMails) {
  auto issue = [](const char* id, int made) {
    return model::Issue{id, "sony", "UTC", {at(1), at(2)}, at(made), "{}"};
  };
  auto mail = [](const char* id, const char* subscription, const char* issue_id) {
    return model::Outgoing{id, subscription, issue_id, model::Outgoing::State::kSent, 0, at(5), ""};
  };
  rewrite([&](store::Writer& writer) {
    for (const auto& one :
         {issue("iss-a", 3), issue("iss-b", 5), issue("iss-c", 5), issue("iss-d", 9)}) {
      ASSERT_TRUE(writer.put(one));
    }
    for (const auto& one : {mail("mail-1", "sub-a", "iss-a"), mail("mail-2", "sub-a", "iss-c"),
                            mail("mail-3", "sub-a", "iss-b"), mail("mail-4", "sub-b", "iss-d"),
                            mail("mail-5", "sub-a", "")}) {
      ASSERT_TRUE(writer.put(one));
    }
  });
  EXPECT_THAT(*store_->issues_of("sub-a", 9),
              ElementsAre(issue("iss-b", 5), issue("iss-c", 5), issue("iss-a", 3)));
  EXPECT_THAT(*store_->issues_of("sub-a", 1), ElementsAre(issue("iss-b", 5)));
  EXPECT_THAT(*store_->issues_of("sub-x", 9), IsEmpty());
}

TEST_P(Beside, TokensAreReplacedAndRemoved) {
  model::Token token{"tok-a", "ann", model::Role::kEditor, "0123", at(1)};
  rewrite([&](store::Writer& writer) { ASSERT_TRUE(writer.put(token)); });
  EXPECT_THAT(*store_->tokens(), ElementsAre(token));
  token.expires_at = at(2);
  rewrite([&](store::Writer& writer) { ASSERT_TRUE(writer.put(token)); });
  EXPECT_THAT(*store_->tokens(), ElementsAre(token));
  rewrite([&](store::Writer& writer) {
    EXPECT_TRUE(*writer.remove_token("tok-a"));
    EXPECT_FALSE(*writer.remove_token("tok-a"));
  });
  EXPECT_THAT(*store_->tokens(), IsEmpty());
}

TEST_P(Beside, ListsOfNamesAreReplacedAndRemoved) {
  model::NameList list{"gaz-a", "Actors", "CC0", "actors.json", {}, 3, 7, std::string("\0b", 2)};
  rewrite([&](store::Writer& writer) { ASSERT_TRUE(writer.put(list)); });
  EXPECT_THAT(*store_->name_lists(), ElementsAre(list));
  list.names = 8;
  rewrite([&](store::Writer& writer) { ASSERT_TRUE(writer.put(list)); });
  EXPECT_THAT(*store_->name_lists(), ElementsAre(list));
  rewrite([&](store::Writer& writer) {
    EXPECT_TRUE(*writer.remove_names("gaz-a"));
    EXPECT_FALSE(*writer.remove_names("gaz-a"));
  });
  EXPECT_THAT(*store_->name_lists(), IsEmpty());
}

TEST_P(Beside, WhatHasNoListOfItsOwnIsListed) {
  using store::Listed;
  write([](store::Writer& w) {
    for (const char* id : {"c", "a", "b"}) {
      ASSERT_TRUE(w.put(model::RawDocument{id, "", "x"}));
      ASSERT_TRUE(w.put(model::Issue{id, "q", "UTC", {at(1), at(2)}, at(3), "{}"}));
      ASSERT_TRUE(w.put(model::Outgoing{id, "s", id, model::Outgoing::State::kSent, 0, at(5), ""}));
      ASSERT_TRUE(w.set_source_state(id, "x"));
      ASSERT_TRUE(
          w.set_detections(id, {samples::outage("o1", at(1)), samples::outage("o2", at(2))}));
      ASSERT_TRUE(w.set_meta(id, "x"));
    }
    ASSERT_TRUE(w.set_meta("aa", ""));
    ASSERT_TRUE(w.set_detections("aa", {}));
  });
  for (auto what : {Listed::kRaw, Listed::kIssue, Listed::kMail, Listed::kSourceState,
                    Listed::kSeries, Listed::kMeta}) {
    auto page = *store_->listed(what, "", 2);
    EXPECT_THAT(page.ids, ElementsAre("a", "b"));
    EXPECT_EQ(page.next, "b");
    page = *store_->listed(what, page.next, 2);
    EXPECT_THAT(page.ids, ElementsAre("c"));
    EXPECT_EQ(page.next, "");
  }
}

TEST_P(Beside, WhatIsRestoredIsAsItWas) {
  auto entry = samples::entry("e");
  entry.gone_at = at(50);
  std::vector<model::Revision> revisions;
  for (int number = 1; number <= 3; ++number) {
    auto revision = samples::revision("text " + std::to_string(number % 2));
    revision.entry_id = "e";
    revision.number = number;
    revision.content_hash = "hash " + std::to_string(number % 2);
    revision.known_at = at(number);
    revisions.push_back(revision);
  }
  put(samples::entry("e"), samples::revision("other"));
  for (int round = 0; round < 2; ++round) {
    write([&](store::Writer& w) { ASSERT_TRUE(w.restore(entry, revisions)); });
    EXPECT_EQ(*store_->revisions("e"), revisions);
    EXPECT_EQ(store_->entry("e")->value().gone_at, at(50));
    EXPECT_THAT(found({{"text"}, {}, {}}), ElementsAre("e"));
    EXPECT_THAT(found({{"other"}, {}, {}}), IsEmpty());
    EXPECT_EQ(*store_->newest_change(), 1);
  }
  using store::Change;
  using store::ChangeKind;
  std::vector<Change> changes{{2, ChangeKind::kOutage, "o"}, {3, ChangeKind::kEntry, "e"}};
  write([&](store::Writer& w) { ASSERT_TRUE(w.restore_changes(1, changes)); });
  EXPECT_THAT(*store_->changes(1, 9), testing::ElementsAreArray(changes));
  write([&](store::Writer& w) { ASSERT_TRUE(w.restore_changes(2, {})); });
  EXPECT_EQ(*store_->newest_change(), 2);
}

}  // namespace
