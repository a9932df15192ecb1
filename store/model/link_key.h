#pragma once

#include <string>
#include <string_view>

namespace model {

// What the addresses of one article have in common: that for readers, for phones, for AMP; with
// www and without; http and https; with a slash at the end and without. From a canonical address;
// empty for what is no http(s) address and for a site's home page, which is no article.
//
// For comparing only, and only where something else speaks for the same article too (the same
// source, the same title): nobody promises that m.example.org/7 and www.example.org/7 are one. What
// goes:
// - the first label of the host, when it is www, m, mobile, amp or wap, and the second, when it is
// m
//   ("en.m.wikipedia.org"), unless what stays is no host of its own ("m.co.uk");
// - "amp" before or behind an article's path ("/amp/2014/12/a-b-c", "/2014/12/a-b-c/amp",
//   "/a-b-c.amp.html"); what names no article ("/guitars/amp") stays;
// - Blogger's "m=1" behind "/2014/12/slug.html".
// Linear.
std::string link_key(std::string_view canonical_url);

// Whether the path of an address names an article and no section: by a date, a name of three words,
// a long number, or a file.
bool is_article(std::string_view path);

// An http address as the https one, all else as it is: sites move from one to the other with every
// feed, guid and link that they have. For comparing only.
std::string as_https(std::string_view text);

}  // namespace model
