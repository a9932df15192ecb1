#pragma once

#include <memory>
#include <string>

#include <boost/json/object.hpp>

#include "store/model/mail.h"
#include "store/store.h"

// An issue of a digest or an alert: what is new of what answers a query. Built once, and frozen.
namespace app::mail {

// An entry that was published so long before the window is not told as new when its feed is first
// read, but counted.
inline constexpr model::Seconds kOld{7 * 86'400};
// So many incidents stand in an issue, those in which most came; of the rest their number.
inline constexpr std::size_t kMostIncidents = 50;
inline constexpr std::size_t kMostItems = 500;

// Makes issues, and keeps what several of them need: subscribers ask for much the same. Its content
// is
//   {"incidents":[{"id","title",
//      "new":[{"entry","revision","title","by","url","published","verdicts":[{"sign","text"}]}],
//      "changed":[{"kind","text"}],"older":N}],
//    "dead":[{"source","since","why"}],"more":N,"items":N}
// New is what was not told before; changed are verdicts that came out otherwise, outages that were
// measured, what editors corrected, entries that say something else; "older" counts entries that
// came late. Nothing stands in it that the query does not find. Incidents with the most that is new
// first; "more" counts those for which there was no room. kInvalid for the query.
class IssueMaker {
 public:
  IssueMaker(store::Store& store, model::Instant now);  // the store must live as long
  ~IssueMaker();
  IssueMaker(const IssueMaker&) = delete;
  IssueMaker& operator=(const IssueMaker&) = delete;

  // What came since a subscriber was told, up to now.
  model::Result<model::Issue> since(const model::Subscription& told);
  // What came to be known to the public in a window, as if its end was now.
  model::Result<model::Issue> within(const std::string& query, const std::string& zone,
                                     const model::Interval& window);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

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
