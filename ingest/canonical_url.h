#pragma once

#include <string>
#include <string_view>

namespace ingest {

// One spelling for all the spellings of a web address: scheme and host in lower case, no default
// port, no dot at the end of the host, no fragment, no dot segments, percent escapes only where
// needed, and none of the parameters that only say who passed the link on (utm_*, fbclid, …) or ask
// for the AMP page ("amp=1", "outputType=amp"); pages in AMP caches and viewers go by the address
// that is kept there. After the WHATWG URL standard, but http and https stay apart; so do other
// forms of a page, which link_key() compares. What is no http(s) URL, or longer than
// 16 kB, comes back as it is, trimmed. Linear; never throws.
std::string canonical_url(std::string_view url);

}  // namespace ingest
