#pragma once

#include <string>

#include <CLI/App.hpp>

#include "app/context.h"
#include "correlate/timeline.h"
#include "store/model/timeline.h"

namespace app {

// How a timeline is cut and printed: the options that `timeline` and `demo` share.
struct TimelineOptions {
  std::string from;
  std::string to;
  std::string as_of;
  std::size_t days = 0;  // 0: all
  std::string zone = "UTC";
  std::string format;  // empty: text, or what --json asks for
  std::string base_url;
};

// How it is cut, without how it is printed.
void add_cut_options(CLI::App& options, TimelineOptions& into);
void add_timeline_options(CLI::App& options, TimelineOptions& into);

// kInvalid, naming the option, when one of them cannot be.
model::Result<correlate::TimelineRequest> request_of(const std::string& query,
                                                     const TimelineOptions& options,
                                                     const Context& context);

// In the format asked for; as text, coloured where stdout is a terminal.
std::string rendered(const model::Timeline& timeline, const TimelineOptions& options,
                     const Context& context);
// … printed to stdout.
void show(const model::Timeline& timeline, const TimelineOptions& options, const Context& context);

}  // namespace app
