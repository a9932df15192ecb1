#include "tests/support/pages.h"

#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <zlib.h>

#include "tests/support/shared_data.h"
#include "tests/support/shingles.h"

namespace support {
namespace {

std::string read_gz(const std::filesystem::path& path) {
  std::string out;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return out;
  char chunk[1U << 16U];
  for (int n = 0; (n = gzread(file, chunk, sizeof chunk)) > 0;) {
    out.append(chunk, static_cast<std::size_t>(n));
  }
  gzclose(file);
  return out;
}

double harmonic(double a, double b) { return a + b == 0 ? 0 : 2 * a * b / (a + b); }

}  // namespace

std::vector<TruePage> read_pages() {
  std::vector<TruePage> out;
  auto folder = shared_data() / "pages";
  std::ifstream file(folder / "ground-truth.json");
  if (shared_data().empty() || !file) return out;
  std::stringstream text;
  text << file.rdbuf();
  const auto truth = boost::json::parse(text.str());
  for (const auto& [name, page] : truth.as_object()) {
    out.push_back({name, read_gz(folder / "html" / (std::string(name) + ".html.gz")),
                   text_of(page.as_object(), "articleBody")});
  }
  return out;
}

PageScore score_pages(const std::vector<TruePage>& pages,
                      const std::function<std::string(const std::string& html)>& read) {
  PageScore score;
  double answered = 0;
  for (const auto& page : pages) {
    auto text = read(page.html);
    auto match = match_shingles(page.text, text);
    if (!text.empty()) ++answered;
    score.precision += match.precision;
    score.recall += match.recall;
    score.mean_f1 += harmonic(match.precision, match.recall);
  }
  auto all = static_cast<double>(pages.size());
  score.precision /= answered == 0 ? 1 : answered;
  score.recall /= all;
  score.mean_f1 /= all;
  score.f1 = harmonic(score.precision, score.recall);
  return score;
}

}  // namespace support
