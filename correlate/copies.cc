#include "correlate/copies.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "correlate/plain_words.h"
#include "store/model/link_key.h"
#include "store/model/text.h"

namespace correlate {
namespace {

constexpr std::size_t kShingle = 3;  // words
constexpr std::size_t kLeast = 64;
constexpr std::size_t kBands = 30, kRows = 3;
// More words than any report has; what comes behind them adds nothing to the sketch.
constexpr std::size_t kMostWords = 20'000;
constexpr std::size_t kLead = 80;          // words
constexpr std::size_t kFewestOfLead = 12;  // shingles
constexpr std::uint32_t kLeadSample = 4;   // of the hashes one in so many
constexpr std::size_t kMostOfTitle = 40;
constexpr double kLikeTitle = 0.5;  // of the words of both titles
constexpr std::size_t kFewestOfTitle = 2;

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of x moves every bit of it.
constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 0xCBF29CE484222325U;  // FNV-1a
  for (char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return mix(hash);
}

std::vector<std::uint64_t> words_of(std::string_view whole, std::size_t most) {
  auto text = model::fold(whole);
  std::vector<std::uint64_t> words;
  for (const auto& word : plain_words(text)) {
    words.push_back(hash_of(word.of(text)));
    if (words.size() == most) break;
  }
  return words;
}

std::vector<std::uint64_t> shingles_of(const std::vector<std::uint64_t>& words) {
  std::vector<std::uint64_t> out;
  auto many = words.size() < kShingle ? std::min<std::size_t>(words.size(), 1)
                                      : words.size() - kShingle + 1;
  for (std::size_t i = 0; i < many; ++i) {
    std::uint64_t hash = 0;
    for (std::size_t j = i; j < std::min(i + kShingle, words.size()); ++j) {
      hash = mix(hash + words[j]);
    }
    out.push_back(hash);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Sorted, each once, and no more memory than they need.
std::vector<std::uint32_t> short_hashes(const std::vector<std::uint64_t>& hashes) {
  std::vector<std::uint32_t> out;
  out.reserve(hashes.size());
  for (auto hash : hashes) out.push_back(static_cast<std::uint32_t>(hash));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// What tells the hash functions of MinHash apart.
constexpr auto kSeeds = [] {
  std::array<std::uint64_t, kBands * kRows> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = mix(i + 1);
  return out;
}();

// MinHashes, one for each row of each band, put together by band.
std::vector<std::uint32_t> bands_of(const std::vector<std::uint64_t>& shingles) {
  std::array<std::uint64_t, kBands * kRows> least{};
  least.fill(~std::uint64_t{0});
  for (auto shingle : shingles) {
    for (std::size_t i = 0; i < least.size(); ++i) {
      least[i] = std::min(least[i], (shingle ^ kSeeds[i]) * 0x9E3779B97F4A7C15U);
    }
  }
  std::vector<std::uint32_t> out;
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t hash = 0;
    for (std::size_t row = 0; row < kRows; ++row) hash = mix(hash + least[band * kRows + row]);
    out.push_back(static_cast<std::uint32_t>(hash));
  }
  return out;
}

bool is_copy(const Sketch& a, const Sketch& b, double share) {
  bool is_short = std::min(a.shingles, b.shingles) < kFewestShingles;
  return share >= (is_short ? 1.0 : kCopy);
}

// Whether they share the address and the better part of their titles' words.
bool same_article(const Sketch& a, const Sketch& b) {
  if (a.link.empty() || a.link != b.link) return false;
  std::vector<std::uint32_t> both;
  std::set_intersection(a.title.begin(), a.title.end(), b.title.begin(), b.title.end(),
                        std::back_inserter(both));
  auto all = a.title.size() + b.title.size() - both.size();
  return both.size() >= kFewestOfTitle &&
         static_cast<double>(both.size()) >= kLikeTitle * static_cast<double>(all);
}

void keep_once(std::vector<std::uint32_t>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

// Hashes of different bands must not meet.
std::uint32_t bucket_of(std::size_t band, std::uint32_t hash) {
  return hash ^ static_cast<std::uint32_t>(mix(band + 1));
}

std::uint32_t hash_of_link(const std::string& link) {
  return static_cast<std::uint32_t>(hash_of(link));
}

// A sketch; with `bands` those to find candidates by.
Sketch sketch_of(const Text& text, bool bands) {
  const auto& [title, body, canonical_url] = text;
  auto words = words_of(title, kMostWords);
  Sketch out;
  out.link = model::link_key(canonical_url);
  auto of_title = words;
  of_title.resize(std::min(of_title.size(), kMostOfTitle));
  out.title = short_hashes(of_title);
  auto of_body = words_of(body, kMostWords - words.size());
  words.insert(words.end(), of_body.begin(), of_body.end());
  auto shingles = shingles_of(words);
  out.shingles = shingles.size();
  if (shingles.empty()) return out;
  if (bands) out.bands = bands_of(shingles);
  out.least = short_hashes(shingles);
  if (out.least.size() > kLeast) out.least.resize(kLeast);
  out.least.shrink_to_fit();
  out.all_lead = of_body.size() <= kLead;
  of_body.resize(std::min(of_body.size(), kLead));
  out.lead = short_hashes(shingles_of(of_body));
  return out;
}

}  // namespace

Sketch sketch_of(std::string_view title, std::string_view body, std::string_view canonical_url) {
  return sketch_of(Text{title, body, canonical_url}, true);
}

double resemblance(const Sketch& a, const Sketch& b) {
  // Of the least hashes of both together, how many do both have?
  std::size_t all = 0, both = 0;
  auto x = a.least.begin(), y = b.least.begin();
  for (; all < kLeast && (x != a.least.end() || y != b.least.end()); ++all) {
    if (y == b.least.end() || (x != a.least.end() && *x < *y)) {
      ++x;
    } else if (x == a.least.end() || *y < *x) {
      ++y;
    } else {
      ++both, ++x, ++y;
    }
  }
  return all == 0 ? 0 : static_cast<double>(both) / static_cast<double>(all);
}

double beginning(const Sketch& a, const Sketch& b) {
  bool of_a = a.lead.size() != b.lead.size() ? a.lead.size() < b.lead.size() : a.all_lead;
  const auto& shorter = of_a ? a : b;
  const auto& longer = of_a ? b : a;
  if (shorter.lead.size() < kFewestOfLead) return 0;
  std::vector<std::uint32_t> both;
  std::set_intersection(shorter.lead.begin(), shorter.lead.end(), longer.lead.begin(),
                        longer.lead.end(), std::back_inserter(both));
  auto share = static_cast<double>(both.size()) / static_cast<double>(shorter.lead.size());
  return share >= (shorter.all_lead ? kBeginning : kSameBeginning) ? share : 0;
}

template <typename Look>
std::vector<std::uint32_t> CopyIndex::candidates(Look look) const {
  std::vector<std::uint32_t> out;
  if (pairs_ == Pairs::kAll) {
    for (std::uint32_t i = 0; i < sketches_.size(); ++i) out.push_back(i);
  } else {
    look(out);
    keep_once(out);
  }
  return out;
}

std::optional<CopyIndex::Match> CopyIndex::find_resembling(const Sketch& sketch) const {
  auto among = candidates([&](auto& to) {
    for (std::size_t band = 0; band < sketch.bands.size(); ++band) {
      buckets_.find(bucket_of(band, sketch.bands[band]), to);
    }
  });
  std::optional<Match> best;
  for (auto candidate : among) {
    const auto& other = *sketches_[candidate];
    auto share = resemblance(other, sketch);
    bool better = is_copy(other, sketch, share) && (!best || share > best->like.resemblance);
    if (better) best = Match{candidate, {share, 0, false}};
  }
  return best;
}

std::optional<CopyIndex::Match> CopyIndex::find_beginning(const Sketch& sketch) const {
  auto among = candidates([&](auto& to) {
    for (auto hash : sketch.lead) {
      if (hash % kLeadSample == 0) leads_.find(hash, to);
    }
  });
  std::optional<Match> best;
  for (auto candidate : among) {
    const auto& other = *sketches_[candidate];
    auto share = beginning(other, sketch);
    if (share == 0 || (best && share <= best->like.beginning)) continue;
    best = Match{candidate, {resemblance(other, sketch), share, false}};
  }
  return best;
}

std::optional<CopyIndex::Match> CopyIndex::find(const Sketch& sketch) const {
  auto best = find_resembling(sketch);
  if (!best) best = find_beginning(sketch);
  if (best || sketch.link.empty()) return best;
  return find_address(sketch);
}

std::optional<CopyIndex::Match> CopyIndex::find_address(const Sketch& sketch) const {
  auto among = candidates([&](auto& to) { links_.find(hash_of_link(sketch.link), to); });
  for (auto candidate : among) {
    const auto& other = *sketches_[candidate];
    if (same_article(other, sketch)) return Match{candidate, {resemblance(other, sketch), 0, true}};
  }
  return std::nullopt;
}

void CopyIndex::Chains::add(std::uint32_t hash, std::uint32_t number) {
  hash = std::max(hash, 1U);
  auto before = newest_.get(hash);
  links_.push_back({number, static_cast<std::uint32_t>(before)});
  newest_.add(hash, static_cast<std::int32_t>(links_.size()) - before);
}

void CopyIndex::Chains::take_back(std::uint32_t hash) {
  hash = std::max(hash, 1U);
  auto place = newest_.get(hash);
  newest_.add(hash, static_cast<std::int32_t>(links_.back().before) - place);
  links_.pop_back();
}

void CopyIndex::Chains::find(std::uint32_t hash, std::vector<std::uint32_t>& to) const {
  auto place = static_cast<std::uint32_t>(newest_.get(std::max(hash, 1U)));
  for (std::size_t i = 0; i < most_ && place != 0; ++i) {
    to.push_back(links_[place - 1].number);
    place = links_[place - 1].before;
  }
}

void CopyIndex::add(const Sketch& sketch) {
  auto number = static_cast<std::uint32_t>(sketches_.size());
  sketches_.push_back(&sketch);
  if (pairs_ == Pairs::kAll) return;
  for (std::size_t band = 0; band < sketch.bands.size(); ++band) {
    buckets_.add(bucket_of(band, sketch.bands[band]), number);
  }
  for (auto hash : sketch.lead) {
    if (hash % kLeadSample == 0) leads_.add(hash, number);
  }
  if (!sketch.link.empty()) links_.add(hash_of_link(sketch.link), number);
}

std::size_t CopyIndex::bytes() const {
  return buckets_.bytes() + leads_.bytes() + links_.bytes() + sketches_.capacity() * sizeof(void*);
}

void CopyIndex::take_back() {
  if (pairs_ == Pairs::kAll) return sketches_.pop_back();
  const auto& sketch = *sketches_.back();
  for (auto band = sketch.bands.size(); band > 0; --band) {
    buckets_.take_back(bucket_of(band - 1, sketch.bands[band - 1]));
  }
  for (auto hash = sketch.lead.rbegin(); hash != sketch.lead.rend(); ++hash) {
    if (*hash % kLeadSample == 0) leads_.take_back(*hash);
  }
  if (!sketch.link.empty()) links_.take_back(hash_of_link(sketch.link));
  sketches_.pop_back();
}

std::vector<std::optional<CopyIndex::Match>> copies_among(const std::vector<Text>& texts) {
  constexpr std::size_t kFew = 16;
  bool few = texts.size() <= kFew;
  CopyIndex index(few ? CopyIndex::Pairs::kAll : CopyIndex::Pairs::kCandidates);
  std::vector<Sketch> sketches;
  for (const auto& text : texts) sketches.push_back(sketch_of(text, !few));
  std::vector<std::optional<CopyIndex::Match>> out;
  for (const auto& sketch : sketches) {
    out.push_back(index.find(sketch));
    index.add(sketch);
  }
  return out;
}

std::string copy_reason(const Likeness& like) {
  if (like.address) return "near-copy: the same article's address, and a like title";
  if (like.beginning > 0) {
    return fmt::format("near-copy: as the other begins, {:.0f} % of the words in the same order",
                       std::floor(like.beginning * 100));
  }
  return fmt::format("near-copy: {:.0f} % of the words in the same order",
                     std::floor(like.resemblance * 100));
}

std::vector<Copy> copies_of(const model::Revision& revision,
                            const std::vector<model::Revision>& others) {
  auto own = sketch_of(revision.title, revision.body, revision.canonical_url);
  std::vector<Copy> out;
  for (const auto& other : others) {
    auto sketch = sketch_of(other.title, other.body, other.canonical_url);
    Likeness like{resemblance(own, sketch), 0, false};
    bool copy = is_copy(own, sketch, like.resemblance);
    if (!copy) like.beginning = beginning(own, sketch);
    like.address = !copy && like.beginning == 0 && same_article(own, sketch);
    copy = copy || like.beginning > 0 || like.address;
    if (copy) out.push_back({other.entry_id, like.resemblance, copy_reason(like)});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Copy& a, const Copy& b) { return a.share > b.share; });
  return out;
}

}  // namespace correlate
