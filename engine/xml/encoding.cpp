#include "engine/xml/encoding.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace guildmark {
namespace {

void append_utf8(std::string& out, char32_t letter) {
    const auto add = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (letter < 0x80) {
        add(letter);
    } else if (letter < 0x800) {
        add(0xC0u | (letter >> 6u));
        add(0x80u | (letter & 0x3Fu));
    } else if (letter < 0x10000) {
        add(0xE0u | (letter >> 12u));
        add(0x80u | ((letter >> 6u) & 0x3Fu));
        add(0x80u | (letter & 0x3Fu));
    } else {
        add(0xF0u | (letter >> 18u));
        add(0x80u | ((letter >> 12u) & 0x3Fu));
        add(0x80u | ((letter >> 6u) & 0x3Fu));
        add(0x80u | (letter & 0x3Fu));
    }
}

Error invalid_at(std::size_t index) {
    return malformed(
        "encoding_invalid",
        fmt::format("the bytes are not valid in the document's encoding from byte {} on; "
                    "save it as UTF-8",
                    index));
}

enum class ByteOrder { little, big };

char32_t unit_at(std::string_view bytes, std::size_t index, ByteOrder order) {
    const auto first = static_cast<unsigned char>(bytes[index]);
    const auto second = static_cast<unsigned char>(bytes[index + 1]);
    return order == ByteOrder::little ? char32_t(second) << 8u | first
                                      : char32_t(first) << 8u | second;
}

Result<std::string> from_utf16(std::string_view bytes, ByteOrder order) {
    std::string out;
    for (std::size_t index = 0; index < bytes.size(); index += 2) {
        if (index + 1 == bytes.size()) {
            return invalid_at(index);
        }
        char32_t letter = unit_at(bytes, index, order);
        if (letter >= 0xDC00 && letter < 0xE000) {
            return invalid_at(index);
        }
        if (letter >= 0xD800 && letter < 0xDC00) {
            if (index + 3 >= bytes.size()) {
                return invalid_at(index);
            }
            const char32_t low = unit_at(bytes, index + 2, order);
            if (low < 0xDC00 || low >= 0xE000) {
                return invalid_at(index);
            }
            letter = 0x10000 + ((letter - 0xD800) << 10u) + (low - 0xDC00);
            index += 2;
        }
        append_utf8(out, letter);
    }
    return out;
}

std::string from_latin1(std::string_view bytes) {
    std::string out;
    for (const char byte : bytes) {
        append_utf8(out, static_cast<unsigned char>(byte));
    }
    return out;
}

/// The name in `encoding="…"` of the XML declaration, in lower case; empty when there is none.
std::string declared_encoding(std::string_view bytes) {
    if (!bytes.starts_with("<?xml")) {
        return {};
    }
    const std::string_view declaration = bytes.substr(0, bytes.find("?>"));
    auto place = declaration.find("encoding");
    if (place == std::string_view::npos) {
        return {};
    }
    place = declaration.find_first_of("\"'", place);
    if (place == std::string_view::npos) {
        return {};
    }
    const auto end = declaration.find(declaration[place], place + 1);
    std::string name(declaration.substr(place + 1, end - place - 1));
    std::ranges::transform(name, name.begin(), [](unsigned char letter) {
        return static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
    });
    return name;
}

/// The name so that it can be shown: its encoding is what is not known.
std::string shown_name(std::string_view name) {
    std::string shown(name.substr(0, 40));
    std::ranges::replace_if(
        shown, [](char letter) { return letter < ' ' || letter > '~'; }, '?');
    return shown;
}

/// How many bytes a letter has that begins with `lead`; zero when none does.
std::size_t length_of_letter(unsigned char lead) {
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xC2 || lead >= 0xF5) {
        return 0;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// Whether the bytes, as many as their first one says, are one letter, in its shortest form.
bool is_letter(std::string_view bytes) {
    const auto lead = static_cast<unsigned char>(bytes[0]);
    const std::size_t length = bytes.size();
    char32_t letter = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (const char byte : bytes.substr(1)) {
        const auto next = static_cast<unsigned char>(byte);
        if ((next & 0xC0u) != 0x80) {
            return false;
        }
        letter = letter << 6u | (next & 0x3Fu);
    }
    const bool is_overlong = (length == 3 && letter < 0x800) || (length == 4 && letter < 0x10000);
    const bool is_surrogate = letter >= 0xD800 && letter < 0xE000;
    return !is_overlong && !is_surrogate && letter <= 0x10FFFF;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) {
    std::size_t index = 0;
    while (index < text.size()) {
        const std::size_t length = length_of_letter(static_cast<unsigned char>(text[index]));
        if (length == 0 || index + length > text.size() || !is_letter(text.substr(index, length))) {
            return index;
        }
        index += length;
    }
    return std::string_view::npos;
}

Result<std::string> to_utf8(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) {
        return from_utf16(bytes.substr(2), ByteOrder::little);
    }
    if (bytes.starts_with("\xFE\xFF")) {
        return from_utf16(bytes.substr(2), ByteOrder::big);
    }
    if (bytes.starts_with(std::string_view("<\0?\0", 4))) {
        return from_utf16(bytes, ByteOrder::little);
    }
    if (bytes.starts_with(std::string_view("\0<\0?", 4))) {
        return from_utf16(bytes, ByteOrder::big);
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
    }
    const std::string encoding = declared_encoding(bytes);
    if (encoding == "iso-8859-1" || encoding == "latin1") {
        return from_latin1(bytes);
    }
    if (!encoding.empty() && encoding != "utf-8" && encoding != "us-ascii" && encoding != "ascii") {
        return malformed(
            "encoding_unknown",
            fmt::format("the encoding \"{}\" is not read here; save the document as UTF-8",
                        shown_name(encoding)));
    }
    if (const auto index = find_invalid_utf8(bytes); index != std::string_view::npos) {
        return invalid_at(index);
    }
    return std::string(bytes);
}

}  // namespace guildmark
