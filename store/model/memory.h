#pragma once

#include <cstddef>

namespace model {

// Lets the allocator keep what documents leave free for the next one: glibc gives it back to the
// kernel after each and asks for it anew, page by page, which costs a fifth of reading a feed. Up
// to 16 MB stay. Called once, at the beginning of a program.
void keep_freed_memory();

// Gives back all that is free: after work that needs much and comes seldom.
void give_back_freed_memory();

// Bytes that the program has asked the allocator for and not freed. What the process holds beyond
// them is the allocator's: freed and not given back.
std::size_t heap_in_use();

}  // namespace model
