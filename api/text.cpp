#include "api/text.h"

#include <cstdint>

namespace guildmark::api {
namespace {

/// How many bytes the UTF-8 character at the beginning of `text` has; 0 when there is none.
/// Source: RFC 3629, section 4.
std::size_t character_bytes(std::string_view text) {
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const auto is_tail = [&](std::size_t index) { return (byte(index) & 0xC0u) == 0x80u; };
    const unsigned char first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
        return 0;
    }
    const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (text.size() < size) {
        return 0;
    }
    for (std::size_t index = 1; index < size; ++index) {
        if (!is_tail(index)) {
            return 0;
        }
    }
    const bool is_overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool is_surrogate = first == 0xED && byte(1) > 0x9F;
    const bool is_beyond = first == 0xF4 && byte(1) > 0x8F;
    return is_overlong || is_surrogate || is_beyond ? 0 : size;
}

bool is_unreserved(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_' ||
           letter == '~';
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string lower_case(std::string_view text) {
    std::string lowered(text);
    for (char& letter : lowered) {
        if (letter >= 'A' && letter <= 'Z') {
            letter = static_cast<char>(letter - 'A' + 'a');
        }
    }
    return lowered;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (end > 0) {
            parts.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = character_bytes(text);
        if (size == 0) {
            return false;
        }
        text.remove_prefix(size);
    }
    return true;
}

std::size_t character_count(std::string_view text) {
    std::size_t count = 0;
    for (const char letter : text) {
        count += (static_cast<unsigned char>(letter) & 0xC0u) != 0x80u ? 1 : 0;
    }
    return count;
}

std::int64_t number_of(std::string_view text) {
    if (text.empty() || text.size() > 15) {
        return -1;
    }
    std::int64_t number = 0;
    for (const char letter : text) {
        if (letter < '0' || letter > '9') {
            return -1;
        }
        number = number * 10 + (letter - '0');
    }
    return number;
}

std::string percent_encoded(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char letter : text) {
        if (is_unreserved(letter)) {
            encoded.push_back(letter);
            continue;
        }
        const auto byte = static_cast<unsigned char>(letter);
        encoded.push_back('%');
        encoded.push_back(digits[byte >> 4u]);
        encoded.push_back(digits[byte & 15u]);
    }
    return encoded;
}

std::string attachment_disposition(std::string_view file_name) {
    std::string ascii;
    for (const char letter : file_name) {
        const bool is_plain = letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\' &&
                              letter != '%' && letter != '/';
        ascii.push_back(is_plain ? letter : '_');
    }
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + percent_encoded(file_name);
}

}  // namespace guildmark::api
