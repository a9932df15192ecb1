#pragma once

#include <cstddef>
#include <string_view>

#include "feeds/news/feed.h"

namespace feeds::mail {

// Multiparts inside multiparts; more is an attack.
inline constexpr std::size_t kDeepest = 32;

// Reads an e-mail newsletter (RFC 5322, MIME) as a feed of one entry: Subject, Date, From, the
// HTML part or else the text part. The feed is the list or the sender: List-Id (RFC 2919), else the
// address in From. "View in browser" (Archived-At, RFC 5064) is the link. Message-ID is the id. By
// GMime. Never fails; a message without text is a feed without entries.
news::Document parse(std::string_view bytes, const news::Hints& hints);

// Whether a document begins as a message does: header fields, From or Subject among them.
bool looks_like_mail(std::string_view text);

}  // namespace feeds::mail
