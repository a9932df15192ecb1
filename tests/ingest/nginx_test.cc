#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/certificates.h"
#include "tests/support/fetch.h"
#include "tests/support/source_dir.h"

// The well-behaved server: nginx, as a newsroom would run it, with ETag, gzip, keep-alive and TLS.
namespace {

using testing::HasSubstr;

// tests/support/nginx.py with this inside its server.
class Nginx {
 public:
  explicit Nginx(const std::string& server, const std::vector<std::string>& more = {}) {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) return;
    child_ = fork();
    if (child_ == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      std::vector<std::string> words = {"python3",
                                        support::source_dir() + "/tests/support/nginx.py", server};
      words.insert(words.end(), more.begin(), more.end());
      std::vector<char*> arguments;
      for (auto& word : words) arguments.push_back(word.data());
      arguments.push_back(nullptr);
      execvp("python3", arguments.data());
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    stdin_ = in[1];
    auto* file = fdopen(out[0], "r");
    char port[16] = "", folder[256] = "";
    if (std::fscanf(file, "%15s %255s", port, folder) == 2) {
      port_ = port;
      folder_ = folder;
    }
    std::fclose(file);
  }
  ~Nginx() { stop(); }
  Nginx(const Nginx&) = delete;
  Nginx& operator=(const Nginx&) = delete;

  // Its exit code; 77 where there is no nginx.
  int stop() {
    if (stdin_ >= 0) close(std::exchange(stdin_, -1));
    int status = 0;
    if (child_ > 0) waitpid(std::exchange(child_, -1), &status, 0);
    return WEXITSTATUS(status);
  }
  bool runs() const { return !port_.empty(); }
  std::string port() const { return port_; }
  std::string requests() const {
    std::ifstream in(folder_ + "/requests");
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  pid_t child_ = -1;
  int stdin_ = -1;
  std::string port_, folder_;
};

#define SKIP_WITHOUT(nginx)                                   \
  if (!(nginx).runs()) {                                      \
    ASSERT_EQ((nginx).stop(), 77);                            \
    GTEST_SKIP() << "there is no nginx; install nginx-light"; \
  }

TEST(Nginx, UnchangedIs304) {
  Nginx nginx("");
  SKIP_WITHOUT(nginx);
  auto request = support::typed("http://127.0.0.1:" + nginx.port() + "/feed.xml");
  auto first = support::fetch(request);
  ASSERT_FALSE(first.error) << first.error->message;
  EXPECT_EQ(first.status, 200);
  EXPECT_THAT(first.response.body, HasSubstr("Served by nginx"));
  EXPECT_EQ(first.response.content_type, "application/rss+xml");
  EXPECT_NE(first.response.etag, "");
  EXPECT_NE(first.response.last_modified, "");
  request.etag = first.response.etag;
  request.last_modified = first.response.last_modified;
  request.validators_url = first.response.url;
  auto second = support::fetch(request);
  ASSERT_FALSE(second.error) << second.error->message;
  EXPECT_EQ(second.status, 304);
  EXPECT_EQ(second.response.body, "");
  request.etag = "\"another\"";
  EXPECT_EQ(support::fetch(request).status, 200);
}

// nginx turns the ETag of what it packs into a weak one; it must come back as it was sent.
TEST(Nginx, PackedIsUnpackedAndStill304) {
  Nginx nginx("gzip on; gzip_types *; gzip_min_length 1;");
  SKIP_WITHOUT(nginx);
  auto request = support::typed("http://127.0.0.1:" + nginx.port() + "/feed.xml");
  auto first = support::fetch(request);
  ASSERT_FALSE(first.error) << first.error->message;
  EXPECT_THAT(first.response.body, testing::EndsWith("</rss>"));
  EXPECT_THAT(first.response.etag, testing::StartsWith("W/\""));
  request.etag = first.response.etag;
  request.validators_url = first.response.url;
  EXPECT_EQ(support::fetch(request).status, 304);
  // 200, and 304 for the second; packed to less than a tenth.
  EXPECT_THAT(nginx.requests(), testing::ContainsRegex("\" 200 [0-9][0-9][0-9] "));
}

TEST(Nginx, TlsIsVerifiedAndItsConnectionKept) {
  support::Certificates certificates;
  auto certificate = certificates.make("localhost");
  Nginx nginx("location /count { return 200 $connection_requests; }",
              {"--tls", certificate.certificate, certificate.key});
  SKIP_WITHOUT(nginx);
  auto request = support::typed("https://localhost:" + nginx.port() + "/count");
  auto refused = support::fetch(request);
  ASSERT_TRUE(refused.error);
  EXPECT_THAT(refused.error->message, HasSubstr("certificate of localhost is not valid"));
  setenv("SSL_CERT_FILE", certificates.authority().c_str(), 1);
  ingest::Fetcher fetcher({});
  for (const char* count : {"1", "2", "3"}) {
    auto got = support::fetch(fetcher, request);
    ASSERT_FALSE(got.error) << got.error->message;
    EXPECT_EQ(got.response.body, count);
  }
  unsetenv("SSL_CERT_FILE");
}

TEST(Nginx, KeepsConnectionsUntilItClosesThem) {
  Nginx nginx("keepalive_requests 2; location /count { return 200 $connection_requests; }");
  SKIP_WITHOUT(nginx);
  ingest::Fetcher fetcher({});
  for (const char* count : {"1", "2", "1", "2", "1"}) {
    auto got =
        support::fetch(fetcher, support::typed("http://127.0.0.1:" + nginx.port() + "/count"));
    ASSERT_FALSE(got.error) << got.error->message;
    EXPECT_EQ(got.response.body, count);
  }
}

TEST(Nginx, LimitsAndRedirectsAreMinded) {
  Nginx nginx(
      "location /old { return 301 /feed.xml; } "
      "location /busy { add_header Retry-After 120 always; return 503; }");
  SKIP_WITHOUT(nginx);
  ingest::Fetcher fetcher({});
  auto base = "http://127.0.0.1:" + nginx.port();
  auto moved = support::fetch(fetcher, support::typed(base + "/old"));
  ASSERT_FALSE(moved.error) << moved.error->message;
  ASSERT_EQ(moved.redirects.size(), 1U);
  EXPECT_EQ(moved.redirects[0].to, base + "/feed.xml");
  EXPECT_EQ(support::fetch(fetcher, support::typed(base + "/busy")).retry_after, "120");
  EXPECT_TRUE(support::fetch(fetcher, support::typed(base + "/feed.xml")).held);
}

}  // namespace
