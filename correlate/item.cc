#include "correlate/item.h"

#include <type_traits>

#include <xxhash.h>

namespace correlate {
namespace {

// Fields one after the other, each list with its length.
class Bytes {
 public:
  template <typename Number>
  requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
  void add(Number number) { out_.append(reinterpret_cast<const char*>(&number), sizeof(number)); }
  void add(model::Instant at) { add(at.time_since_epoch().count()); }
  void add(const std::string& text) {
    add(text.size());
    out_ += text;
  }
  void add(const Term& term) {
    add(term.id);
    add(term.weight);
  }
  void add(const Named& name) {
    add(name.id);
    add(name.kind);
    add(name.name);
  }
  void add(const Reference& reference) {
    add(reference.words);
    add(reference.happening);
    add(reference.terms);
  }
  template <typename Value>
  void add(const std::vector<Value>& list) {
    add(list.size());
    for (const auto& value : list) add(value);
  }
  void add(const Sketch& sketch) {
    add(sketch.least);
    add(sketch.bands);
    add(sketch.shingles);
    add(sketch.lead);
    add(sketch.all_lead);
    add(sketch.link);
    add(sketch.title);
  }

  std::uint64_t hash() const { return XXH3_64bits(out_.data(), out_.size()); }

 private:
  std::string out_;
};

template <typename... Fields>
std::uint64_t hash_of(const Fields&... fields) {
  Bytes bytes;
  (bytes.add(fields), ...);
  return bytes.hash();
}

}  // namespace

std::uint64_t print_of(const Item& item) {
  // Every member, so that one that is added is not forgotten here.
  const auto& [entry_id, title, language, published, coarse, learned, happening, happened, words,
               names, facts, references, outages, countries, places, sketch, origin] = item;
  return hash_of(entry_id, title, language, published, coarse, learned, happening, happened, words,
                 names, facts, references, outages, countries, places, sketch, origin);
}

}  // namespace correlate
