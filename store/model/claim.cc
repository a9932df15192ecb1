#include "store/model/claim.h"

#include <array>
#include <utility>

namespace model {
namespace {

// What the values of an enumeration are called. The first is what an unknown one is taken for.
template <typename Enum, std::size_t kSize>
using Names = std::array<std::pair<Enum, std::string_view>, kSize>;

constexpr Names<Happening, 15> kHappenings = {{{Happening::kOther, "other"},
                                               {Happening::kBreach, "breach"},
                                               {Happening::kLeak, "leak"},
                                               {Happening::kThreat, "threat"},
                                               {Happening::kCancellation, "cancellation"},
                                               {Happening::kAttribution, "attribution"},
                                               {Happening::kDenial, "denial"},
                                               {Happening::kSanctions, "sanctions"},
                                               {Happening::kRelease, "release"},
                                               {Happening::kAttack, "attack"},
                                               {Happening::kOutageStart, "outage-start"},
                                               {Happening::kOutageEnd, "outage-end"},
                                               {Happening::kOutage, "outage"},
                                               {Happening::kStatement, "statement"},
                                               {Happening::kRelapse, "relapse"}}};
constexpr Names<ClaimKind, 14> kClaims = {{{ClaimKind::kDuration, "duration"},
                                           {ClaimKind::kStart, "start"},
                                           {ClaimKind::kEnd, "end"},
                                           {ClaimKind::kScope, "scope"},
                                           {ClaimKind::kCause, "cause"},
                                           {ClaimKind::kOngoing, "ongoing"},
                                           {ClaimKind::kRecurs, "recurs"},
                                           {ClaimKind::kDepth, "depth"},
                                           {ClaimKind::kAttribution, "attribution"},
                                           {ClaimKind::kDemand, "demand"},
                                           {ClaimKind::kThreat, "threat"},
                                           {ClaimKind::kSanction, "sanction"},
                                           {ClaimKind::kDenial, "denial"},
                                           {ClaimKind::kStatement, "statement"}}};
constexpr Names<TimexType, 4> kTimexes = {{{TimexType::kDate, "DATE"},
                                           {TimexType::kTime, "TIME"},
                                           {TimexType::kDuration, "DURATION"},
                                           {TimexType::kSet, "SET"}}};
constexpr Names<MentionKind, 11> kMentions = {{{MentionKind::kPlace, "place"},
                                               {MentionKind::kName, "name"},
                                               {MentionKind::kNetwork, "network"},
                                               {MentionKind::kMeasurer, "measurer"},
                                               {MentionKind::kCable, "cable"},
                                               {MentionKind::kExchange, "exchange"},
                                               {MentionKind::kActor, "actor"},
                                               {MentionKind::kMalware, "malware"},
                                               {MentionKind::kOrganisation, "organisation"},
                                               {MentionKind::kPerson, "person"},
                                               {MentionKind::kWork, "work"}}};
constexpr Names<Voice, 3> kVoices = {
    {{Voice::kOwn, "own"}, {Voice::kReported, "reported"}, {Voice::kQuoted, "quoted"}}};
constexpr Names<Tense, 4> kTenses = {{{Tense::kNone, ""},
                                      {Tense::kPast, "past"},
                                      {Tense::kPresent, "present"},
                                      {Tense::kFuture, "future"}}};

template <typename Enum, std::size_t kSize>
constexpr std::string_view name_in(const Names<Enum, kSize>& names, Enum value) {
  for (const auto& [known, name] : names) {
    if (known == value) return name;
  }
  return names.front().second;
}

}  // namespace

std::string_view to_string(Happening kind) { return name_in(kHappenings, kind); }
std::string_view to_string(ClaimKind kind) { return name_in(kClaims, kind); }
std::string_view to_string(TimexType type) { return name_in(kTimexes, type); }
std::string_view to_string(MentionKind kind) { return name_in(kMentions, kind); }
std::string_view to_string(Voice voice) { return name_in(kVoices, voice); }
std::string_view to_string(Tense tense) { return name_in(kTenses, tense); }

}  // namespace model
