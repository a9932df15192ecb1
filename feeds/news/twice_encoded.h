#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace feeds::news {

// UTF-8 that was once taken for windows-1252 and encoded again ("cafÃ©"), as it was before. Nothing
// unless every character beyond ASCII is part of such a sequence, and there are three of them or
// more: text that merely shows one stays. Linear; text of the usual kind is left at its first
// accent.
std::optional<std::string> encoded_once(std::string_view text);

}  // namespace feeds::news
