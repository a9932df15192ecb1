#pragma once

#include <curl/curl.h>

// What libcurl's users here share.
namespace app::mail {

// CURLOPT_XFERINFOFUNCTION over a std::function<bool()>: called once a second at least, ends the
// transfer where that says so.
int is_stopped(void* asked, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

}  // namespace app::mail
