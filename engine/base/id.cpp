#include "engine/base/id.h"

#include <array>

namespace guildmark {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t text_length = 13;

}  // namespace

std::string id_to_text(std::uint64_t value) {
    std::string text(text_length, '0');
    for (std::size_t index = text_length; index > 0; --index) {
        text[index - 1] = alphabet[value & 31u];
        value >>= 5u;
    }
    return text;
}

std::optional<std::uint64_t> id_from_text(std::string_view text) {
    if (text.size() != text_length) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char letter : text) {
        const auto digit = alphabet.find(letter);
        if (digit == std::string_view::npos || value >= (1ull << 59u)) {
            return std::nullopt;
        }
        value = (value << 5u) | digit;
    }
    if (value == 0 || value >= (1ull << 63u)) {
        return std::nullopt;
    }
    return value;
}

}  // namespace guildmark
