#include <iostream>
#include <string>

#include "correlate/extract.h"
#include "correlate/extract_json.h"

// JSON lines of articles on standard input → JSON lines of what was extracted on standard output.
int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  int failed = 0;
  while (std::getline(std::cin, line)) {
    if (line.empty()) continue;
    auto article = correlate::article_from_json(line);
    if (!article) {
      std::cerr << article.error().message << '\n';
      failed = 1;
      continue;
    }
    std::cout << correlate::extraction_json(article->id, *article, correlate::extract(*article))
              << '\n';
  }
  return failed;
}
