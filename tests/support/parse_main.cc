#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "feeds/news/feed.h"

// parse_file [parse] FILE [--content-type T] [--content-location U] [--content-language L] [--url
// U] prints the document in feedparser's names: what the scorer of feed corpora runs.
int main(int argc, char** argv) {
  std::map<std::string_view, std::string> options;
  std::string file;
  for (int i = 1; i < argc; ++i) {
    std::string_view word = argv[i];
    if (word.starts_with("--") && i + 1 < argc) {
      options[word] = argv[++i];
    } else if (i > 1 || word != "parse") {
      file = word;
    }
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    std::cerr << "cannot read " << file << "\n";
    return 1;
  }
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  feeds::news::Hints hints;
  hints.content_type = options["--content-type"];
  hints.content_location = options["--content-location"];
  hints.content_language = options["--content-language"];
  hints.url = options["--url"];
  std::cout << feeds::news::to_feedparser_json(feeds::news::parse(bytes, hints)) << "\n";
  return 0;
}
