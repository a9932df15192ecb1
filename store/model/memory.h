#pragma once

namespace model {

// Lets the allocator keep what documents leave free for the next one: glibc gives it back to the
// kernel after each and asks for it anew, page by page, which costs a fifth of reading a feed. Up
// to 16 MB stay. Called once, at the beginning of a program.
void keep_freed_memory();

// Gives back all that is free: after work that needs much and comes seldom.
void give_back_freed_memory();

}  // namespace model
