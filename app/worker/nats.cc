#include "app/worker/nats.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <nats/nats.h>
#include <spdlog/spdlog.h>

#include "app/worker/keeper.h"

namespace app::worker {
namespace {

using model::Errc;
using model::Error;
using model::Result;
using model::Status;
using namespace std::chrono_literals;

constexpr std::int64_t kNanoseconds = 1'000'000'000;
// Errors of the server's API.
constexpr int kNotFound = 10059, kNoMessage = 10037, kInUse = 10058, kFull = 10077;
// Deliveries under way at a time, of all workers together.
constexpr std::int64_t kMostUnderWay = 2000;

template <typename T, void (*kDestroy)(T*)>
struct Destroy {
  void operator()(T* one) const { kDestroy(one); }
};
template <typename T, void (*kDestroy)(T*)>
using Owned = std::unique_ptr<T, Destroy<T, kDestroy>>;
using Options = Owned<natsOptions, natsOptions_Destroy>;
using Connection = Owned<natsConnection, natsConnection_Destroy>;
using Context = Owned<jsCtx, jsCtx_Destroy>;
using Message = Owned<natsMsg, natsMsg_Destroy>;
// Messages refer to the subscription that they came by, also when they are acknowledged, and do not
// keep it alive: whoever has one holds the other.
using Subscription = std::shared_ptr<natsSubscription>;

// The URL without user and password.
std::string shown(const std::string& url) {
  auto begin = url.find("://");
  auto from = begin == std::string::npos ? 0 : begin + 3;
  auto at = url.rfind('@');
  return at == std::string::npos || at < from ? url : url.substr(0, from) + url.substr(at + 1);
}

// Why there is no connection, and what to do.
Error unreachable(natsStatus status, const std::string& url) {
  if (status == NATS_ADDRESS_MISSING || status == NATS_INVALID_ARG) {
    return {Errc::kInvalid, fmt::format("“{}” is no address of a NATS server; write it as "
                                        "nats://USER:PASSWORD@HOST:4222.",
                                        shown(url))};
  }
  if (status == NATS_CONNECTION_AUTH_FAILED || status == NATS_NOT_PERMITTED) {
    return {Errc::kIo, fmt::format("The NATS server at {} does not let us in; check the user and "
                                   "the password in its address.",
                                   shown(url))};
  }
  return {Errc::kIo, fmt::format("The NATS server at {} cannot be reached ({}); start it or check "
                                 "its address.",
                                 shown(url), natsStatus_GetText(status))};
}

// What libnats' own thread tells of; it may do so until the connection has told that it is closed.
struct Told {
  std::string name;
  std::atomic<bool> ending = false, closed = false;
};
void on_lost(natsConnection* /*connection*/, void* told) {
  const auto& of = *static_cast<Told*>(told);
  if (!of.ending) spdlog::warn("{} is gone; waiting until it is there again", of.name);
}
void on_back(natsConnection* /*connection*/, void* told) {
  spdlog::info("{} is there again; going on", static_cast<Told*>(told)->name);
}
void on_closed(natsConnection* /*connection*/, void* told) {
  static_cast<Told*>(told)->closed = true;
}
// What else goes wrong is told by the call that it goes wrong in.
void on_error(natsConnection* /*connection*/, natsSubscription* /*subscription*/,
              natsStatus /*error*/, void* /*name*/) {}

class JetDelivery final : public Delivery {
 public:
  JetDelivery(Subscription subscription, Message message, Keeper& keeper,
              std::chrono::seconds silence)
      : subscription_(std::move(subscription)), message_(std::move(message)), keeper_(keeper) {
    jsMsgMetaData* about = nullptr;
    if (natsMsg_GetMetaData(&about, message_.get()) == NATS_OK) {
      number_ = static_cast<std::int64_t>(about->Sequence.Stream);
      deliveries_ = static_cast<std::int64_t>(about->NumDelivered);
      jsMsgMetaData_Destroy(about);
    }
    keeper_.add(message_.get(), silence);
  }
  ~JetDelivery() override { keeper_.remove(message_.get()); }
  JetDelivery(const JetDelivery&) = delete;
  JetDelivery& operator=(const JetDelivery&) = delete;

  std::string subject() const override { return natsMsg_GetSubject(message_.get()); }
  std::string text() const override {
    return {natsMsg_GetData(message_.get()),
            static_cast<std::size_t>(natsMsg_GetDataLength(message_.get()))};
  }
  std::int64_t number() const override { return number_; }
  std::int64_t deliveries() const override { return deliveries_; }
  void touch() override { keeper_.touch(message_.get()); }
  // Where the word does not arrive, the message comes again, which is harmless.
  void done() override {
    keeper_.remove(message_.get());
    natsMsg_Ack(message_.get(), nullptr);
  }
  void put_off(std::chrono::seconds delay) override {
    keeper_.remove(message_.get());
    natsMsg_NakWithDelay(message_.get(), std::chrono::milliseconds(delay).count(), nullptr);
  }

 private:
  Subscription subscription_;  // goes after the message
  Message message_;
  Keeper& keeper_;
  std::int64_t number_ = 0, deliveries_ = 0;
};

class JetStream final : public Nats {
 public:
  JetStream(std::string name, std::chrono::seconds lease)
      : name_(std::move(name)), lease_(lease), keeper_(lease) {
    told_->name = name_;
  }
  ~JetStream() override {
    if (connection_ == nullptr) return;
    told_->ending = true;
    natsConnection_FlushTimeout(connection_.get(), 1000);
    natsConnection_Close(connection_.get());
    constexpr int kTries = 500;
    for (int i = 0; i < kTries && !told_->closed; ++i) std::this_thread::sleep_for(10ms);
    // Rather a few bytes too many than a word to nobody.
    if (!told_->closed) (void)told_.release();
  }
  JetStream(const JetStream&) = delete;
  JetStream& operator=(const JetStream&) = delete;

  Status open(const std::string& url, const std::string& client) {
    natsOptions* made = nullptr;
    auto status = natsOptions_Create(&made);
    Options options(made);
    if (status == NATS_OK) status = natsOptions_SetURL(made, url.c_str());
    if (status == NATS_OK) status = natsOptions_SetName(made, client.c_str());
    if (status == NATS_OK) status = natsOptions_SetMaxReconnect(made, -1);
    if (status == NATS_OK) status = natsOptions_SetReconnectWait(made, 500);
    if (status == NATS_OK) status = natsOptions_SetPingInterval(made, 5000);
    if (status == NATS_OK) status = natsOptions_SetMaxPingsOut(made, 3);
    if (status == NATS_OK) status = natsOptions_SetFailRequestsOnDisconnect(made, true);
    if (status == NATS_OK) status = natsOptions_SetDisconnectedCB(made, on_lost, told_.get());
    if (status == NATS_OK) status = natsOptions_SetReconnectedCB(made, on_back, told_.get());
    if (status == NATS_OK) status = natsOptions_SetClosedCB(made, on_closed, told_.get());
    if (status == NATS_OK) status = natsOptions_SetErrorHandler(made, on_error, nullptr);
    natsConnection* connection = nullptr;
    if (status == NATS_OK) status = natsConnection_Connect(&connection, made);
    if (status != NATS_OK) return unreachable(status, url);
    connection_.reset(connection);
    jsCtx* context = nullptr;
    status = natsConnection_JetStream(&context, connection, nullptr);
    context_.reset(context);
    jsAccountInfo* account = nullptr;
    jsErrCode code{};
    if (status == NATS_OK) status = js_GetAccountInfo(&account, context, nullptr, &code);
    jsAccountInfo_Destroy(account);
    if (status == NATS_OK) return {};
    return Error{Errc::kIo, fmt::format("{} has no JetStream for us ({}); start it with -js.",
                                        name_, natsStatus_GetText(status))};
  }

  Status declare(const StreamSettings& settings) override {
    if (auto there = connected(); !there) return there;
    jsStreamConfig stream;
    jsStreamConfig_Init(&stream);
    const char* subjects[] = {settings.subject.c_str()};
    stream.Name = settings.name.c_str();
    stream.Subjects = subjects;
    stream.SubjectsLen = 1;
    stream.Retention = settings.is_queue ? js_WorkQueuePolicy : js_LimitsPolicy;
    stream.Storage = js_FileStorage;
    stream.MaxMsgs = settings.most;
    stream.MaxMsgsPerSubject = settings.one_a_subject ? 1 : -1;
    stream.Discard = js_DiscardNew;
    stream.DiscardNewPerSubject = settings.one_a_subject;
    stream.Duplicates = 120 * kNanoseconds;
    jsErrCode code{};
    auto status = js_AddStream(nullptr, context_.get(), &stream, nullptr, &code);
    if (status != NATS_OK && static_cast<int>(code) == kInUse) {
      status = js_UpdateStream(nullptr, context_.get(), &stream, nullptr, &code);
    }
    if (status != NATS_OK) return failed("does not make the stream " + settings.name, status, code);
    if (!settings.is_queue) return {};
    jsConsumerConfig consumer;
    jsConsumerConfig_Init(&consumer);
    consumer.Durable = settings.name.c_str();
    consumer.AckPolicy = js_AckExplicit;
    consumer.AckWait = lease_.count() * kNanoseconds;
    consumer.MaxDeliver = -1;
    consumer.MaxAckPending = kMostUnderWay;
    status =
        js_AddConsumer(nullptr, context_.get(), settings.name.c_str(), &consumer, nullptr, &code);
    if (status != NATS_OK) return failed("makes no consumer for " + settings.name, status, code);
    return {};
  }

  Result<Sent> publish(const std::string& subject, const std::string& text,
                       const std::string& id) override {
    if (auto there = connected(); !there) return there.error();
    jsPubOptions options;
    jsPubOptions_Init(&options);
    if (!id.empty()) options.MsgId = id.c_str();
    jsPubAck* answer = nullptr;
    jsErrCode code{};
    auto status = js_Publish(&answer, context_.get(), subject.c_str(), text.data(),
                             static_cast<int>(text.size()), &options, &code);
    bool known = answer != nullptr && answer->Duplicate;
    jsPubAck_Destroy(answer);
    if (status == NATS_OK) return known ? Sent::kKnown : Sent::kKept;
    if (static_cast<int>(code) == kFull) return Sent::kFull;
    return failed("did not take a message", status, code);
  }

  Result<std::vector<std::unique_ptr<Delivery>>> take(const std::string& stream, int most,
                                                      std::chrono::milliseconds patience,
                                                      std::chrono::seconds silence) override {
    std::vector<std::unique_ptr<Delivery>> out;
    if (auto there = connected(); !there) return there.error();
    auto subscription = subscription_to(stream);
    if (!subscription) return subscription.error();
    natsMsgList list{};
    jsErrCode code{};
    auto status = natsSubscription_Fetch(&list, subscription->get(), most, patience.count(), &code);
    // NATS_NOT_FOUND: the answer to an earlier request, for which we had not waited long enough.
    if (status == NATS_TIMEOUT || status == NATS_NOT_FOUND) return out;
    if (status != NATS_OK) {
      std::lock_guard lock(mutex_);
      subscriptions_.erase(stream);
      return failed("gives nothing out of " + stream, status, code);
    }
    for (int i = 0; i < list.Count; ++i) {
      out.push_back(
          std::make_unique<JetDelivery>(*subscription, Message(list.Msgs[i]), keeper_, silence));
      list.Msgs[i] = nullptr;
    }
    natsMsgList_Destroy(&list);
    return out;
  }

  Result<QueueState> state(const std::string& stream) override {
    QueueState out;
    jsErrCode code{};
    jsStreamInfo* info = nullptr;
    auto status = js_GetStreamInfo(&info, context_.get(), stream.c_str(), nullptr, &code);
    if (status != NATS_OK) return failed("does not tell of " + stream, status, code);
    out.messages = static_cast<std::int64_t>(info->State.Msgs);
    jsStreamInfo_Destroy(info);
    jsConsumerInfo* consumer = nullptr;
    status = js_GetConsumerInfo(&consumer, context_.get(), stream.c_str(), stream.c_str(), nullptr,
                                &code);
    if (status != NATS_OK) return failed("does not tell of " + stream, status, code);
    out.has_workers = consumer->NumWaiting > 0 || consumer->NumAckPending > 0;
    jsConsumerInfo_Destroy(consumer);
    return out;
  }

  Result<std::vector<Kept>> list(const std::string& stream) override {
    jsStreamInfo* info = nullptr;
    jsErrCode code{};
    auto status = js_GetStreamInfo(&info, context_.get(), stream.c_str(), nullptr, &code);
    if (status != NATS_OK) return failed("does not tell of " + stream, status, code);
    // 0 where there was no message yet; their numbers begin at 1.
    auto first = std::max<std::int64_t>(1, static_cast<std::int64_t>(info->State.FirstSeq));
    auto last = static_cast<std::int64_t>(info->State.LastSeq);
    jsStreamInfo_Destroy(info);
    std::vector<Kept> out;
    for (auto number = first; number <= last; ++number) {
      auto one = get(stream, number);
      if (!one) return one.error();
      if (*one) out.push_back(**std::move(one));
    }
    return out;
  }

  Result<std::optional<Kept>> get(const std::string& stream, std::int64_t number) override {
    natsMsg* message = nullptr;
    jsErrCode code{};
    auto status = js_GetMsg(&message, context_.get(), stream.c_str(),
                            static_cast<std::uint64_t>(number), nullptr, &code);
    Message owned(message);
    bool none = status == NATS_NOT_FOUND || static_cast<int>(code) == kNoMessage;
    if (none) return std::optional<Kept>();
    if (status != NATS_OK) return failed("does not show a message of " + stream, status, code);
    return std::optional(
        Kept{number, std::string(natsMsg_GetData(message),
                                 static_cast<std::size_t>(natsMsg_GetDataLength(message)))});
  }

  Status remove(const std::string& stream, std::int64_t number) override {
    jsErrCode code{};
    auto status = js_DeleteMsg(context_.get(), stream.c_str(), static_cast<std::uint64_t>(number),
                               nullptr, &code);
    return status == NATS_OK ? Status() : failed("did not delete a message", status, code);
  }

 private:
  // Without a connection libnats keeps what we ask for until there is one, and then asks for all of
  // it at once, when nobody waits for the answers any more.
  Status connected() {
    if (natsConnection_Status(connection_.get()) == NATS_CONN_STATUS_CONNECTED) return {};
    return Error{Errc::kIo, name_ + " is gone."};
  }
  Error failed(const std::string& what, natsStatus status, jsErrCode code) const {
    auto number = static_cast<int>(code);
    auto why = number == 0 ? std::string(natsStatus_GetText(status))
                           : fmt::format("{}, {}", natsStatus_GetText(status), number);
    return {number == kNotFound ? Errc::kNotFound : Errc::kIo,
            fmt::format("{} {} ({}).", name_, what, why)};
  }

  Result<Subscription> subscription_to(const std::string& stream) {
    std::lock_guard lock(mutex_);
    auto& subscription = subscriptions_[stream];
    if (subscription != nullptr) return subscription;
    jsSubOptions options;
    jsSubOptions_Init(&options);
    options.Stream = stream.c_str();
    options.Consumer = stream.c_str();
    natsSubscription* made = nullptr;
    jsErrCode code{};
    auto status =
        js_PullSubscribe(&made, context_.get(), nullptr, stream.c_str(), nullptr, &options, &code);
    if (status != NATS_OK) {
      subscriptions_.erase(stream);
      return failed("gives nothing out of " + stream, status, code);
    }
    subscription = Subscription(made, natsSubscription_Destroy);
    return subscription;
  }

  std::string name_;
  std::unique_ptr<Told> told_ = std::make_unique<Told>();
  std::chrono::seconds lease_;
  Connection connection_;
  Context context_;
  std::mutex mutex_;
  std::map<std::string, Subscription> subscriptions_;
  Keeper keeper_;
};

}  // namespace

Result<std::unique_ptr<Nats>> Nats::connect(const std::string& url, const std::string& name,
                                            std::chrono::seconds lease) {
  if (!url.starts_with("nats://") && !url.starts_with("tls://")) {
    return unreachable(NATS_ADDRESS_MISSING, url);
  }
  auto out = std::make_unique<JetStream>("The NATS server at " + shown(url), lease);
  if (auto opened = out->open(url, name); !opened) return opened.error();
  return std::unique_ptr<Nats>(std::move(out));
}

}  // namespace app::worker
