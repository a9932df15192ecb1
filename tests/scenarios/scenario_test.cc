// Runs every *.test file of this folder: entries and outages in, timeline out. README.md tells the
// format.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/correlate.h"
#include "correlate/timeline.h"
#include "store/model/hash.h"
#include "store/model/text.h"
#include "tests/support/derived.h"
#include "tests/support/source_dir.h"

namespace {

namespace fs = std::filesystem;

// One command of a scenario: the words of its line, and the lines under it.
struct Block {
  int line = 0;
  std::vector<std::string> words;
  std::vector<std::string> body;
  std::vector<std::string> expected;  // after "----"
};

std::vector<std::string> split(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

std::vector<Block> read_scenario(const fs::path& path) {
  std::ifstream file(path);
  std::vector<Block> out;
  bool open = false;
  bool expecting = false;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      open = expecting = false;
    } else if (!open) {
      out.push_back({number, split(line), {}, {}});
      open = true;
    } else if (line == "----") {
      expecting = true;
    } else {
      (expecting ? out.back().expected : out.back().body).push_back(line);
    }
  }
  return out;
}

class Scenario {
 public:
  explicit Scenario(const char* url) : store_(*store::open_store(url)) {}

  // What the timeline command prints; nothing for the others.
  std::vector<std::string> run(const Block& block) {
    const auto& verb = block.words.front();
    if (verb == "entry") put_entry(block);
    if (verb == "outage") put_outage(block);
    if (verb == "delete") decide(model::EditKind::kDelete, block);
    if (verb == "undo") decide(model::EditKind::kUndo, block);
    if (verb == "timeline") return timeline(block);
    return {};
  }

  void correlate(bool rebuild) {
    auto report = ::correlate::correlate(*store_, {rebuild, {}});
    EXPECT_TRUE(report) << report.error().message;
  }

  std::string derived() { return support::dump_derived(*store_); }

 private:
  // entry NAME PUBLISHED [LANGUAGE] / title / text …
  void put_entry(const Block& block) {
    model::Entry entry;
    entry.id = block.words.at(1);
    entry.identity = entry.id;
    entry.source_id = "src";
    model::Revision revision;
    revision.entry_id = entry.id;
    revision.published = model::parse_iso(block.words.at(2));
    ASSERT_TRUE(revision.published) << block.line;
    revision.language = block.words.size() > 3 ? block.words[3] : "en";
    if (block.words.size() > 4) revision.url = revision.canonical_url = block.words[4];
    entry.first_seen = ++clock_;
    revision.title = block.body.at(0);
    for (std::size_t i = 1; i < block.body.size(); ++i) {
      revision.body += (i > 1 ? " " : "") + block.body[i];
    }
    revision.updated = revision.published;
    revision.seen_at = revision.published->interval().to;
    revision.content_hash = model::revision_hash(revision);
    write([&](store::Writer& writer) {
      return static_cast<bool>(writer.put(model::Source{"src", "scenario", {}, "", "", "", {}})) &&
             static_cast<bool>(writer.put(entry, revision));
    });
  }

  // outage NAME COUNTRY[/AS] START END|open|unknown [UNCERTAINTY_S] [DEPTH]
  void put_outage(const Block& block) {
    model::Outage outage;
    outage.id = block.words.at(1);
    std::string scope = block.words.at(2);
    outage.scope.country = scope.substr(0, 2);
    if (scope.size() > 2) {
      outage.scope.asn = static_cast<std::uint32_t>(std::stoul(scope.substr(3)));
    }
    outage.start = model::parse_iso(block.words.at(3))->at;
    if (auto end = model::parse_iso(block.words.at(4))) outage.end = end->at;
    outage.open = block.words.at(4) == "open";
    model::Seconds u{block.words.size() > 5 ? std::stol(block.words[5]) : 60};
    outage.start_uncertainty = u;
    if (outage.end) outage.end_uncertainty = u;
    if (block.words.size() > 6) outage.depth = std::stod(block.words[6]);
    outage.measurements.push_back({"Scenario", "", "", {}, {}});
    write([&](store::Writer& writer) { return static_cast<bool>(writer.put(outage)); });
  }

  // delete NAME, undo SEQ
  void decide(model::EditKind kind, const Block& block) {
    model::Edit edit;
    edit.at = ++clock_;
    edit.who = "scenario";
    edit.kind = kind;
    edit.target = block.words.at(1);
    write([&](store::Writer& writer) { return static_cast<bool>(writer.append(edit)); });
  }

  template <typename Work>
  void write(Work work) {
    auto writer = store_->begin();
    ASSERT_TRUE(writer) << writer.error().message;
    ASSERT_TRUE(work(**writer));
    ASSERT_TRUE((*writer)->commit());
  }

  // timeline QUERY… [as-of TIME]
  std::vector<std::string> timeline(const Block& block) {
    correlate::TimelineRequest request;
    for (std::size_t i = 1; i < block.words.size(); ++i) {
      if (block.words[i] == "as-of") {
        request.as_of = model::parse_iso(block.words.at(++i))->at;
      } else {
        request.query += block.words[i] + " ";
      }
    }
    auto found = correlate::timeline(*store_, request);
    if (!found) return {found.error().message};
    std::vector<std::string> out;
    for (const auto& incident : found->incidents) {
      out.emplace_back("incident");
      for (const auto& line : incident.lines) show(line, out);
      for (const auto& outage : incident.outages) {
        if (outage.open) out.push_back("  open " + outage.id);
      }
    }
    return out;
  }

  static void show(const model::TimelineLine& line, std::vector<std::string>& out) {
    auto when = model::to_iso(line.when.at, line.when.precision);
    std::vector<std::string> names;
    for (const auto& entry : line.entries) names.push_back(entry.entry_id);
    std::sort(names.begin(), names.end());
    out.push_back(fmt::format("  {} {} {}", when, line.inferred ? "" : "MEASURED ",
                              to_string(line.happening)));
    out.back() = model::squeeze(out.back());
    out.back() = fmt::format(
        "  {} {}", out.back(),
        line.outage_id.empty() ? fmt::format("{}", fmt::join(names, " ")) : line.outage_id);
    for (const auto& entry : line.entries) {
      for (const auto& checked : entry.claims) {
        for (const auto& verdict : checked.verdicts) {
          out.push_back(fmt::format("    {} {} “{}” {} {}", entry.entry_id,
                                    to_string(checked.claim.kind), verdict.claimed,
                                    to_string(verdict.verdict), verdict.outage_id));
          while (out.back().ends_with(' ')) out.back().pop_back();
        }
      }
    }
  }

  std::unique_ptr<store::Store> store_;
  model::Instant clock_{};  // ours: one second a block
};

class Scenarios : public testing::TestWithParam<fs::path> {};

// Rewrites a scenario with what its timelines print now, for a person to read through.
void record(const fs::path& path, const std::vector<Block>& blocks, Scenario& scenario) {
  std::ifstream in(path);
  std::string out;
  auto block = blocks.begin();
  bool expecting = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    expecting = expecting && !line.empty();
    if (expecting) continue;
    out += line + "\n";
    while (block != blocks.end() && block->line < number - 1) ++block;
    if (line != "----" || block == blocks.end()) continue;
    expecting = true;
    for (const auto& printed : scenario.run(*block)) out += printed + "\n";
  }
  std::ofstream(path) << out;
}

TEST_P(Scenarios, TellTheExpectedTimeline) {
  auto blocks = read_scenario(GetParam());
  Scenario whole("memory:");
  Scenario step_by_step("memory:");
  for (const auto& block : blocks) {
    whole.run(block);
    step_by_step.run(block);
    if (block.words.front() != "timeline") step_by_step.correlate(false);
  }
  whole.correlate(true);
  // Incremental equals rebuilt, byte for byte.
  EXPECT_EQ(step_by_step.derived(), whole.derived());
  if (std::getenv("FAULTLINE_RECORD") != nullptr) {
    record(GetParam(), blocks, whole);
    GTEST_SKIP() << "recorded; read the difference";
  }
  int asked = 0;
  for (const auto& block : blocks) {
    if (block.words.front() != "timeline") continue;
    ++asked;
    EXPECT_EQ(fmt::format("{}", fmt::join(whole.run(block), "\n")),
              fmt::format("{}", fmt::join(block.expected, "\n")))
        << GetParam().filename().string() << ":" << block.line;
  }
  EXPECT_GT(asked, 0) << "a scenario must ask for a timeline";
}

std::vector<fs::path> scenario_files() {
  std::vector<fs::path> out;
  for (const auto& file : fs::directory_iterator(support::source_dir() + "/tests/scenarios")) {
    if (file.path().extension() == ".test") out.push_back(file.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

INSTANTIATE_TEST_SUITE_P(All, Scenarios, testing::ValuesIn(scenario_files()), [](const auto& row) {
  std::string name = row.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
