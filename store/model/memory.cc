#include "store/model/memory.h"

#include <malloc.h>

namespace model {

void keep_freed_memory() {
  constexpr int kMegabyte = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, 4 * kMegabyte);
  mallopt(M_TRIM_THRESHOLD, 16 * kMegabyte);
  mallopt(M_TOP_PAD, kMegabyte);
}

void give_back_freed_memory() { malloc_trim(0); }

std::size_t heap_in_use() {
  auto of = mallinfo2();
  return of.uordblks + of.hblkhd;
}

}  // namespace model
