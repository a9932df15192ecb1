#pragma once

#include <string>
#include <string_view>

#include "app/serve/call.h"

namespace app::serve {

// What a browser may load with a page of ours (https://www.w3.org/TR/CSP3/): our own files, and
// nothing that stands in the page itself.
inline constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src "
    "'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
// … of one that other sites may show in a frame.
inline constexpr std::string_view kEmbedPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src "
    "'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";

struct Page {
  std::string title;
  std::string head{};    // more for <head>, as HTML
  std::string main{};    // what stands in <main>, as HTML
  std::string query{};   // what the search field holds
  bool scripts = false;  // whether it gets better with our script
  bool narrow = true;    // false: it uses all the width there is
};

// The whole page: head, navigation, search field, who is signed in.
HttpAnswer page(const Call& call, const Page& page, int status = 200);
// A page without a call: of errors.
HttpAnswer message_page(int status, std::string_view title, std::string_view text);
// A page for a frame in another site: no navigation, self-contained but for our own files.
HttpAnswer embedded_page(const Page& page);

// The address of a file of ours that may be kept for ever: its name holds the hash of its bytes.
std::string static_url(std::string_view name);
// The files of "/static/…": bytes and media type; null for none.
struct StaticFile {
  std::string_view name;
  std::string_view type;
  std::string_view bytes;
  std::string hash;
};
const StaticFile* static_file(std::string_view name);

// Hidden fields of a form that changes something: the session's proof, and where to go then.
std::string form_fields(const Call& call, std::string_view to);
// "<a href="/entries/ent-1">words</a>", both escaped.
std::string link_to(std::string_view page, std::string_view id, std::string_view words);
// An <input> with a label, both by this name.
std::string text_input(std::string_view name, std::string_view label, std::string_view value,
                       std::string_view more = {});

}  // namespace app::serve
