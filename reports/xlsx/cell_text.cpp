#include "reports/xlsx/cell_text.h"

#include <algorithm>

#include "engine/xml/encoding.h"

namespace guildmark::reports::xlsx {

namespace {

constexpr std::size_t units_max = 32'767;
constexpr std::string_view cut_mark = "[…]";
constexpr std::size_t cut_mark_units = 3;
constexpr std::string_view replacement = "\uFFFD";

unsigned byte_of(char letter) {
    return static_cast<unsigned char>(letter);
}

/// True for what XML 1.0 cannot hold or what nobody would see.
bool is_control(char letter) {
    return (byte_of(letter) < 0x20 && letter != '\n' && letter != '\t') || letter == '\x7f';
}

/// U+FFFE and U+FFFF are no characters of XML.
bool is_noncharacter(std::string_view rest) {
    return rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF");
}

/// True when `rest` begins with what readers take for a character by its number, such as "_x0041_"
/// (ECMA-376, part 1, 22.9.2.19).
bool begins_escape(std::string_view rest) {
    constexpr std::size_t size = 7;
    return rest.size() >= size && rest[1] == 'x' && rest[size - 1] == '_' &&
           rest.substr(2, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool has_escape(std::string_view text) {
    for (std::size_t at = text.find("_x"); at != std::string_view::npos;
         at = text.find("_x", at + 1)) {
        if (begins_escape(text.substr(at))) {
            return true;
        }
    }
    return false;
}

/// UTF-16 units that the bytes of UTF-8 stand for: one for each first byte, two above U+FFFF.
std::size_t units_of(char letter) {
    const unsigned byte = byte_of(letter);
    return (byte & 0xC0u) == 0x80 ? 0u : byte >= 0xF0 ? 2u : 1u;
}

std::size_t count_units(std::string_view text) {
    std::size_t units = 0;
    for (const char letter : text) {
        units += units_of(letter);
    }
    return units;
}

bool is_fine(std::string_view text) {
    if (has_escape(text)) {
        return false;
    }
    // OPTIMIZATION: nearly all texts are short and plain ASCII, and need no second look.
    const bool plain = std::ranges::none_of(
        text, [](char letter) { return is_control(letter) || byte_of(letter) >= 0x80; });
    if (plain) {
        return text.size() <= units_max;
    }
    if (find_invalid_utf8(text) != std::string_view::npos || count_units(text) > units_max) {
        return false;
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_control(text[at]) || (text[at] == '\xEF' && is_noncharacter(text.substr(at)))) {
            return false;
        }
    }
    return true;
}

/// Every byte that is not part of valid UTF-8 becomes U+FFFD.
std::string to_valid(std::string_view text) {
    std::string out;
    for (std::size_t bad = find_invalid_utf8(text); bad != std::string_view::npos;
         bad = find_invalid_utf8(text)) {
        out += text.substr(0, bad);
        out += replacement;
        text.remove_prefix(bad + 1);
    }
    return out += text;
}

std::string to_visible(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\r') {
            out += at + 1 < text.size() && text[at + 1] == '\n' ? "" : "\n";
        } else if (is_control(text[at])) {
            // The pictures stand in one block from U+2400, that of DEL at U+2421.
            out += "\xE2\x90";
            out += text[at] == '\x7f' ? '\xA1' : static_cast<char>(0x80 + byte_of(text[at]));
        } else if (text[at] == '\xEF' && is_noncharacter(text.substr(at))) {
            out += replacement;
            at += 2;
        } else {
            out += text[at];
        }
    }
    return out;
}

std::string to_escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        out += text[at];
        if (text[at] == '_' && begins_escape(text.substr(at))) {
            out += "x005F_";
        }
    }
    return out;
}

/// Cuts between characters so that the mark still fits.
void cut(std::string& text) {
    if (count_units(text) <= units_max) {
        return;
    }
    std::size_t units = 0;
    std::size_t end = 0;
    while (units + units_of(text[end]) <= units_max - cut_mark_units) {
        units += units_of(text[end++]);
    }
    text.resize(end);
    text += cut_mark;
}

}  // namespace

const std::string& to_cell_text(const std::string& text, std::string& scratch) {
    if (is_fine(text)) {
        return text;
    }
    scratch = to_escaped(to_visible(to_valid(text)));
    cut(scratch);
    return scratch;
}

std::size_t count_lines(std::string_view text, unsigned width) {
    if (text.size() <= width && text.find('\n') == std::string_view::npos) {
        return 1;
    }
    // Letters are on average a tenth narrower than the digits by which columns are measured, and
    // words that go to the next line leave as much empty.
    std::size_t lines = 1;
    std::size_t filled = 0;
    for (const char letter : text) {
        const unsigned byte = byte_of(letter);
        const std::size_t cells = (byte & 0xC0u) == 0x80 ? 0u : byte >= 0xE3 ? 2u : 1u;
        filled += cells;
        if (letter == '\n') {
            ++lines;
            filled = 0;
        } else if (filled > width) {
            ++lines;
            filled = cells;
        }
    }
    return lines;
}

std::string to_margin_text(std::string_view text, std::size_t characters_max) {
    std::string out;
    std::size_t characters = 0;
    for (const char letter : to_visible(to_valid(text))) {
        characters += (byte_of(letter) & 0xC0u) == 0x80 ? 0u : 1u;
        if (characters > characters_max) {
            return out + "…";
        }
        out += letter == '\n' || letter == '\t' ? ' ' : letter;
        out += letter == '&' ? "&" : "";
    }
    return out;
}

}  // namespace guildmark::reports::xlsx
