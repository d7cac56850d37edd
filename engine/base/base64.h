#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace guildmark {

/// Base64 with padding (RFC 4648, 4).
[[nodiscard]] std::string to_base64(std::string_view bytes);

/// The bytes of a text that to_base64 makes; other spellings of the same bytes are refused.
/// Errors: base64_malformed.
[[nodiscard]] Result<std::string> from_base64(std::string_view text);

}  // namespace guildmark
