// Signs standard input: dkim_main KEY_FILE DOMAIN SELECTOR SECONDS_SINCE_1970
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/sign/dkim.h"

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  std::string pem{std::istreambuf_iterator<char>(file), {}};
  std::string message{std::istreambuf_iterator<char>(std::cin), {}};
  auto out = app::sign::dkim_signed(message, {argv[2], argv[3], pem},
                                    model::Instant{model::Seconds{std::atoll(argv[4])}});
  if (!out) {
    std::cerr << out.error().message << '\n';
    return 1;
  }
  std::cout << *out;
}
