// Real summaries and the reports that they stand above: which are the report's own beginning.
#include <deque>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "correlate/copies.h"
#include "feeds/page/page.h"
#include "tests/support/files.h"
#include "tests/support/pages.h"
#include "tests/support/shared_data.h"

namespace {

using correlate::sketch_of;

std::map<std::string, bool> read_labels() {
  std::map<std::string, bool> out;
  std::istringstream table(tests::read_file(tests::root() / "tests/correlate/beginnings.tsv"));
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    std::string id;
    bool copied = false;
    cells >> id >> copied;
    out[id] = copied;
  }
  return out;
}

std::string summary_of(const support::TruePage& page) {
  auto document = feeds::page::parse(page.html, {});
  return document.entries.empty() ? "" : document.entries[0].summary.value;
}

TEST(RealSummaries, AreBeginningsAsAPersonSays) {
  NEED_SHARED_DATA("pages");
  auto pages = support::read_pages();
  auto labels = read_labels();
  correlate::CopyIndex index;
  std::deque<correlate::Sketch> texts;
  for (const auto& page : pages) index.add(texts.emplace_back(sketch_of("", page.text)));
  double said = 0, found = 0, both = 0;
  std::size_t read = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    auto label = labels.find(pages[i].name.substr(0, 8));
    if (label == labels.end()) continue;
    ++read;
    auto match = index.find(sketch_of("", summary_of(pages[i])));
    said += label->second ? 1 : 0;
    found += match ? 1 : 0;
    both += match && match->of == i && label->second ? 1 : 0;
  }
  double precision = both / found, recall = both / said;
  std::printf("summaries: %.0f of %zu labelled beginnings, precision %.3f, recall %.3f\n", said,
              read, precision, recall);
  EXPECT_EQ(read, labels.size());
  EXPECT_GE(precision, 0.93);
  EXPECT_GE(recall, 0.85);
}

}  // namespace
