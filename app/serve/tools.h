#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/serve/call.h"
#include "store/model/edit.h"
#include "store/model/timeline.h"

namespace app::serve {

// What an editor may do with each part of an incident's page, as forms
// (feeds::render::Site::tools).
std::function<std::string(std::string_view, std::string_view)> editor_tools(
    const Call& call, const model::TimelineIncident& incident);

// An edit in the public log, with a button that takes it back for those who may.
std::string edit_html(const Call& call, const model::Edit& edit,
                      std::optional<std::int64_t> undone_by);

// How to show the incident elsewhere: what to copy.
std::string embed_html(const Call& call, std::string_view incident);

}  // namespace app::serve
