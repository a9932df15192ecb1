#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "ingest/normalise.h"

namespace ingest {

// The items of one document, as records. Where there are many, they are normalised, and cut
// for searching, in a thread of their own, some hundreds ahead of whoever writes them; the order
// and the result are the same.
class Items {
 public:
  // Keeps a reference to `document`.
  Items(const feeds::news::Document& document, Origin origin);
  ~Items();  // may come before the last item
  Items(const Items&) = delete;
  Items& operator=(const Items&) = delete;

  const model::Source& source() const;
  std::optional<NewsItem> next();
  // Complete once next() has given nothing.
  const std::vector<model::Warning>& warnings() const;

 private:
  struct Worker;

  Origin origin_;
  Normaliser normaliser_;
  std::unique_ptr<Worker> worker_;  // none for a short document
};

}  // namespace ingest
