#include "correlate/evidence/beside.h"

#include <algorithm>
#include <array>
#include <string>

#include "store/model/text.h"

namespace correlate::evidence {
namespace {

constexpr std::size_t kReach = 24;  // bytes before and after that are looked at

// Folded, as they stand before the place, with a blank at their end where their script has blanks.
constexpr std::array<std::string_view, 38> kBefore = {
    "near ",         "off ",      "near the ", "off the ",  "outside ",     "close to ",
    "pres de ",      "pres du ",  "large de ", "large du ", "large de la ", "pres de la ",
    "cerca de ",     "frente a ", "perto de ", "perto do ", "perto da ",    "largo de ",
    "largo do ",     "largo da ", "nahe ",     "vor ",      "unweit ",      "vicino a ",
    "largo dell'",   "близ ",     "вблизи ",   "возле ",    "берегов ",     "недалеко от ",
    "поблизу ",      "قرب ",      "قباله ",    "قبالة ",    "نزديک ",       "dekat ",
    "lepas pantai ", "nabij "};
// As they stand after it.
constexpr std::array<std::string_view, 19> kAfter = {
    " coast",       " waters",   " shore", " territorial waters",
    "沖",           "附近",      "沿岸",   "近海",
    " 인근",        " 앞바다",   " yakin", "'nin kiyi",
    "'in kiyi",     " aciklari", " के पास", " के निकट",
    "er gewassern", "er kuste",  " sular"};

}  // namespace

bool is_beside(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin > end || end > text.size()) return false;
  // A cut code point folds to a replacement character, which matches nothing.
  std::string before =
      model::fold(text.substr(begin - std::min(begin, kReach), std::min(begin, kReach)));
  std::string after = model::fold(text.substr(end, kReach));
  return std::any_of(kBefore.begin(), kBefore.end(),
                     [&](std::string_view word) {
                       if (!before.ends_with(word)) return false;
                       auto at = before.size() - word.size();
                       return at == 0 || before[at - 1] == ' ' || before[at - 1] == '(';
                     }) ||
         std::any_of(kAfter.begin(), kAfter.end(),
                     [&](std::string_view word) { return after.starts_with(word); });
}

}  // namespace correlate::evidence
