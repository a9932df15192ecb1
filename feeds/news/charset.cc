#include "feeds/news/charset.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include "feeds/news/twice_encoded.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

// An XML declaration stands at the very beginning; this much is looked at.
constexpr std::size_t kDeclarationReach = 1024;
// The detector judges by the beginning of a document.
constexpr std::size_t kDetectorReach = 64 * 1024;
constexpr std::int32_t kSureEnough = 30;  // of ICU's 100; few words already decide for a script
// In UTF-8 with at most this share of wrong bytes, the bytes are wrong and not the charset.
constexpr std::size_t kOneWrongByteIn = 50;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

struct Mark {
  std::string_view bytes;
  std::string_view charset;
  std::size_t skip;
};

using namespace std::string_view_literals;

// Byte order marks, and "<" or "<?" in the wide encodings (XML 1.0 appendix F). Longer ones first.
constexpr std::array kMarks = {
    Mark{"\x00\x00\xFE\xFF"sv, "utf-32be", 4},
    Mark{"\xFF\xFE\x00\x00"sv, "utf-32le", 4},
    Mark{"\xFE\xFF"sv, "utf-16be", 2},
    Mark{"\xFF\xFE"sv, "utf-16le", 2},
    Mark{"\xEF\xBB\xBF"sv, "utf-8", 3},
    Mark{"\x00\x00\x00<"sv, "utf-32be", 0},
    Mark{"<\x00\x00\x00"sv, "utf-32le", 0},
    Mark{"\x00<\x00"sv, "utf-16be", 0},
    Mark{"<\x00"sv, "utf-16le", 0},
    Mark{"{\x00"sv, "utf-16le", 0},
    Mark{"\x00{"sv, "utf-16be", 0},
};

// `name="value"`, `name='value'` or `name=value` in `text`; the value in lower case, as far as it
// is ASCII.
std::string value_of(std::string_view text, std::string_view name) {
  std::string small = lower(text);
  std::size_t pos = small.find(name);
  if (pos == std::string::npos) return "";
  pos = small.find_first_not_of(" \t\r\n", pos + name.size());
  if (pos == std::string::npos || small[pos] != '=') return "";
  pos = small.find_first_not_of(" \t\r\n\"'", pos + 1);
  if (pos == std::string::npos) return "";
  auto ends = [](char c) { return c <= ' ' || c > '~' || "\"';?>,"sv.find(c) != ""sv.npos; };
  auto begin = small.begin() + static_cast<std::ptrdiff_t>(pos);
  return {begin, std::find_if(begin, small.end(), ends)};
}

std::string declared_in_xml(std::string_view text) {
  text = text.substr(0, kDeclarationReach);
  auto start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || !text.substr(start).starts_with("<?xml")) return "";
  return value_of(text.substr(start, text.find("?>", start) - start), "encoding");
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_utf8_name(std::string_view name) { return name == "utf-8" || name == "utf8"; }

// Supersets that everybody who declares the subset really writes (Encoding standard section 4.2).
std::string reported_name(std::string name) {
  if (is_one_of(name, {"gb2312", "gb_2312-80", "csgb2312", "gbk"})) {
    return name == "gbk" ? name : "gb18030";
  }
  return name == "utf8" ? "utf-8" : name;
}

std::string converter_name(const std::string& name) {
  if (is_one_of(name, {"iso-8859-1", "latin1", "latin-1", "iso8859-1", "iso_8859-1", "l1"})) {
    return "windows-1252";
  }
  if (is_one_of(name, {"gb2312", "gbk", "cp936"})) return "gb18030";
  if (is_one_of(name, {"ks_c_5601-1987", "euc-kr"})) return "windows-949";
  if (is_one_of(name, {"shift_jis", "sjis", "shift-jis", "x-sjis"})) return "windows-31j";
  if (name == "iso-8859-9") return "windows-1254";
  if (is_one_of(name, {"tis-620", "iso-8859-11"})) return "windows-874";
  if (is_one_of(name, {"iso-8859-8-i"})) return "iso-8859-8";
  return name;
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

// Bytes in `charset` as UTF-8; nothing when ICU does not know it or a byte does not belong to it.
std::optional<std::string> convert(std::string_view bytes, const std::string& charset) {
  UErrorCode failure = U_ZERO_ERROR;
  Converter converter(ucnv_open(converter_name(charset).c_str(), &failure), &ucnv_close);
  if (U_FAILURE(failure)) return std::nullopt;
  bool wide = charset.starts_with("utf-16") || charset.starts_with("utf-32");
  // Wide text with a broken unit is still that: nothing else would read better.
  if (!wide) {
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &failure);
  }
  std::string out;
  std::array<char16_t, 8192> buffer;
  const char* source = bytes.data();
  const char* end = bytes.data() + bytes.size();
  icu::UnicodeString chunk;
  do {
    failure = U_ZERO_ERROR;
    char16_t* target = buffer.data();
    ucnv_toUnicode(converter.get(), &target, buffer.data() + buffer.size(), &source, end, nullptr,
                   true, &failure);
    chunk.append(buffer.data(), static_cast<std::int32_t>(target - buffer.data()));
    if (!chunk.isEmpty() && U16_IS_LEAD(chunk.charAt(chunk.length() - 1)) &&
        failure == U_BUFFER_OVERFLOW_ERROR) {
      char16_t lead = chunk.charAt(chunk.length() - 1);
      chunk.truncate(chunk.length() - 1);
      chunk.toUTF8String(out);
      chunk.setTo(lead);
    } else {
      chunk.toUTF8String(out);
      chunk.remove();
    }
  } while (failure == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(failure)) return std::nullopt;
  return out;
}

// Bytes that begin a sequence of three or four in UTF-8, and those that begin one of two.
struct Leads {
  std::size_t two = 0;
  std::size_t more = 0;
};

Leads leads_of(std::string_view bytes) {
  Leads leads;
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE0) {
      ++leads.more;
    } else if (byte >= 0xC0) {
      ++leads.two;
    }
  }
  return leads;
}

// True when bytes that are valid UTF-8 are so by intention and not by chance: in a single-byte
// charset no text has such pairs, in an East Asian one short texts may have pairs but not triples.
bool is_surely_utf8(std::string_view bytes, std::string_view declared) {
  if (!model::is_utf8(bytes)) return false;
  Leads leads = leads_of(bytes);
  bool east_asian = declared.starts_with("gb") || declared.starts_with("big5") ||
                    declared.starts_with("euc") || declared.starts_with("shift") ||
                    declared.starts_with("iso-2022") || declared.starts_with("ks_");
  return east_asian ? leads.more > 1 : leads.two + leads.more > 0;
}

std::string detected(std::string_view bytes) {
  UErrorCode failure = U_ZERO_ERROR;
  std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&failure),
                                                                      &ucsdet_close);
  bytes = bytes.substr(0, kDetectorReach);
  ucsdet_enableInputFilter(detector.get(), 1);
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &failure);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &failure);
  if (U_FAILURE(failure) || match == nullptr) return "";
  if (ucsdet_getConfidence(match, &failure) < kSureEnough) return "";
  std::string name = ucsdet_getName(match, &failure);
  // Western text is windows-1252 where it is ISO-8859-1, and more often.
  return U_FAILURE(failure) || name.starts_with("UTF-") || name == "ISO-8859-1" ||
                 name.starts_with("IBM")
             ? ""
             : name;
}

void warn(Decoded& out, std::string message) {
  out.warnings.push_back({"encoding", std::move(message)});
}

// What nothing valid was said about, or something wrong.
void guess(Decoded& out, std::string_view bytes, const std::string& declared) {
  bool few = false;
  std::string repaired;
  if (declared.empty() || is_utf8_name(declared)) {
    repaired = model::repair_utf8(bytes);
    std::size_t wrong = 0;
    for (std::size_t pos = 0; (pos = repaired.find("\xEF\xBF\xBD", pos)) != std::string::npos;
         pos += 3) {
      ++wrong;
    }
    Leads leads = leads_of(bytes);
    few = wrong == 1 || (leads.two + leads.more > wrong && wrong * kOneWrongByteIn < bytes.size());
  }
  std::string name = few ? "" : detected(bytes);
  if (name.empty() && (!few || !is_utf8_name(declared))) name = "windows-1252";
  if (few && is_utf8_name(declared)) {
    out.encoding = "utf-8";
    out.text = std::move(repaired);
    warn(out, "some bytes are not UTF-8; each was replaced by U+FFFD");
    return;
  }
  auto text = convert(bytes, lower(name));
  if (!text) {
    name = "windows-1252";
    text = convert(bytes, name);
  }
  out.encoding = name;
  out.text = text.value_or("");
  warn(out, declared.empty()
                ? "no charset is declared and the bytes are not UTF-8; read as " + name
                : "declared as " + declared + ", which the bytes are not; read as " + name);
}

void decode_unmarked(Decoded& out, std::string_view bytes, std::string declared) {
  if (declared == "us-ascii" || declared == "ascii") {
    // RFC 7303 took back RFC 3023's rule that text/xml without charset is ASCII.
    if (leads_of(bytes).two + leads_of(bytes).more > 0) declared.clear();
  }
  bool claims_utf8 = declared.empty() || is_utf8_name(declared);
  if (claims_utf8 && model::is_utf8(bytes)) {
    out.encoding = "utf-8";
    out.text = bytes;
    return;
  }
  if (!claims_utf8 && is_surely_utf8(bytes, declared)) {
    out.encoding = "utf-8";
    out.text = bytes;
    warn(out, "declared as " + declared + ", but the bytes are UTF-8");
    return;
  }
  auto text = claims_utf8 ? std::nullopt : convert(bytes, declared);
  if (!text) {
    guess(out, bytes, declared);
    return;
  }
  out.encoding = reported_name(declared);
  out.text = std::move(*text);
}

Decoded read_bytes(std::string_view bytes, std::string_view content_type) {
  Decoded out;
  for (const Mark& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    bytes.remove_prefix(mark.skip);
    out.encoding = mark.charset;
    if (mark.charset == "utf-8") {
      out.text = model::is_utf8(bytes) ? std::string(bytes) : model::repair_utf8(bytes);
      if (out.text != bytes) {
        warn(out, "some bytes are not UTF-8; each was replaced by U+FFFD");
      }
    } else {
      out.text = convert(bytes, out.encoding).value_or("");
    }
    return out;
  }
  std::string declared = value_of(content_type, "charset");
  if (declared.empty()) declared = declared_in_xml(bytes);
  // "utf-16" without a mark, in bytes that are not wide: what was read so far proves it wrong.
  if (declared.starts_with("utf-16") || declared.starts_with("utf-32") ||
      declared.starts_with("ucs-") || declared.starts_with("iso-10646")) {
    declared.clear();
    decode_unmarked(out, bytes, declared);
    warn(out, "declared as a wide encoding, but the bytes are not");
    return out;
  }
  decode_unmarked(out, bytes, std::move(declared));
  return out;
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view content_type) {
  Decoded out = read_bytes(bytes, content_type);
  if (auto once = encoded_once(out.text)) {
    out.text = std::move(*once);
    warn(out, "the text was encoded as UTF-8 twice; once was undone");
  }
  return out;
}

}  // namespace feeds::news
