#pragma once

#include <string>

#include "store/model/result.h"

namespace store::sql {

// A file that gets its name once it is whole: it is written beside it, as NAME.part. What was left
// of an earlier one that was killed is written over.
class PartFile {
 public:
  // kConflict when there is a file of that name already (unless `force`), when a database's log
  // lies beside it, or when another program is just writing the same.
  static model::Result<PartFile> make(const std::string& name, bool force);
  ~PartFile();
  PartFile(PartFile&& other) noexcept;
  PartFile& operator=(PartFile&&) = delete;
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const std::string& path() const { return part_; }
  // Forces it to the disk, and gives it its name.
  model::Status place();

 private:
  PartFile(std::string name, bool force, int lock);
  void remove_beside() const;

  std::string name_, part_;
  bool force_ = false;
  int lock_ = -1;  // held as long as this is written; -1: nothing is there any more
};

}  // namespace store::sql
