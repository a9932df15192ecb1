#pragma once

#include <string_view>

#include "store/check.h"

namespace store::postgres {

// Of the database of a URL; see store::check(). A server looks after its own files.
model::Result<Checked> check(std::string_view url, const CheckOptions& options,
                             const std::function<void(const Trouble&)>& tell);

}  // namespace store::postgres
