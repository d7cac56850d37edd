#include "engine/workflow/characters.h"

#include "engine/xml/encoding.h"

namespace guildmark::workflow {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_space(char letter) {
    return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
}

/// How many bytes the character has that begins with `lead` in valid UTF-8.
std::size_t length_of(unsigned char lead) {
    if (lead < 0x80) {
        return 1;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

char32_t character_at(std::string_view bytes) {
    const auto lead = static_cast<unsigned char>(bytes.front());
    char32_t letter = bytes.size() == 1 ? lead : lead & (0xFFu >> (bytes.size() + 1));
    for (const char byte : bytes.substr(1)) {
        letter = letter << 6u | (static_cast<unsigned char>(byte) & 0x3Fu);
    }
    return letter;
}

/// Scripts that write no spaces between words: the blocks from CJK radicals to the compatibility
/// ideographs and full-width forms, without Hangul, which has spaces.
bool writes_no_spaces(char32_t letter) {
    const bool hangul =
        (letter >= 0xAC00 && letter <= 0xD7FF) || (letter >= 0x3130 && letter <= 0x318F);
    return !hangul &&
           ((letter >= 0x2E80 && letter <= 0xFFEF) || (letter >= 0x20000 && letter <= 0x3FFFF));
}

/// The last character of `text` and the first of `next`: is a line break between them no space?
bool joins_without_space(std::string_view text, std::string_view next) {
    const std::u32string before =
        to_characters(text.substr(text.size() - std::min<std::size_t>(4, text.size())));
    const std::u32string after = to_characters(next.substr(0, 4));
    return !before.empty() && !after.empty() && writes_no_spaces(before.back()) &&
           writes_no_spaces(after.front());
}

}  // namespace

std::u32string to_characters(std::string_view text) {
    std::u32string characters;
    while (!text.empty()) {
        const std::size_t length = length_of(static_cast<unsigned char>(text.front()));
        const bool valid = length <= text.size() &&
                           find_invalid_utf8(text.substr(0, length)) == std::string_view::npos;
        characters += valid ? character_at(text.substr(0, length)) : replacement;
        text.remove_prefix(valid ? length : 1);
    }
    return characters;
}

std::string flow_text(std::string_view text) {
    std::string out;
    std::size_t index = 0;
    while (index < text.size()) {
        if (!is_space(text[index])) {
            out += text[index++];
            continue;
        }
        unsigned breaks = 0;
        while (index < text.size() && is_space(text[index])) {
            breaks += text[index++] == '\n' ? 1u : 0u;
        }
        if (out.empty() || index == text.size()) {
            continue;
        }
        if (breaks > 1) {
            out += "\n\n";
        } else if (breaks == 0 || !joins_without_space(out, text.substr(index))) {
            out += ' ';
        }
    }
    return out;
}

}  // namespace guildmark::workflow
