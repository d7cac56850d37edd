#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace guildmark {

/// The document's text in UTF-8 without a byte order mark. The encoding is told by the byte order
/// mark, else by the XML declaration, else it is UTF-8 (XML 1.0, appendix F).
/// Errors: encoding_unknown, encoding_invalid (with the byte at which the text ends to be valid).
[[nodiscard]] Result<std::string> to_utf8(std::string_view bytes);

/// The index of the first byte that is not part of valid UTF-8, or npos.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);

}  // namespace guildmark
