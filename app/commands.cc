#include "app/commands.h"

namespace app {

const std::vector<Command>& commands() {
  constexpr auto kPure = Command::Kind::kPure;
  static const std::vector<Command> kCommands = {
      {"demo", "Ingest the shipped sample, correlate it, print the annotated timeline", demo},
      {"ingest", "Read feeds and measurements into the store", ingest},
      {"correlate", "Bring links, verdicts, stories and incidents up to date", correlate},
      {"timeline", "Print the incidents that answer a query, annotated", timeline},
      {"search", "List the entries, claims, outages and edits that answer a query", search},
      {"why", "Show what a link, verdict, outage, entry, story or incident rests on", why},
      {"edit", "Decide: merge, split, pin, reject, note, correct, delete, undo", edit},
      {"log", "What people decided, when, why, and what was undone", log},
      {"export", "Write all incidents as a static site, in every format", export_command},
      {"document", "Print the bytes that an entry or a measurement was read from", document},
      {"sources", "What is polled and how it is; add, remove, export", sources},
      {"gazetteer", "Names that are looked up in entries: list, import, remove", gazetteer_command},
      {"serve", "Serve pages and the API over HTTP", serve_command},
      {"tokens", "Who may read, decide and administer over HTTP: add, list, remove", tokens},
      {"digest", "The daily mail: preview, queue, send", digest},
      {"subscribers", "Who gets it: add, list, remove", subscribers},
      {"alerts", "Who is told at once: add, list, remove", alerts},
      {"run", "Poll sources when they are due, correlate what is new, serve it, mail", run},
      {"worker",
       "One of many processes over PostgreSQL and NATS: fetch, extract, correlate, publish",
       worker_command},
      {"copy", "Copy everything from one store into another, verified", copy},
      {"backup", "Copy the database into a file while it is in use, checked", backup,
       Command::Kind::kStarts},
      {"check", "Look whether a database is whole, without changing it", check},
      {"retain", "Give away the bytes of old documents that nothing published rests on", retain},
      {"config", "Check the configuration and the environment; list what can be set", config},
      {"doctor", "Check what an operator would: database, disk, clock, limits, sources, mail",
       doctor},
      {"parse", "Read one feed document and print it as JSON (no store)", parse, kPure},
      {"outages", "Read measurement files and print outages, one a line (no store)", outages,
       kPure},
      {"detect", "Find outages in measured series, JSON in and out (no store)", detect, kPure},
      {"mrt", "Print BGP dumps (MRT), one line a route, as bgpdump -m does (no store)", mrt, kPure},
      {"visibility", "Print what share of peers sees a network, AS or country, from BGP dumps",
       visibility, kPure},
      {"extract", "Find times, places, networks and claims in texts (no store)", extract, kPure},
      {"cluster", "Say which items report the same happening (no store)", cluster, kPure},
      {"link", "Say which item speaks of which outage (no store)", link, kPure},
      {"verify", "Hold the items' claims against the outages (no store)", verify, kPure},
      {"train", "Learn the weights of links from labelled ones (no store)", train},
      {"eval", "Say how good links are, held out by country and by year (no store)", eval},
      {"about", "Version, and whose names are used under which terms", about},
      {"manual", "Write the manual pages, the shells' completion, the configuration's template",
       manual, Command::Kind::kHidden},
  };
  return kCommands;
}

}  // namespace app
