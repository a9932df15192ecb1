#pragma once

#include <memory>
#include <string>

#include <CLI/App.hpp>

#include "app/context.h"
#include "correlate/train/data.h"

namespace app {

// What `train` and `eval` both read.
struct LabelledFiles {
  std::string items;
  std::string outages;
  std::string links;
  bool edits = false;  // also what people confirmed and rejected in the store
};
void add_labelled_options(CLI::App& options, LabelledFiles& files);

// Reads, extracts, and joins labels with what they label. What the labels name and is not there is
// told on stderr.
model::Result<std::unique_ptr<correlate::train::Data>> read_labelled(const LabelledFiles& files,
                                                                     const Context& context);

// The weights of a file, with its name in what is wrong with it; without a name the shipped ones.
model::Result<correlate::evidence::Weights> read_weights(const std::string& path);

// Writes a file whole; the error names it.
model::Status write_file(const std::string& path, const std::string& bytes);

}  // namespace app
