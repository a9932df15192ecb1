#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/contract.h"
#include "tests/store/samples.h"

// What store/store.h promises of polls, for every backend.
namespace {

using contract::Contract;
using samples::at;
using store::Put;
using testing::ElementsAre;
using testing::IsEmpty;

TEST_P(Contract, PollsAreAddedUpdatedAndRemoved) {
  auto b = samples::poll("b"), a = samples::poll("a");
  EXPECT_EQ(put(b), Put::kAdded);
  EXPECT_EQ(put(a), Put::kAdded);
  auto changed = a;
  changed.next_poll.reset();
  EXPECT_EQ(put(changed), Put::kUnchanged);
  open();
  EXPECT_THAT(*store_->polls(), ElementsAre(a, b));
  write([&](store::Writer& w) {
    EXPECT_EQ(*w.update(a), Put::kUnchanged);
    EXPECT_EQ(*w.update(changed), Put::kRevised);
    EXPECT_EQ(*w.update(samples::poll("c")), Put::kUnchanged);
    EXPECT_EQ(*w.remove_poll("b"), true);
    EXPECT_EQ(*w.remove_poll("b"), false);
    EXPECT_EQ(*w.update(b), Put::kUnchanged);
  });
  EXPECT_THAT(*store_->polls(), ElementsAre(changed));
  EXPECT_EQ(*store_->poll("a"), changed);
  EXPECT_EQ(*store_->poll("b"), std::nullopt);
}

TEST_P(Contract, PollsAreGivenOutWhenTheyAreDue) {
  auto with = [](const char* url, std::optional<model::Instant> next) {
    auto poll = samples::poll(url);
    poll.next_poll = next;
    return poll;
  };
  auto a = with("a", at(20)), b = with("b", at(10)), c = with("c", at(20)), d = with("d", at(21));
  for (const auto& poll : {d, c, b, a, with("never", std::nullopt)}) put(poll);
  open();
  EXPECT_THAT(*store_->due_polls(at(20), 9), ElementsAre(b, a, c));
  EXPECT_THAT(*store_->due_polls(at(20), 2), ElementsAre(b, a));
  EXPECT_THAT(*store_->due_polls(at(9), 9), IsEmpty());
}

TEST_P(Contract, APollIsFoundByTheTokenThatItsHubCallsBack) {
  auto with = [](const char* url, const std::string& secret) {
    auto poll = samples::poll(url);
    poll.push.secret = secret;
    return poll;
  };
  const std::string odd = "a\\b'\xC3\xA9";
  auto a = with("a", std::string(64, 'a')), b = with("b", odd), none = with("none", "");
  for (const auto& poll : {a, b, none}) put(poll);
  open();
  EXPECT_EQ(*store_->poll_with_token(model::callback_token(a.push.secret)), a);
  EXPECT_EQ(*store_->poll_with_token(model::callback_token(odd)), b);
  EXPECT_EQ(*store_->poll_with_token(model::callback_token("")), std::nullopt);
  EXPECT_EQ(*store_->poll_with_token(model::callback_token("guessed")), std::nullopt);
  EXPECT_EQ(*store_->poll_with_token(""), std::nullopt);
  auto moved = a;
  moved.push.secret = std::string(64, 'c');
  write([&](store::Writer& w) {
    EXPECT_EQ(*w.update(moved), Put::kRevised);
    EXPECT_EQ(*w.remove_poll("b"), true);
  });
  EXPECT_EQ(*store_->poll_with_token(model::callback_token(a.push.secret)), std::nullopt);
  EXPECT_EQ(*store_->poll_with_token(model::callback_token(moved.push.secret)), moved);
  EXPECT_EQ(*store_->poll_with_token(model::callback_token(odd)), std::nullopt);
}

TEST_P(Contract, APollWithoutAnythingIsKeptSo) {
  model::Poll bare;
  bare.url = "x";
  EXPECT_EQ(put(bare), Put::kAdded);
  open();
  EXPECT_EQ(*store_->poll("x"), bare);
}

}  // namespace
