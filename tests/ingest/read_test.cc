#include "ingest/read.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/temp_dir.h"

namespace {

using model::Errc;
using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

constexpr uid_t kNobody = 65534;

std::vector<std::string> names(const std::vector<ingest::Found>& found) {
  std::vector<std::string> out;
  out.reserve(found.size());
  for (const auto& f : found) out.push_back(f.error ? "error: " + f.error->message : f.name);
  return out;
}

void touch(const std::string& path, const std::string& bytes = "x") {
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST(Expand, FilesUrlsAndStandardInputStandForThemselves) {
  support::TempDir dir;
  touch(dir.path("b.xml"));
  touch(dir.path("a.xml"));
  EXPECT_THAT(names(ingest::expand({dir.path("b.xml"), "-", "https://a.b/", dir.path("a.xml")})),
              ElementsAre(dir.path("b.xml"), "-", "https://a.b/", dir.path("a.xml")));
}

TEST(Expand, SaysAtOnceWhatCannotBeRead) {
  auto found = ingest::expand({"/no/such/file"});
  ASSERT_TRUE(found.at(0).error);
  EXPECT_EQ(found[0].error->code, Errc::kNotFound);
}

TEST(Expand, AFolderStandsForItsFilesInOrder) {
  support::TempDir dir;
  fs::create_directories(dir.path("m/n"));
  fs::create_directories(dir.path(".hidden"));
  for (const char* name : {"z.xml", "a.xml", ".dot.xml", "m/n/1.xml", ".hidden/x.xml"}) {
    touch(dir.path(name));
  }
  auto root = fs::path(dir.path("")).parent_path().string();
  EXPECT_THAT(names(ingest::expand({root})),
              ElementsAre(root + "/a.xml", root + "/m/n/1.xml", root + "/z.xml"));
}

TEST(Expand, ALoopIsAnErrorOfItsOwn) {
  support::TempDir dir;
  touch(dir.path("a.xml"));
  fs::create_directory_symlink(dir.path(""), dir.path("loop"));
  auto found = ingest::expand({dir.path("")});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_FALSE(found[0].error);
  ASSERT_TRUE(found[1].error);
  EXPECT_THAT(found[1].error->message, HasSubstr("leads back"));
}

TEST(Expand, OtherSchemesAreRefused) {
  auto found = ingest::expand({"ftp://a.b/c"});
  ASSERT_TRUE(found[0].error);
  EXPECT_EQ(found[0].error->code, Errc::kInvalid);
}

TEST(Read, GivesTheBytesOfAFile) {
  support::TempDir dir;
  std::string bytes("a\0b\r\n", 5);
  touch(dir.path("f"), bytes);
  auto input = ingest::read(dir.path("f"));
  ASSERT_TRUE(input) << input.error().message;
  EXPECT_EQ(input->bytes, bytes);
  EXPECT_EQ(input->name, dir.path("f"));
  EXPECT_EQ(input->url, dir.path("f"));
}

TEST(Read, SaysThatAFileIsMissing) {
  auto input = ingest::read("/no/such/file");
  ASSERT_FALSE(input);
  EXPECT_EQ(input.error().code, Errc::kNotFound);
  EXPECT_THAT(input.error().message, HasSubstr("/no/such/file"));
}

TEST(Read, SaysThatAFileCannotBeRead) {
  support::TempDir dir;
  touch(dir.path("f"));
  fs::permissions(dir.path("f"), fs::perms::none);
  fs::permissions(dir.path(""), fs::perms::all);
  bool root = geteuid() == 0;
  if (root) {
    ASSERT_EQ(seteuid(kNobody), 0);
  }
  auto input = ingest::read(dir.path("f"));
  if (root) {
    ASSERT_EQ(seteuid(0), 0);
  }
  ASSERT_FALSE(input);
  EXPECT_EQ(input.error().code, Errc::kIo);
  EXPECT_THAT(input.error().message, HasSubstr("Permission denied"));
}

TEST(Read, RefusesWhatIsTooLargeWithoutReadingIt) {
  support::TempDir dir;
  touch(dir.path("f"));
  fs::resize_file(dir.path("f"), 200U << 20U);
  auto input = ingest::read(dir.path("f"));
  ASSERT_FALSE(input);
  EXPECT_EQ(input.error().code, Errc::kInvalid);
  EXPECT_THAT(input.error().message, HasSubstr("larger than 64 MB"));
}

TEST(Read, StopsAtTheLimitOfAnEndlessFile) {
  auto input = ingest::read("/dev/zero");
  ASSERT_FALSE(input);
  EXPECT_THAT(input.error().message, HasSubstr("larger than 64 MB"));
}

}  // namespace
