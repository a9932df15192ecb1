#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Samples of a signal ⇄ bytes, bit for bit.
namespace store::sql {

using Samples = std::span<const std::optional<double>>;

// A series is kept in blocks of so many samples: one more sample rewrites the last block, and not a
// year. A week of five minutes.
inline constexpr std::size_t kBlockSamples = 2016;

// At most kBlockSamples samples. What is written: how, how many, and one zstd frame of the lengths
// of the runs that are there and not there in turn, then the values that are. Where all are whole
// numbers of a power of ten (10^0 … 10^-6) that come back exactly: differences, zigzag, as varints;
// else XOR with the value before (as in Gorilla, Pelkonen et al. 2015), its bytes sorted by place,
// so that those that hardly change lie together.
std::string pack(Samples samples);

// Nothing when `bytes` are not what pack() gives. Also reads what stood here before there were
// blocks: all samples of a signal as JSON.
std::optional<std::vector<std::optional<double>>> unpack(std::string_view bytes);

}  // namespace store::sql
