#pragma once

#include "feeds/outages/mrt/message.h"
#include "feeds/outages/mrt/text.h"

namespace feeds::outages::mrt {

// Writes records as bgpdump 1.6.2 does with -m: one line for each announcement, withdrawal, state
// change and table entry, fields separated by "|". Which records have no line, and what of
// bgpdump's own slips is kept so that outputs can be compared, stands in the README. One printer
// for one stream: a table's entries refer to its table of peers.
class Printer {
 public:
  // A network's bits behind its length are printed as zeros, as bgpdump does since its next version
  // (RFC 4271 section 4.3: they mean nothing). `host_bits`: as they were sent, as 1.6.2 does.
  explicit Printer(Notes& notes, bool host_bits = false) : notes_(notes), host_bits_(host_bits) {}
  // Appends the record's lines.
  void print(const Record& record, Text& out);

 private:
  void message(const Record& record, Text& out);
  void old_update(const Record& record, const Message& message, Text& out);
  void update(const Record& record, const Message& message, Text& out);
  void withdraw_all(const Message& message, Text& out);
  void withdraw(const Message& message, Bytes list, bool v6, Text& out);
  void announce(const Message& message, Bytes list, bool v6, Text& out);
  void reached(const Message& message, const Networks& family, Text& out);
  void state_change(const Record& record, Text& out);
  void table(const Record& record, Text& out);
  void table_v2(const Record& record, Text& out);
  void rib(const Record& record, Text& out);
  void begin_tail(const Attributes& attributes);
  void end_tail(const Attributes& attributes);
  void preference(const Attributes& attributes, bool as_signed);

  Notes& notes_;
  bool host_bits_;
  PeerTable peers_;
  Update update_;
  TableEntry entry_;
  RibEntry rib_entry_;
  Text head_;  // of all lines of a message: up to the network
  Text tail_;  // and from there on
};

}  // namespace feeds::outages::mrt
