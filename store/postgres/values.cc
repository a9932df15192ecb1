#include "store/postgres/values.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "store/postgres/text.h"

namespace store::postgres {

Parameters::Parameters(const sql::Values& values) {
  own_.reserve(values.size());
  for (const auto& value : values) add(value.held());
}

Parameters::Parameters(const Fields& texts) {
  for (const auto& text : texts) {
    text ? add(text->data(), text->size(), 0) : add(nullptr, 0, 0);
  }
}

void Parameters::add(const sql::Value::Held& held) {
  if (const auto* blob = std::get_if<sql::Blob>(&held)) {
    const char* data = blob->bytes.data() != nullptr ? blob->bytes.data() : "";
    return add(data, blob->bytes.size(), 1);
  }
  if (std::holds_alternative<std::monostate>(held)) return add(nullptr, 0, 0);
  if (const auto* number = std::get_if<std::int64_t>(&held))
    return add_own(fmt::to_string(*number));
  if (const auto* real = std::get_if<double>(&held)) return add_own(fmt::format("{}", *real));
  if (const auto* text = std::get_if<std::string>(&held)) return add_text(*text, true);
  add_text(std::get<std::string_view>(held), false);
}

// libpq takes texts that end with a zero.
void Parameters::add_text(std::string_view text, bool ended) {
  if (needs_escape(text)) return add_own(escaped(text));
  ended ? add(text.data(), text.size(), 0) : add_own(std::string(text));
}

void Parameters::add_own(std::string text) {
  own_.push_back(std::move(text));
  add(own_.back().c_str(), own_.back().size(), 0);
}

void Parameters::add(const char* data, std::size_t size, int format) {
  data_.push_back(data);
  sizes_.push_back(static_cast<int>(size));
  formats_.push_back(format);
}

namespace {

void add_hex(std::string_view bytes, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out.append("\\x");
  out.reserve(out.size() + 2 * bytes.size());
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
}

}  // namespace

bool add_as_text(const sql::Value& value, std::string& out) {
  const auto& held = value.held();
  if (std::holds_alternative<std::monostate>(held)) return false;
  if (const auto* number = std::get_if<std::int64_t>(&held)) {
    fmt::format_to(std::back_inserter(out), "{}", *number);
  } else if (const auto* real = std::get_if<double>(&held)) {
    fmt::format_to(std::back_inserter(out), "{}", *real);
  } else if (const auto* blob = std::get_if<sql::Blob>(&held)) {
    add_hex(blob->bytes, out);
  } else {
    const auto* own = std::get_if<std::string>(&held);
    std::string_view text = own != nullptr ? *own : std::get<std::string_view>(held);
    needs_escape(text) ? out.append(escaped(text)) : out.append(text);
  }
  return true;
}

void add_copied(std::string_view text, std::string& out) {
  constexpr std::string_view kSpecial = "\\\t\n\r";
  while (!text.empty()) {
    auto end = std::min(text.find_first_of(kSpecial), text.size());
    out.append(text.substr(0, end));
    text.remove_prefix(end);
    if (text.empty()) return;
    out += '\\';
    char c = text.front();
    out += c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c;
    text.remove_prefix(1);
  }
}

}  // namespace store::postgres
