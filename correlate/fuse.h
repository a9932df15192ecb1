#pragma once

#include <vector>

#include "store/model/outage.h"

namespace correlate {

// The pass `fuse`: records of the same outage, by several systems or broken into fragments, become
// one outage with all their measurements, each of which names the record that it rests on. Records
// that people reported, and such of another kind than an outage, are left out.
//
// Two records are of one outage when their scopes meet on the lattice (country ⊃ region ⊃ AS in a
// country ⊃ AS ⊃ prefix) and their times agree; see README.md for the rules. A gap that the finest
// measurement shows keeps two outages apart, unless another measurement that could have seen the
// gap did not.
//
// What the outage says: the scope that no record contradicts; start and end of the finest
// measurement; the widest disagreement stays readable in the measurements. Its id is that of the
// record that was heard of first, so that a later record revises it and never makes a second one.
//
// Depends on the set of records alone, not on their order. O(n log n); a record is held against at
// most 64 outages of its place that were going on. Ordered by start, then id. Pure.
std::vector<model::Outage> fuse(std::vector<model::Outage> records);

}  // namespace correlate
