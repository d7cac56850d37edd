#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace guildmark {

/// Multibase with the letter z: base58 in Bitcoin's alphabet (W3C Controlled Identifiers 1.0, 2.4).
[[nodiscard]] std::string to_multibase(std::string_view bytes);

/// The bytes of a text that begins with z. At most 128 characters are read, more than any key or
/// signature has. Errors: multibase_malformed.
[[nodiscard]] Result<std::string> from_multibase(std::string_view text);

}  // namespace guildmark
