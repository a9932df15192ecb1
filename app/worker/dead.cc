#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/worker/jobs.h"
#include "app/worker/shop.h"

namespace app::worker {
namespace {

model::Result<std::unique_ptr<Nats>> connect(const WorkerOptions& options) {
  auto nats =
      Nats::connect(options.nats, "faultline worker dead", std::chrono::seconds(options.lease_s));
  if (!nats) return nats;
  if (auto done = declare_all(**nats); !done) return done.error();
  return nats;
}

void print(const Nats::Kept& kept, const DeadLetter& letter, bool json) {
  if (json) {
    fmt::print("{}\n",
               boost::json::serialize(boost::json::object{{"id", kept.number},
                                                          {"subject", letter.subject},
                                                          {"reason", letter.reason},
                                                          {"at", letter.at},
                                                          {"worker", letter.worker},
                                                          {"deliveries", letter.deliveries}}));
  } else {
    fmt::print("{}  {}  {}\n    {}\n", kept.number, letter.at, letter.subject, letter.reason);
  }
}

// Gives one to the workers again; false: an equal one is in the queue already, and it stays.
model::Result<bool> replay(Nats& nats, const Nats::Kept& kept) {
  auto letter = read_letter(kept.text);
  if (!letter) return letter.error();
  auto sent = nats.publish(letter->subject, letter->text, fmt::format("replay {}", kept.number));
  if (!sent) return sent.error();
  if (*sent == Sent::kFull) return false;
  if (auto done = nats.remove(kDeadStream, kept.number); !done) return done.error();
  return true;
}

}  // namespace

int list_dead(const WorkerOptions& options, const Context& context) {
  auto nats = connect(options);
  if (!nats) return fail(nats.error());
  auto all = (*nats)->list(kDeadStream);
  if (!all) return fail(all.error());
  for (const auto& kept : *all) {
    auto letter = read_letter(kept.text);
    print(kept, letter ? *letter : DeadLetter{"", letter.error().message, "", "", 0, kept.text},
          context.json);
  }
  if (all->empty() && !context.json) fmt::print("There is no dead letter.\n");
  return kDone;
}

int replay_dead(const WorkerOptions& options, const Context& /*context*/, const std::string& id) {
  auto nats = connect(options);
  if (!nats) return fail(nats.error());
  auto all = (*nats)->list(kDeadStream);
  if (!all) return fail(all.error());
  int replayed = 0, stayed = 0;
  for (const auto& kept : *all) {
    if (!id.empty() && id != std::to_string(kept.number)) continue;
    auto done = replay(**nats, kept);
    if (!done) return fail(done.error());
    ++(*done ? replayed : stayed);
  }
  if (!id.empty() && replayed + stayed == 0) {
    return fail({model::Errc::kNotFound,
                 fmt::format("no dead letter {}; faultline worker dead lists them", id)});
  }
  fmt::print("{} given to the workers again{}\n", replayed,
             stayed == 0 ? "" : fmt::format("; {} stay, since the queue has an equal one", stayed));
  return kDone;
}

}  // namespace app::worker
