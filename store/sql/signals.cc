#include "store/sql/signals.h"

#include <algorithm>
#include <utility>

#include "store/sql/rows.h"
#include "store/sql/samples.h"

namespace store::sql {
namespace {

constexpr std::string_view kPutBlock =
    "INSERT INTO signal_blocks VALUES (?, ?, ?) ON CONFLICT (signal, block) DO UPDATE SET samples "
    "= "
    "excluded.samples";

// The bytes of the blocks; their samples are appended to the signal's.
Result<std::vector<std::string>> read_blocks(Db& db, model::Signal& signal) {
  auto rows =
      db.rows("SELECT samples FROM signal_blocks WHERE signal = ? ORDER BY block", {signal.id});
  std::vector<std::string> blocks;
  while (rows->next()) {
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

}  // namespace

Result<std::optional<KeptSignal>> kept_signal(Db& db, std::string_view id) {
  auto found = first<model::Signal>(db, "SELECT * FROM signals WHERE id = ?", {id});
  if (!found) return found.error();
  if (!*found) return std::optional<KeptSignal>();
  KeptSignal out{std::move(**found), {}};
  auto blocks = read_blocks(db, out.signal);
  if (!blocks) return blocks.error();
  out.blocks = *std::move(blocks);
  return std::optional(std::move(out));
}

Result<std::vector<model::Signal>> signals_of(Db& db, std::string_view country) {
  auto found = country.empty()
                   ? all<model::Signal>(db, "SELECT * FROM signals ORDER BY id", {})
                   : all<model::Signal>(db, "SELECT * FROM signals WHERE country = ? ORDER BY id",
                                        {country});
  if (!found) return found.error();
  auto out = *std::move(found);
  for (auto& signal : out) {
    if (auto blocks = read_blocks(db, signal); !blocks) return blocks.error();
  }
  return out;
}

Status write_signal(Db& db, const model::Signal& signal, const std::vector<std::string>& kept) {
  auto replaced = db.run("DELETE FROM signals WHERE id = ?", {signal.id});
  if (replaced) replaced = insert(db, "signals", values(signal));
  if (!replaced) return replaced;
  Samples samples(signal.values);
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < samples.size(); begin += kBlockSamples, ++number) {
    auto block = pack(samples.subspan(begin, std::min(kBlockSamples, samples.size() - begin)));
    if (number < kept.size() && kept[number] == block) continue;
    if (auto done = db.run(kPutBlock, {signal.id, number, Blob{block}}); !done) return done;
  }
  return db.run("DELETE FROM signal_blocks WHERE signal = ? AND block >= ?", {signal.id, number});
}

}  // namespace store::sql
