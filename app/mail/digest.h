#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "store/model/mail.h"
#include "store/store.h"

// A digest: what was learned in a window, of what answers a query. Built once, and frozen.
namespace app::mail {

// The issue for a query and a window. Its content is
//   {"incidents":[{"id","title",
//      "new":[{"entry","revision","title","by","url","published","verdicts":[{"sign","text"}]}],
//      "measured":[{"outage","text"}],
//      "changed":[{"kind","text"}]}],
//    "dead":[{"source","since","why"}],"items":N}
// New is what came to be known in the window; changed are verdicts that came out otherwise, outages
// whose end was measured, entries that say something else. Nothing stands in it that the query does
// not find. Incidents with the most that is new first. kInvalid for the query.
model::Result<model::Issue> make_issue(store::Store& store, const std::string& query,
                                       const std::string& zone, const model::Interval& window,
                                       model::Instant now);

// Its content; an empty object for what is none.
boost::json::object content_of(const model::Issue& issue);
// How much is in it.
std::size_t items_in(const boost::json::object& content);

// The content as plain text, as HTML that mail programs show, and as the inside of a page's <main>.
// `base` is where the pages are, with a slash at its end; empty: nowhere.
std::string issue_title(const model::Issue& issue);
std::string issue_text(const model::Issue& issue, const std::string& base);
std::string issue_html(const model::Issue& issue, const std::string& base);

}  // namespace app::mail
