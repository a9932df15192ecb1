#include "feeds/outages/rows.h"

#include <algorithm>

#include "store/model/text.h"

namespace feeds::outages {
namespace {

char separator_of(std::string_view line) {
  char best = ',';
  auto count = [&](char c) { return std::count(line.begin(), line.end(), c); };
  for (char c : {';', '\t'}) {
    if (count(c) > count(best)) best = c;
  }
  return best;
}

}  // namespace

Rows::Rows(std::string_view text)
    : text_(text), separator_(separator_of(text.substr(0, text.find('\n')))) {}

bool Rows::next(std::vector<std::string>& fields, std::size_t& line) {
  fields.clear();
  if (pos_ >= text_.size()) return false;
  line = line_;
  while (true) {
    fields.push_back(text_.substr(pos_).starts_with('"') ? quoted() : plain());
    if (pos_ < text_.size() && text_[pos_] == separator_) {
      ++pos_;
      continue;
    }
    break;
  }
  if (pos_ < text_.size() && text_[pos_] == '\r') ++pos_;
  if (pos_ < text_.size() && text_[pos_] == '\n') ++pos_;
  ++line_;
  return true;
}

std::string Rows::plain() {
  std::size_t end = pos_;
  while (end < text_.size() && text_[end] != separator_ && text_[end] != '\r' &&
         text_[end] != '\n') {
    ++end;
  }
  std::string field(model::trim(text_.substr(pos_, end - pos_)));
  pos_ = end;
  return field;
}

std::string Rows::quoted() {
  std::string field;
  ++pos_;
  while (pos_ < text_.size()) {
    char c = text_[pos_++];
    if (c == '\n') ++line_;
    if (c != '"') {
      field += c;
    } else if (pos_ < text_.size() && text_[pos_] == '"') {
      field += text_[pos_++];
    } else {
      // What stands behind the closing quote belongs to the field.
      return field + plain();
    }
  }
  unclosed_ = true;
  return field;
}

}  // namespace feeds::outages
