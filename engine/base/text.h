#pragma once

#include <cstddef>
#include <string_view>

namespace guildmark {

/// The first `bytes_max` bytes of UTF-8 text or fewer, so that no character is cut in two.
[[nodiscard]] constexpr std::string_view beginning(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) {
        return text;
    }
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) {
        --end;
    }
    return text.substr(0, end);
}

}  // namespace guildmark
