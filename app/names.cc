#include "app/names.h"

#include <filesystem>
#include <utility>

#include "app/context.h"
#include "correlate/gazetteer/list.h"
#include "feeds/names/names.h"

namespace app {
namespace {

// "threat-actor.json" → "threat-actor".
std::string title_of(const std::string& file) {
  return file == "-" ? std::string("names") : std::filesystem::path(file).stem().string();
}

}  // namespace

model::Result<model::NameList> read_names(const std::string& file, std::string title,
                                          const std::string& licence, const std::string& kind) {
  using model::Errc;
  using model::Error;
  auto bytes = read_file(file);
  if (!bytes) return bytes.error();
  auto parsed = feeds::names::parse(*bytes);
  if (!parsed) return Error{parsed.error().code, file + " " + parsed.error().message + "."};
  for (const auto& warning : parsed->warnings) warn(file, warning);
  if (parsed->things.empty()) return Error{Errc::kInvalid, file + " holds no name."};
  if (title.empty()) title = parsed->title.empty() ? title_of(file) : parsed->title;
  auto list = correlate::gazetteer::make_list(parsed->things, std::move(title), licence,
                                              correlate::gazetteer::kind_named(kind));
  list.source = file;
  return list;
}

}  // namespace app
