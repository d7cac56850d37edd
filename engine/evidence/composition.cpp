#include "engine/evidence/composition.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/evidence/composition_table.h"

namespace guildmark::evidence {

namespace {

// The Unicode Standard, section 3.12: syllables are numbered by leading consonant, vowel and
// trailing consonant.
constexpr char32_t syllable_base = 0xAC00;
constexpr char32_t leading_base = 0x1100;
constexpr char32_t vowel_base = 0x1161;
constexpr char32_t trailing_base = 0x11A7;
constexpr char32_t leading_count = 19;
constexpr char32_t vowel_count = 21;
constexpr char32_t trailing_count = 28;
constexpr char32_t syllable_count = leading_count * vowel_count * trailing_count;

constexpr bool is_within(char32_t character, char32_t base, char32_t count) {
    return character >= base && character < base + count;
}

std::optional<char32_t> compose_hangul(char32_t first, char32_t second) {
    if (is_within(first, leading_base, leading_count) &&
        is_within(second, vowel_base, vowel_count)) {
        const char32_t index = (first - leading_base) * vowel_count + (second - vowel_base);
        return syllable_base + index * trailing_count;
    }
    if (is_within(first, syllable_base, syllable_count) &&
        (first - syllable_base) % trailing_count == 0 &&
        is_within(second, trailing_base + 1, trailing_count - 1)) {
        return first + (second - trailing_base);
    }
    return std::nullopt;
}

std::optional<char32_t> compose(char32_t first, char32_t second) {
    const auto key = std::pair(first, second);
    const auto found =
        std::ranges::lower_bound(compositions, key, {}, [](const Composition& entry) {
            return std::pair(entry.first, entry.second);
        });
    if (found != compositions.end() && found->first == first && found->second == second) {
        return found->composed;
    }
    return compose_hangul(first, second);
}

/// Takes the first character off `text`, which is not empty.
char32_t take_character(std::string_view& text) {
    constexpr std::array<char32_t, 4> first_bits{0x7F, 0x1F, 0x0F, 0x07};
    constexpr char32_t replacement = 0xFFFD;
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if ((first >= 0x80 && first < 0xC0) || first >= 0xF8 || text.size() < length) {
        text.remove_prefix(1);
        return replacement;
    }
    char32_t character = first & first_bits[length - 1];
    for (std::size_t index = 1; index < length; ++index) {
        const auto byte = static_cast<unsigned char>(text[index]);
        if ((byte & 0xC0u) != 0x80) {
            text.remove_prefix(1);
            return replacement;
        }
        character = character << 6 | (byte & 0x3Fu);
    }
    text.remove_prefix(length);
    return character;
}

}  // namespace

std::u32string to_composed(std::string_view text) {
    std::u32string result;
    while (!text.empty()) {
        const char32_t character = take_character(text);
        const auto composed = result.empty() ? std::nullopt : compose(result.back(), character);
        if (composed) {
            result.back() = *composed;
        } else {
            result += character;
        }
    }
    return result;
}

}  // namespace guildmark::evidence
