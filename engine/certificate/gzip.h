#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace guildmark {

/// `bytes` as one GZIP member (RFC 1952) without a name or a time, so that the same bytes give the
/// same text.
[[nodiscard]] std::string to_gzip(std::string_view bytes);

/// The bytes of one GZIP member, `bytes_max` at most. Nothing when it is not whole, its sum does
/// not agree, something stands behind it, or there are more.
[[nodiscard]] std::optional<std::string> from_gzip(std::string_view text, std::size_t bytes_max);

}  // namespace guildmark
