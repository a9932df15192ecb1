#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace correlate::train {

template <std::size_t kSize>
using Square = std::array<std::array<double, kSize>, kSize>;

// x of a · x = b, by Gauss's elimination with pivots. Directions that `a` knows nothing of stay 0.
template <std::size_t kSize>
std::array<double, kSize> solve(Square<kSize> a, std::array<double, kSize> b) {
  for (std::size_t column = 0; column < kSize; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < kSize; ++row) {
      if (std::abs(a[row][column]) > std::abs(a[pivot][column])) pivot = row;
    }
    std::swap(a[column], a[pivot]);
    std::swap(b[column], b[pivot]);
    if (std::abs(a[column][column]) < 1e-12) continue;
    for (std::size_t row = column + 1; row < kSize; ++row) {
      double by = a[row][column] / a[column][column];
      for (std::size_t k = column; k < kSize; ++k) a[row][k] -= by * a[column][k];
      b[row] -= by * b[column];
    }
  }
  std::array<double, kSize> x{};
  for (std::size_t row = kSize; row-- > 0;) {
    double rest = b[row];
    for (std::size_t k = row + 1; k < kSize; ++k) rest -= a[row][k] * x[k];
    x[row] = std::abs(a[row][row]) < 1e-12 ? 0 : rest / a[row][row];
  }
  return x;
}

}  // namespace correlate::train
