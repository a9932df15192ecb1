#include "store/sql/samples.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include <zstd.h>

#include "store/sql/json.h"

namespace store::sql {
namespace {

constexpr char kVersion = 1;
constexpr char kXor = 7;  // else the power of ten, 0 … 6
constexpr std::array<double, 7> kTens = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
constexpr double kLargestWhole = 9007199254740992;  // 2^53
constexpr int kLevel = 6;
// A block of kBlockSamples never needs more: ten bytes a varint, and the runs.
constexpr std::size_t kMostBytes = kBlockSamples * 20 + 16;

double ten_of(char how) { return kTens[static_cast<unsigned char>(how)]; }

void put(std::string& out, std::uint64_t number) {
  for (; number >= 128; number >>= 7U) out += static_cast<char>(number | 128U);
  out += static_cast<char>(number);
}

std::optional<std::uint64_t> get(std::string_view& in) {
  std::uint64_t out = 0;
  for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
    auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    out |= static_cast<std::uint64_t>(byte & 127U) << shift;
    if (byte < 128) return out;
  }
  return std::nullopt;
}

std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }

// The value as a whole number of 1/ten, when it comes back from that bit for bit.
std::optional<std::int64_t> whole(double value, double ten) {
  double scaled = std::nearbyint(value * ten);
  if (!(std::abs(scaled) <= kLargestWhole)) return std::nullopt;
  auto number = static_cast<std::int64_t>(scaled);  // -0 becomes 0, which is seen here:
  if (bits_of(static_cast<double>(number) / ten) != bits_of(value)) return std::nullopt;
  return number;
}

char scale_of(const std::vector<double>& values) {
  for (std::size_t power = 0; power < kTens.size(); ++power) {
    bool fits = true;
    for (double value : values) fits = fits && whole(value, kTens[power]).has_value();
    if (fits) return static_cast<char>(power);
  }
  return kXor;
}

void put_whole(std::string& out, const std::vector<double>& values, double ten) {
  std::int64_t before = 0;
  for (double value : values) {
    auto now = *whole(value, ten);
    auto step = static_cast<std::uint64_t>(now - before);
    put(out, (step << 1U) ^ (now < before ? ~std::uint64_t{0} : 0));
    before = now;
  }
}

bool get_whole(std::string_view& in, std::vector<double>& values, double ten) {
  std::uint64_t now = 0;
  for (double& value : values) {
    auto step = get(in);
    if (!step) return false;
    now += (*step >> 1U) ^ ((*step & 1U) != 0 ? ~std::uint64_t{0} : 0);
    value = static_cast<double>(static_cast<std::int64_t>(now)) / ten;
  }
  return true;
}

void put_xor(std::string& out, const std::vector<double>& values) {
  for (unsigned place = 0; place < 8; ++place) {
    std::uint64_t before = 0;
    for (double value : values) {
      out += static_cast<char>((bits_of(value) ^ before) >> (8 * place));
      before = bits_of(value);
    }
  }
}

bool get_xor(std::string_view& in, std::vector<double>& values) {
  if (in.size() < 8 * values.size()) return false;
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::uint64_t bits = 0;
    for (unsigned place = 0; place < 8; ++place) {
      auto byte = static_cast<unsigned char>(in[place * values.size() + i]);
      bits |= static_cast<std::uint64_t>(byte) << (8 * place);
    }
    before ^= bits;
    values[i] = std::bit_cast<double>(before);
  }
  in.remove_prefix(8 * values.size());
  return true;
}

// Which samples are there: lengths of runs, there first.
void put_runs(std::string& out, Samples samples) {
  bool there = true;
  std::uint64_t length = 0;
  for (const auto& sample : samples) {
    if (sample.has_value() != there) {
      put(out, length);
      length = 0;
      there = !there;
    }
    ++length;
  }
  put(out, length);
}

// The places of the samples that are there; nothing when the runs do not add up to `count`.
std::optional<std::vector<std::size_t>> get_runs(std::string_view& in, std::size_t count) {
  std::vector<std::size_t> out;
  bool there = true;
  for (std::size_t at = 0; at < count; there = !there) {
    auto length = get(in);
    if (!length || *length > count - at || (*length == 0 && at > 0)) return std::nullopt;
    for (std::size_t i = 0; there && i < *length; ++i) out.push_back(at + i);
    at += *length;
  }
  return out;
}

std::optional<std::string> unzstd(std::string_view in) {
  auto size = ZSTD_getFrameContentSize(in.data(), in.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMostBytes) {
    return std::nullopt;
  }
  std::string out(size, '\0');
  auto got = ZSTD_decompress(out.data(), out.size(), in.data(), in.size());
  if (ZSTD_isError(got) != 0 || got != size) return std::nullopt;
  return out;
}

}  // namespace

std::string pack(Samples samples) {
  std::vector<double> values;
  for (const auto& sample : samples) {
    if (sample) values.push_back(*sample);
  }
  char how = scale_of(values);
  std::string plain;
  put_runs(plain, samples);
  if (how == kXor) {
    put_xor(plain, values);
  } else {
    put_whole(plain, values, ten_of(how));
  }
  std::string out = {kVersion, how};
  put(out, samples.size());
  auto head = out.size();
  out.resize(head + ZSTD_compressBound(plain.size()));
  auto size =
      ZSTD_compress(out.data() + head, out.size() - head, plain.data(), plain.size(), kLevel);
  out.resize(head + size);
  return out;
}

std::optional<std::vector<std::optional<double>>> unpack(std::string_view bytes) {
  if (bytes.starts_with('[')) {
    std::vector<std::optional<double>> samples;
    return from_json(bytes, samples) ? std::optional(std::move(samples)) : std::nullopt;
  }
  if (bytes.size() < 3 || bytes[0] != kVersion) return std::nullopt;
  char how = bytes[1];
  bytes.remove_prefix(2);
  auto count = get(bytes);
  if (!count || *count > kBlockSamples || how < 0 || how > kXor) return std::nullopt;
  auto plain = unzstd(bytes);
  if (!plain) return std::nullopt;
  std::string_view in = *plain;
  auto places = get_runs(in, *count);
  if (!places) return std::nullopt;
  std::vector<double> values(places->size());
  bool read = how == kXor ? get_xor(in, values) : get_whole(in, values, ten_of(how));
  if (!read) return std::nullopt;
  std::vector<std::optional<double>> out(*count);
  for (std::size_t i = 0; i < values.size(); ++i) out[(*places)[i]] = values[i];
  return out;
}

}  // namespace store::sql
