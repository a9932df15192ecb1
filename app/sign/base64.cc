#include "app/sign/base64.h"

#include <openssl/evp.h>

namespace app::sign {

std::string base64(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL puts a zero at the end
  auto size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                              reinterpret_cast<const unsigned char*>(bytes.data()),
                              static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return std::nullopt;
  // OpenSSL passes over blanks at both ends, and takes "=" anywhere for zeros.
  if (text.find_first_of(" \t\r\n") != text.npos) return std::nullopt;
  auto padding = text.ends_with("==") ? 2U : text.ends_with("=") ? 1U : 0U;
  if (text.substr(0, text.size() - padding).find('=') != text.npos) return std::nullopt;
  std::string out(text.size() / 4 * 3, '\0');
  auto size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                              reinterpret_cast<const unsigned char*>(text.data()),
                              static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  out.resize(static_cast<std::size_t>(size) - padding);
  return out;
}

}  // namespace app::sign
