#include <algorithm>
#include <cstring>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "feeds/outages/mrt/print.h"
#include "feeds/outages/mrt/routes.h"
#include "ingest/unpack/file.h"
#include "tests/support/shared_data.h"
#include "tests/support/source_dir.h"

namespace feeds::outages::mrt {
namespace {

Pull whole(std::string_view file) {
  return [file](char* to, std::size_t size) mutable {
    auto some = std::min(size, file.size());
    std::memcpy(to, file.data(), some);
    file.remove_prefix(some);
    return some;
  };
}

struct Read {
  std::string lines;
  std::vector<std::uint64_t> offsets;
  std::vector<model::Warning> warnings;
  std::vector<model::RouteChange> changes;
};

Read read(std::string_view file) {
  Read out;
  Notes notes;
  Notes route_notes;
  RecordReader reader(whole(file), notes);
  Printer printer(notes);
  RouteReader routes("rrc00", route_notes);
  Text text;
  for (Record record; reader.next(record);) {
    out.offsets.push_back(record.offset);
    printer.print(record, text);
    routes.read(record, [&out](const auto& change) { out.changes.push_back(change); });
  }
  out.lines = text.view();
  out.warnings = notes.warnings();
  return out;
}

std::string unpacked(const std::string& path, std::size_t most) {
  auto file = ingest::unpack::open(path);
  EXPECT_TRUE(file) << path;
  std::string out(most, '\0');
  out.resize((*file)->read(out.data(), most));
  return out;
}

std::string seed(const std::string& name) {
  return unpacked(support::source_dir() + "/tests/fuzz/corpus/mrt/" + name, 1U << 20U);
}

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// Four records stand in each; the second one's length is wrong, or something stands before it.
TEST(Damage, ALengthThatLiesCostsNoMoreThanWhatItHides) {
  for (const auto* name : {"length-too-long", "length-too-short", "length-huge", "junk-between"}) {
    auto got = read(seed(name));
    EXPECT_GE(lines_in(got.lines), 3U) << name << "\n" << got.lines;
    EXPECT_EQ(got.lines.substr(0, 18), "BGP4MP|1419264900|") << name;
    ASSERT_FALSE(got.warnings.empty()) << name;
    EXPECT_TRUE(got.warnings[0].place.starts_with("byte ")) << name;
    EXPECT_TRUE(std::is_sorted(got.offsets.begin(), got.offsets.end())) << name;
  }
}

TEST(Damage, ManyRoutesInOneTableRecordWhoseLengthIs4Short) {
  auto got = read(seed("table-batch-4-short"));
  EXPECT_EQ(lines_in(got.lines), 10U) << got.lines;
  EXPECT_TRUE(got.warnings.empty());
  EXPECT_EQ(got.lines.substr(0, got.lines.find('\n')),
            "TABLE_DUMP|1419264900|B|192.0.2.1|64500|203.0.0.0/24|1 2|IGP|192.0.2.9|0|0||NAG||");
}

// Headers inside each other that all lead to the same one, which leads nowhere.
TEST(Damage, GoingBackCostsNoSquare) {
  constexpr std::uint32_t kHeaders = 40000;
  std::string file;
  auto put = [&file](std::uint32_t value, int octets) {
    for (int i = octets - 1; i >= 0; --i) file.push_back(static_cast<char>(value >> (8 * i)));
  };
  for (std::uint32_t i = 0; i < kHeaders; ++i) {
    put(1419264900, 4);
    put(kBgp4mp, 2);
    put(4, 2);
    put((kHeaders - i - 1) * 12, 4);
  }
  put(1419264900, 4);
  put(kBgp4mp, 2);
  put(4, 2);
  put(1U << 20U, 4);
  auto got = read(file);
  EXPECT_LT(got.offsets.size(), 10U);
  EXPECT_TRUE(got.lines.empty());
}

// The records before the cut are read as ever; of the one that it is in, a last line may be
// printed.
void cut(const std::string& file, const std::string& whole, std::size_t at, const char* name) {
  auto lines = read(std::string_view(file).substr(0, at)).lines;
  if (!lines.empty()) lines.erase(lines.rfind('\n', lines.size() - 2) + 1);
  ASSERT_TRUE(std::string_view(whole).starts_with(lines)) << name << " cut at " << at;
}

void cut_everywhere(const std::string& file, const char* name) {
  auto all = read(file);
  for (auto border : all.offsets) cut(file, all.lines, static_cast<std::size_t>(border), name);
  std::mt19937 random(2014);
  for (int i = 0; i < 1000 && !file.empty(); ++i) {
    cut(file, all.lines, random() % file.size(), name);
  }
}

TEST(Truncated, GeneratedFormsAtEveryRecordAndAtRandom) {
  for (const auto* name : {"mixed", "sessions", "families", "paths", "attributes", "tables"}) {
    cut_everywhere(seed(name), name);
  }
}

TEST(Truncated, RealFilesAtEveryRecordAndAtRandom) {
  NEED_SHARED_DATA("outages/mrt");
  constexpr std::size_t kSome = 16U << 10U;
  int files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(support::shared_data() / "outages/mrt")) {
    const auto& path = entry.path();
    bool other = path.extension() == ".md" || path.extension() == ".csv";
    if (!entry.is_regular_file() || other || path.string().find("expect") != std::string::npos) {
      continue;
    }
    cut_everywhere(unpacked(path.string(), kSome), path.filename().c_str());
    ++files;
  }
  EXPECT_GT(files, 15);
}

TEST(Truncated, WhatIsLeftOutIsSaid) {
  auto file = seed("mixed");
  auto got = read(std::string_view(file).substr(0, file.size() - 5));
  ASSERT_FALSE(got.warnings.empty());
  EXPECT_NE(got.warnings.back().message.find("ends in the middle of a record"), std::string::npos);
}

TEST(Damage, AnyOctetMayBeWrong) {
  auto file = seed("mixed") + seed("tables-v2");
  std::mt19937 random(22);
  auto sound = read(file).offsets.size();
  for (int i = 0; i < 300; ++i) {
    auto damaged = file;
    damaged[random() % damaged.size()] = static_cast<char>(random());
    auto got = read(damaged);
    // One octet costs one record, or those that a wrong table of peers takes away.
    EXPECT_GT(got.offsets.size(), sound / 2) << i;
  }
}

TEST(Routes, OfAnUpdateWithdrawalsThenAnnouncements) {
  auto got = read(seed("sessions"));
  ASSERT_FALSE(got.changes.empty());
  auto first = got.changes.front();
  EXPECT_EQ(first.kind, model::RouteKind::kWithdraw);
  EXPECT_EQ(model::to_string(first.prefix), "203.0.113.0/24");
  EXPECT_EQ(first.at, 1419264900LL * 1000000);
  EXPECT_EQ(first.collector, "rrc00");
  EXPECT_EQ(first.peer_as, 64500U);
  auto announced = std::find_if(got.changes.begin(), got.changes.end(), [](const auto& change) {
    return change.kind == model::RouteKind::kAnnounce;
  });
  ASSERT_NE(announced, got.changes.end());
  EXPECT_EQ(announced->origins, std::vector<std::uint32_t>{64502});
  EXPECT_EQ(announced->path_length, 3);
}

TEST(Routes, OriginsOfPathsOfEveryKind) {
  auto got = read(seed("paths"));
  std::vector<std::vector<std::uint32_t>> origins;
  for (const auto& change : got.changes) origins.push_back(change.origins);
  ASSERT_GT(origins.size(), 9U);
  EXPECT_EQ(origins[0], (std::vector<std::uint32_t>{}));      // empty path
  EXPECT_EQ(origins[1], (std::vector<std::uint32_t>{1}));     // 1
  EXPECT_EQ(origins[2], (std::vector<std::uint32_t>{1, 2}));  // {1,2}
  EXPECT_EQ(origins[3], (std::vector<std::uint32_t>{3, 4}));  // 1 2 {3,4}
  EXPECT_EQ(origins[4], (std::vector<std::uint32_t>{1}));     // {3} 1
  EXPECT_EQ(origins[5], (std::vector<std::uint32_t>{1}));     // (65001 65002) 1
  EXPECT_EQ(got.changes[5].path_length, 1);
  EXPECT_EQ(got.changes[3].path_length, 3);
}

TEST(Routes, ATableNamesItsPeersFirst) {
  auto got = read(seed("tables-v2"));
  ASSERT_GT(got.changes.size(), 8U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(got.changes[i].kind, model::RouteKind::kTableBegin) << i;
  }
  EXPECT_EQ(got.changes[4].kind, model::RouteKind::kRibEntry);
  EXPECT_EQ(model::to_string(got.changes[4].prefix), "203.0.113.0/24");
}

TEST(Notes, ManyOfOneKindAreCounted) {
  Notes notes;
  for (std::uint64_t i = 0; i < 1000; ++i) notes.add(i, "is odd");
  auto warnings = notes.warnings();
  ASSERT_EQ(warnings.size(), 4U);
  EXPECT_EQ(warnings[0].place, "byte 0");
  EXPECT_EQ(warnings[3].place, "997 more records");
  for (int i = 0; i < 1000; ++i) notes.add(0, "is odd in way " + std::to_string(i));
  EXPECT_LT(notes.warnings().size(), 250U);
  EXPECT_EQ(notes.count(), 2000U);
}

TEST(Text, AddressesAsBgpdumpSpellsThem) {
  for (const auto& [octets, expected] : std::vector<std::pair<std::string, std::string>>{
           {"20010db8000000000000000000000001", "2001:db8::1"},
           {"00000000000000000000000000000000", "::"},
           {"00000000000000000000000000000001", "::1"},
           {"000000000000000000000000c0000201", "::192.0.2.1"},
           {"00000000000000000000ffffc0000201", "::ffff:192.0.2.1"},
           {"20010000000100020003000400050006", "2001::1:2:3:4:5:6"},
           {"fe800000000000000000000000000000", "fe80::"}}) {
    Octets address{};
    for (std::size_t i = 0; i < 16; ++i) {
      address[i] = static_cast<std::uint8_t>(std::stoi(octets.substr(2 * i, 2), nullptr, 16));
    }
    Text text;
    text.v6(address.data());
    EXPECT_EQ(text.view(), expected);
  }
}

}  // namespace
}  // namespace feeds::outages::mrt
