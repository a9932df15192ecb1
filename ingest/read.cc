#include "ingest/read.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "ingest/archive.h"
#include "ingest/decompress.h"
#include "ingest/fetcher.h"

namespace ingest {
namespace {

constexpr std::size_t kChunk = 1U << 16U;
namespace fs = std::filesystem;
using model::Errc;
using model::Error;

bool is_web(const std::string& name) {
  return name.starts_with("http://") || name.starts_with("https://");
}

bool has_other_scheme(const std::string& name) {
  auto colon = name.find("://");
  return colon != std::string::npos && !is_web(name);
}

Error too_large(const std::string& name) {
  return {Errc::kInvalid,
          fmt::format("{} is larger than {} MB, the most that is read of one document; split it or "
                      "name another file.",
                      name, kLargestDocument >> 20U)};
}

// What can be said of a file without opening it.
std::optional<Error> obstacle(const std::string& name) {
  std::error_code failure;
  auto status = fs::status(name, failure);
  if (!fs::exists(status)) {
    return Error{Errc::kNotFound, "There is no file " + name + "; check the name."};
  }
  auto size = fs::is_regular_file(status) ? fs::file_size(name, failure) : 0;
  if (!failure && size > kLargestDocument && !is_archive(name)) return too_large(name);
  return std::nullopt;
}

// Walks folders, each once.
class Walk {
 public:
  explicit Walk(std::vector<Found>& out) : out_(out) {}

  void folder(const fs::path& path, int depth) {
    std::error_code failure;
    auto real = fs::canonical(path, failure);
    if (failure) return fail(path, Errc::kIo, "cannot be read (" + failure.message() + ").");
    if (depth > kDeepestFolder || !seen_.insert(real).second) {
      return fail(path, Errc::kInvalid, "leads back into a folder that is read already; left out.");
    }
    std::vector<fs::path> children;
    auto entries = fs::directory_iterator(path, failure);
    if (failure) return fail(path, Errc::kIo, "cannot be read (" + failure.message() + ").");
    for (; entries != fs::directory_iterator(); entries.increment(failure)) {
      if (failure) break;
      if (!entries->path().filename().string().starts_with('.')) {
        children.push_back(entries->path());
      }
    }
    std::sort(children.begin(), children.end());
    for (const auto& child : children) {
      if (fs::is_directory(child, failure)) {
        folder(child, depth + 1);
      } else {
        out_.push_back({child.string(), obstacle(child.string())});
      }
    }
  }

 private:
  void fail(const fs::path& path, Errc code, const std::string& why) {
    out_.push_back({path.string(), Error{code, "The folder " + path.string() + " " + why}});
  }

  std::vector<Found>& out_;
  std::set<fs::path> seen_;
};

// All that is left in `in`, unless it is more than a document may have.
model::Result<std::string> drain(std::istream& in, const std::string& name) {
  std::string bytes;
  while (in) {
    auto size = bytes.size();
    if (size > kLargestDocument) return too_large(name);
    bytes.resize(size + kChunk);
    in.read(bytes.data() + size, kChunk);
    bytes.resize(size + static_cast<std::size_t>(in.gcount()));
  }
  if (bytes.size() > kLargestDocument) return too_large(name);
  if (in.bad()) return Error{Errc::kIo, name + " could not be read to its end; check the disk."};
  return bytes;
}

model::Result<std::string> read_file(const std::string& name) {
  if (auto error = obstacle(name)) return *error;
  std::ifstream in(name, std::ios::binary);
  if (!in) {
    return Error{Errc::kIo,
                 name + " cannot be read (" + std::strerror(errno) + "); check the rights to it."};
  }
  return drain(in, name);
}

model::Result<Input> fetch(const std::string& name, const Limits& limits,
                           const FetcherOptions& options) {
  auto response = get(name, limits, options);
  if (!response) return response.error();
  Input input;
  input.name = name;
  input.url = std::move(response->url);
  input.bytes = std::move(response->body);
  input.content_type = std::move(response->content_type);
  input.content_language = std::move(response->content_language);
  input.content_location = std::move(response->content_location);
  return input;
}

// A file that is gzip as such, as sitemaps are, not by HTTP's content coding.
model::Result<Input> unpacked(Input input) {
  if (!input.bytes.starts_with("\x1f\x8b")) return input;
  auto bytes = decompress(std::move(input.bytes), "gzip", kLargestDocument);
  if (!bytes) return Error{bytes.error().code, input.name + ": " + bytes.error().message};
  input.bytes = std::move(*bytes);
  return input;
}

}  // namespace

std::vector<Found> expand(const std::vector<std::string>& sources) {
  std::vector<Found> out;
  for (const auto& name : sources) {
    std::error_code failure;
    if (has_other_scheme(name)) {
      out.push_back({name, Error{Errc::kInvalid,
                                 name + " is of no kind that can be fetched; only http and https "
                                        "addresses, files and folders can."}});
    } else if (name != "-" && !is_web(name) && fs::is_directory(name, failure)) {
      Walk(out).folder(name, 0);
    } else {
      bool file = name != "-" && !is_web(name);
      out.push_back({name, file ? obstacle(name) : std::nullopt});
    }
  }
  return out;
}

model::Result<Input> read(const std::string& name, const Limits& limits) {
  auto options = fetcher_options(FetcherOptions().user_agent, {});
  return options ? read(name, limits, *options) : options.error();
}

model::Result<Input> read(const std::string& name, const Limits& limits,
                          const FetcherOptions& options) {
  if (is_web(name)) {
    auto input = fetch(name, limits, options);
    if (!input) return input;
    return unpacked(std::move(*input));
  }
  auto bytes = name == "-" ? drain(std::cin, "Standard input") : read_file(name);
  if (!bytes) return bytes.error();
  Input input;
  input.name = name;
  input.url = name;
  input.bytes = std::move(*bytes);
  return unpacked(std::move(input));
}

}  // namespace ingest
