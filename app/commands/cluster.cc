#include "correlate/cluster.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/items.h"
#include "correlate/article.h"
#include "correlate/extract.h"
#include "correlate/features.h"
#include "correlate/joining.h"
#include "correlate/link.h"
#include "store/model/text.h"

namespace app {
namespace {

namespace json = boost::json;
using model::Errc;
using model::Error;
using model::Result;

struct Options {
  std::string file = "-";
  std::string outages;
  bool incidents = false;
};

// One line of the contract. One without a date that can be read is taken for as old as the line
// before it.
Result<model::Revision> revision_of(std::string_view line, model::Instant before) {
  boost::system::error_code failure;
  auto value = json::parse(line, failure);
  if (failure) return Error{Errc::kInvalid, "not JSON: " + failure.message()};
  if (!value.is_object()) return Error{Errc::kInvalid, "not a JSON object"};
  const auto& object = value.get_object();
  model::Revision out;
  out.entry_id = text_of(object, "id");
  if (out.entry_id.empty()) return Error{Errc::kInvalid, "has no \"id\""};
  out.number = 1;
  out.title = model::repair_utf8(text_of(object, "title"));
  out.body = model::repair_utf8(text_of(object, "text"));
  out.language = text_of(object, "lang");
  out.publisher = text_of(object, "publisher");
  out.canonical_url = text_of(object, "url");
  out.published = model::parse_iso(text_of(object, "date"));
  out.seen_at = out.published ? out.published->at : before;
  out.known_at = out.seen_at;
  return out;
}

class Clustering {
 public:
  explicit Clustering(std::vector<model::Outage> outages) : outages_(std::move(outages)) {}

  void read(const std::string& file, std::string_view bytes, int& code) {
    std::size_t number = 0;
    model::Instant before{};
    for (std::size_t begin = 0; begin < bytes.size();) {
      auto end = std::min(bytes.find('\n', begin), bytes.size());
      auto line = model::trim(bytes.substr(begin, end - begin));
      begin = end + 1;
      ++number;
      if (line.empty()) continue;
      auto revision = revision_of(line, before);
      if (!revision || !seen_.insert(revision->entry_id).second) {
        warn(file, {fmt::format("line {}", number),
                    revision ? "its \"id\" was there before" : revision.error().message});
        code = kFailed;
        continue;
      }
      before = revision->seen_at;
      ids_.push_back(revision->entry_id);
      take(*revision, static_cast<std::int64_t>(number));
    }
  }

  // {"id","cluster"}, in the order of the input.
  void print_stories() {
    auto clusters = correlate::cluster(items_);
    std::map<std::string, std::string> cluster_of;
    for (const auto& one : clusters) {
      for (const auto& id : one.story.entry_ids) cluster_of[id] = one.story.id;
    }
    for (const auto& id : ids_) {
      print(json::object{{"id", id}, {"cluster", cluster_of.at(id)}});
    }
  }

  // {"id","cluster","story","strand","incident"}. The cluster is what the entry is a report of: an
  // outage by itself, or else all of its incident that is no outage.
  void print_incidents() {
    auto [stories, incidents] = correlate::join(std::move(items_), outages_);
    std::map<std::string, json::object> answer_of;  // of a story
    for (const auto& incident : incidents) {
      for (std::size_t i = 0; i < incident.strands.size(); ++i) {
        const auto& strand = incident.strands[i];
        auto part = fmt::format("{}/{}-{}", incident.id, strand.kind, i + 1);
        bool outage = strand.kind == "outage";
        for (const auto& story : strand.story_ids) {
          answer_of[story] = {{"cluster", outage ? part : incident.id},
                              {"story", story},
                              {"strand", part},
                              {"incident", incident.id}};
        }
      }
    }
    std::map<std::string, json::object> of_entry;
    for (const auto& one : stories) {
      for (const auto& id : one.entry_ids) of_entry[id] = answer_of.at(one.id);
    }
    for (const auto& id : ids_) {
      json::object line{{"id", id}};
      for (const auto& member : of_entry.at(id)) line.insert(member);
      print(line);
    }
  }

 private:
  void take(const model::Revision& revision, std::int64_t number) {
    auto article = correlate::article_of(revision);
    auto extraction = correlate::extract(article);
    std::vector<model::Link> links;
    if (!outages_.all().empty()) links = correlate::link(article, extraction, outages_);
    items_.push_back(
        correlate::item_of(revision, extraction, links, model::Instant(model::Seconds(number))));
  }

  static void print(const json::object& line) { fmt::print("{}\n", json::serialize(line)); }

  correlate::OutageIndex outages_;
  std::vector<correlate::Item> items_;
  std::vector<std::string> ids_;
  std::set<std::string> seen_;
};

int run(const Options& options) {
  auto bytes = read_file(options.file);
  if (!bytes) return fail(bytes.error());
  std::vector<model::Outage> outages;
  if (!options.outages.empty()) {
    auto parsed = read_outages(options.outages, "");
    if (!parsed) return fail(parsed.error());
    outages = std::move(parsed->outages);
  }
  int code = kDone;
  Clustering clustering(std::move(outages));
  clustering.read(options.file, *bytes, code);
  options.incidents ? clustering.print_incidents() : clustering.print_stories();
  return code;
}

}  // namespace

std::function<int()> cluster(CLI::App& options, const Context& /*context*/) {
  auto given = std::make_shared<Options>();
  options
      .add_option("file", given->file,
                  "JSONL of {\"id\",\"lang\",\"date\",\"title\",\"text\"}; - is stdin. Items are "
                  "taken once, in order of their dates")
      ->capture_default_str();
  options.add_flag("--incidents", given->incidents,
                   "Thread stories into incidents too: {\"id\",\"cluster\",\"story\",\"strand\","
                   "\"incident\"}, where each outage of an incident is a cluster of its own");
  options.add_option("--outages", given->outages,
                     "With --incidents: any measurement file; items are linked to its outages");
  return [given] { return run(*given); };
}

}  // namespace app
