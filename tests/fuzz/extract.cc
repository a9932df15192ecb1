#include "correlate/extract.h"

#include <string>

#include "store/model/text.h"
#include "tests/fuzz/input.h"

// Line 1: a language, a blank, a time of publication (either may be missing); then a text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto input = fuzz::text_of(data, size);
  auto head = input.substr(0, input.find('\n'));
  auto body = input.size() > head.size() ? input.substr(head.size() + 1) : std::string_view();
  auto blank = std::min(head.find(' '), head.size());
  correlate::Article article;
  article.id = "fuzz";
  article.revision = 1;
  article.language = model::repair_utf8(head.substr(0, blank));
  article.text = model::repair_utf8(body);
  article.anchor.at = model::Instant::min();
  auto anchor = model::parse_iso(model::trim(head.substr(blank)));
  if (anchor) article.anchor = *anchor;
  auto length = model::code_points(article.text);
  auto found = correlate::extract(article);
  std::size_t end = 0;
  for (const auto& time : found.times) {
    fuzz::require(time.span.begin >= end && time.span.begin < time.span.end, "times are apart");
    fuzz::require(time.span.end <= length, "times lie in the text");
    fuzz::require(model::is_utf8(time.span.text), "a span is UTF-8");
    fuzz::require(model::code_points(time.span.text) == time.span.end - time.span.begin,
                  "offsets are code points");
    fuzz::require(!time.value.empty() && !time.rule.empty(), "a time has a value and a rule");
    fuzz::require(!time.interval || time.interval->from < time.interval->to, "time runs forward");
    end = time.span.end;
  }
  for (const auto& claim : found.claims) {
    fuzz::require(claim.span.end <= length && model::is_utf8(claim.value),
                  "claims lie in the text");
  }
  return 0;
}
