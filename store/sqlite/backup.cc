#include "store/sqlite/backup.h"

#include "store/model/text.h"
#include "store/sql/part_file.h"
#include "store/sqlite/check.h"
#include "store/sqlite/examine.h"
#include "store/sqlite/store.h"

namespace store::sqlite {
namespace {

using model::Errc;
using model::Error;

Status copy_pages(Db& from, const std::string& to, const BackupOptions& options) {
  auto copy = Db::open(to, Db::Mode::kCreate, Options().patience);
  if (!copy) return copy.error();
  // A copy that is cut off is thrown away, and what is whole is forced to the disk as a whole.
  auto done = (*copy)->exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  return done ? from.copy_to(**copy, options.tell) : done;
}

Status look_at(const std::string& path, const std::string& of) {
  auto bad = [&](const std::string& what) {
    return Error{Errc::kCorrupt, "The database " + of + " is not whole (" + model::squeeze(what) +
                                     "), and no backup of it was kept; see faultline check."};
  };
  auto about = examine(path);
  if (!about) return bad(about.error().message);
  if (!about->damage || !about->damage->empty()) return bad(about->damage.value_or("unknown"));
  if (about->version != about->newest) return {};  // its tables are looked at by whoever knows them
  CheckOptions options;
  options.quick = true;
  std::string first;
  auto checked = check(path, options, [&](const Trouble& trouble) {
    if (first.empty()) first = trouble.what;
  });
  if (!checked) return checked.error();
  return first.empty() ? Status() : Status(bad(first));
}

}  // namespace

Status backup(const std::string& path, const std::string& file, const BackupOptions& options) {
  auto looked = open_to_look(path);
  if (!looked) return looked.error();
  auto part = sql::PartFile::make(file, options.force);
  if (!part) return part.error();
  if (auto done = copy_pages(*looked->db, part->path(), options); !done) return done;
  if (auto done = look_at(part->path(), path); !done) return done;
  return part->place();
}

}  // namespace store::sqlite
