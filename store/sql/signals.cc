#include "store/sql/signals.h"

#include <algorithm>
#include <utility>

#include "store/sql/columns.h"
#include "store/sql/rows.h"
#include "store/sql/samples.h"

namespace store::sql {
namespace {

// How blocks are kept: all in one table, or by the month in which each begins. Then statements name
// the time too, so that no more months are asked than the signal has.
struct Ways {
  std::string_view head, read, put, cut;
};
constexpr Ways kTogether = {
    "SELECT *, 0 FROM signals WHERE ",
    "SELECT block, samples FROM signal_blocks WHERE signal = ? "
    "ORDER BY block",
    "INSERT INTO signal_blocks VALUES (?, ?, ?) ON CONFLICT (signal, block) DO UPDATE SET samples "
    "= excluded.samples",
    "DELETE FROM signal_blocks WHERE signal = ? AND block >= ?"};
constexpr Ways kByMonth = {
    "SELECT * FROM signals WHERE ",
    "SELECT block, samples FROM signal_blocks WHERE signal = ? AND start_at >= ? AND start_at <= ? "
    "ORDER BY block",
    "INSERT INTO signal_blocks VALUES (?, ?, ?, ?) ON CONFLICT (signal, start_at, block) DO UPDATE "
    "SET samples = excluded.samples",
    "DELETE FROM signal_blocks WHERE signal = ? AND block >= ? AND start_at >= ? AND start_at <= "
    "?"};
const Ways& ways(const Db& db) { return db.has_months() ? kByMonth : kTogether; }

// A signal as its row has it, and when the last of its blocks begins.
struct Head {
  model::Signal signal;
  model::Instant last_block{};
};
void read(Rows& rows, Head& head) {
  read(rows, head.signal);
  head.last_block = rows.instant();
}

// The bytes of the blocks; their samples are appended to the signal's. A month that was taken away
// has none.
Result<std::vector<std::string>> read_blocks(Db& db, Head& head) {
  auto& signal = head.signal;
  Values what = {signal.id};
  if (db.has_months()) append(what, {start_of(signal, 0), head.last_block});
  auto rows = db.rows(ways(db).read, what);
  std::vector<std::string> blocks;
  while (rows->next()) {
    auto number = static_cast<std::size_t>(rows->integer());
    if (db.has_months() && number > blocks.size()) {
      blocks.resize(number);
      signal.values.resize(number * kBlockSamples);
    }
    blocks.push_back(rows->blob());
    auto samples = unpack(blocks.back());
    if (!samples) {
      rows->damaged("samples that it cannot hold");
      break;
    }
    signal.values.insert(signal.values.end(), samples->begin(), samples->end());
  }
  if (auto status = rows->status(); !status) return status.error();
  return blocks;
}

std::size_t blocks_of(const model::Signal& signal) {
  return (signal.values.size() + kBlockSamples - 1) / kBlockSamples;
}

bool moved(const model::Signal& a, const model::Signal& b) {
  return a.from != b.from || a.step != b.step;
}

// Whether a block is kept as it is to be written. One that was taken away with its month comes back
// when there are samples for it.
bool is_kept(const KeptSignal& kept, std::size_t number, Samples samples,
             const std::string& packed) {
  if (number >= kept.blocks.size()) return false;
  const auto& block = kept.blocks[number];
  if (!block.empty()) return block == packed;
  return std::none_of(samples.begin(), samples.end(),
                      [](const auto& one) { return one.has_value(); });
}

// Takes away the blocks from `number` on.
Status cut_blocks(Db& db, const model::Signal& signal, std::size_t number,
                  model::Instant last_block) {
  Values what = {signal.id, number};
  if (db.has_months()) append(what, {start_of(signal, number), last_block});
  return db.run(ways(db).cut, what);
}

Status put_block(Db& db, const model::Signal& signal, std::size_t number, std::string_view bytes) {
  Values row = {signal.id, number, Blob{bytes}};
  if (db.has_months()) {
    auto start = start_of(signal, number);
    if (auto made = db.make_month(start); !made) return made;
    row.emplace_back(start);
  }
  return db.run(ways(db).put, row);
}

}  // namespace

model::Instant start_of(const model::Signal& signal, std::size_t block) {
  // Years from 1 to 9999: more have no name.
  constexpr std::int64_t kFirst = -62'135'596'800, kLast = 253'402'300'799;
  auto step = static_cast<long double>(signal.step.count());
  auto at = static_cast<long double>(signal.from.time_since_epoch().count()) +
            step * static_cast<long double>(block * kBlockSamples);
  auto clamped = std::clamp(at, static_cast<long double>(kFirst), static_cast<long double>(kLast));
  return model::Instant(model::Seconds(static_cast<std::int64_t>(clamped)));
}

Result<std::optional<KeptSignal>> kept_signal(Db& db, std::string_view id) {
  auto found = first<Head>(db, std::string(ways(db).head) + "id = ?", {id});
  if (!found) return found.error();
  if (!*found) return std::optional<KeptSignal>();
  auto blocks = read_blocks(db, **found);
  if (!blocks) return blocks.error();
  return std::optional(
      KeptSignal{std::move((*found)->signal), *std::move(blocks), (*found)->last_block});
}

Result<std::vector<model::Signal>> signals_of(Db& db, std::string_view country) {
  std::string sql(ways(db).head);
  auto found = country.empty() ? all<Head>(db, sql + "TRUE ORDER BY id", {})
                               : all<Head>(db, sql + "country = ? ORDER BY id", {country});
  if (!found) return found.error();
  std::vector<model::Signal> out;
  for (auto& head : *found) {
    if (auto blocks = read_blocks(db, head); !blocks) return blocks.error();
    out.push_back(std::move(head.signal));
  }
  return out;
}

Status write_signal(Db& db, const model::Signal& signal, const std::optional<KeptSignal>& kept) {
  constexpr static Column kId[] = {{"id", 0}};
  auto count = blocks_of(signal);
  auto last_block = start_of(signal, count == 0 ? 0 : count - 1);
  auto row = values(signal);
  if (db.has_months()) row.emplace_back(last_block);
  auto done = db.erase("signals", kId, {signal.id});
  if (done) done = db.insert("signals", row);
  bool anew = kept && moved(kept->signal, signal);
  if (done && anew) done = cut_blocks(db, kept->signal, 0, kept->last_block);
  Samples samples(signal.values);
  for (std::size_t number = 0; done && number < count; ++number) {
    auto begin = number * kBlockSamples;
    auto block = samples.subspan(begin, std::min(kBlockSamples, samples.size() - begin));
    auto packed = pack(block);
    if (kept && !anew && is_kept(*kept, number, block, packed)) continue;
    done = put_block(db, signal, number, packed);
  }
  if (!done || !kept || anew) return done;
  return cut_blocks(db, signal, count, std::max(kept->last_block, last_block));
}

}  // namespace store::sql
