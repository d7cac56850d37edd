#include "engine/scxml/ecmascript.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace guildmark::scxml {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Length in bytes of the white space or line end that begins at `at`; 0 when there is none.
std::size_t space_size(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 22> wide = {"\xC2\xA0",     "\xE1\x9A\x80",
                                                              "\xE2\x80\x80", "\xE2\x80\x81",
                                                              "\xE2\x80\x82", "\xE2\x80\x83",
                                                              "\xE2\x80\x84", "\xE2\x80\x85",
                                                              "\xE2\x80\x86", "\xE2\x80\x87",
                                                              "\xE2\x80\x88", "\xE2\x80\x89",
                                                              "\xE2\x80\x8A", "\xE2\x80\xA8",
                                                              "\xE2\x80\xA9", "\xE2\x80\xAF",
                                                              "\xE2\x81\x9F", "\xE3\x80\x80",
                                                              "\xEF\xBB\xBF", "\x0B",
                                                              "\x0C",         "\r"};
    const char letter = text[at];
    if (letter == ' ' || letter == '\t' || letter == '\n') {
        return 1;
    }
    for (const std::string_view space : wide) {
        if (text.substr(at).starts_with(space)) {
            return space.size();
        }
    }
    return 0;
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at])) {
        ++at;
    }
    return at;
}

/// Whether `text` is a StrUnsignedDecimalLiteral other than Infinity.
bool is_decimal(std::string_view text) {
    std::size_t at = skip_digits(text, 0);
    std::size_t digits = at;
    if (at < text.size() && text[at] == '.') {
        const std::size_t end = skip_digits(text, at + 1);
        digits += end - at - 1;
        at = end;
    }
    if (digits == 0) {
        return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
            ++at;
        }
        const std::size_t end = skip_digits(text, at);
        return end > at && end == text.size();
    }
    return at == text.size();
}

/// Zero or infinity for a decimal that is out of a double's range: which, its magnitude tells.
double out_of_range(std::string_view text) {
    const std::size_t mark = text.find_first_of("eE");
    const std::string_view mantissa = text.substr(0, mark);
    const std::size_t first = mantissa.find_first_of("123456789");
    if (first == std::string_view::npos) {
        return 0;
    }
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    const double magnitude = static_cast<double>(point) - static_cast<double>(first);
    if (mark == std::string_view::npos) {
        return magnitude > 0 ? infinity : 0;
    }
    const bool negative = text[mark + 1] == '-';
    std::int64_t exponent = std::numeric_limits<std::int32_t>::max();
    std::string_view digits = text.substr(mark + 1);
    digits.remove_prefix(is_digit(digits.front()) ? 0 : 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    return magnitude + static_cast<double>(negative ? -exponent : exponent) > 0 ? infinity : 0;
}

double read_radix(std::string_view digits, unsigned radix) {
    double number = 0;
    for (const char letter : digits) {
        unsigned digit = 36;
        if (is_digit(letter)) {
            digit = static_cast<unsigned>(letter - '0');
        } else if (letter >= 'a' && letter <= 'f') {
            digit = static_cast<unsigned>(letter - 'a') + 10;
        } else if (letter >= 'A' && letter <= 'F') {
            digit = static_cast<unsigned>(letter - 'A') + 10;
        }
        if (digit >= radix) {
            return not_a_number;
        }
        number = number * radix + digit;
    }
    return digits.empty() ? not_a_number : number;
}

std::optional<unsigned> radix_of(std::string_view text) {
    if (text.size() < 2 || text[0] != '0') {
        return std::nullopt;
    }
    switch (text[1]) {
        case 'x':
        case 'X':
            return 16;
        case 'o':
        case 'O':
            return 8;
        case 'b':
        case 'B':
            return 2;
        default:
            return std::nullopt;
    }
}

struct Decoded {
    std::uint32_t code_point = 0;
    std::size_t size = 1;
};

/// The code point at `at`. REQUIRES: valid UTF-8.
Decoded decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t offset) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + offset]));
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) {
        return {lead, 1};
    }
    if (lead < 0xE0 && at + 1 < text.size()) {
        return {((lead & 0x1Fu) << 6u) | (byte(1) & 0x3Fu), 2};
    }
    if (lead < 0xF0 && at + 2 < text.size()) {
        return {((lead & 0x0Fu) << 12u) | ((byte(1) & 0x3Fu) << 6u) | (byte(2) & 0x3Fu), 3};
    }
    if (at + 3 < text.size()) {
        return {((lead & 0x07u) << 18u) | ((byte(1) & 0x3Fu) << 12u) | ((byte(2) & 0x3Fu) << 6u) |
                    (byte(3) & 0x3Fu),
                4};
    }
    return {0xFFFD, 1};
}

void append_joined(std::string& out, const Value& value) {
    if (value.is_text()) {
        out += value.as_text();
    } else if (value.is_bool()) {
        out += value.as_bool() ? "true" : "false";
    } else if (value.is_number()) {
        out += number_to_text(value.as_number());
    } else if (value.is_object()) {
        out += "[object Object]";
    } else if (value.is_array()) {
        bool first = true;
        for (const Value& item : value.as_array()) {
            out += first ? "" : ",";
            first = false;
            append_joined(out, item);  // Bounded: data are at most limits::json_depth_max deep.
        }
    }
}

}  // namespace

std::string_view trim_space(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = space_size(text, 0);
        if (size == 0) {
            break;
        }
        text.remove_prefix(size);
    }
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0u) == 0x80u) {
            --start;
        }
        const std::size_t size = space_size(text, start);
        if (size == 0 || start + size != text.size()) {
            break;
        }
        text = text.substr(0, start);
    }
    return text;
}

double text_to_number(std::string_view text) {
    text = trim_space(text);
    if (text.empty()) {
        return 0;
    }
    if (const auto radix = radix_of(text)) {
        return read_radix(text.substr(2), *radix);
    }
    const bool negative = text.front() == '-';
    if (negative || text.front() == '+') {
        text.remove_prefix(1);
    }
    double number = infinity;
    if (text != "Infinity") {
        if (!is_decimal(text)) {
            return not_a_number;
        }
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec == std::errc::result_out_of_range) {
            number = out_of_range(text);
        }
    }
    return negative ? -number : number;
}

std::string number_to_text(double number) {
    if (std::isnan(number)) {
        return "NaN";
    }
    if (number == 0) {
        return "0";
    }
    if (std::isinf(number)) {
        return number < 0 ? "-Infinity" : "Infinity";
    }
    // Shortest digits that read back the same, as d.ddde+xx, then laid out by the standard's cases.
    std::array<char, 32> buffer{};
    const auto written = std::to_chars(buffer.data(),
                                       buffer.data() + buffer.size(),
                                       std::fabs(number),
                                       std::chars_format::scientific);
    const std::string_view shortest(buffer.data(),
                                    static_cast<std::size_t>(written.ptr - buffer.data()));
    const std::size_t mark = shortest.find('e');
    std::string digits(1, shortest[0]);
    if (mark > 2) {
        digits += shortest.substr(2, mark - 2);
    }
    int exponent = 0;
    const std::size_t sign = shortest[mark + 1] == '+' ? 2 : 1;
    std::from_chars(shortest.data() + mark + sign, shortest.data() + shortest.size(), exponent);
    const int point = exponent + 1;  // The standard's n.
    const int count = static_cast<int>(digits.size());
    std::string out = number < 0 ? "-" : "";
    if (point > 21 || point <= -6) {
        out += digits.substr(0, 1);
        out += count > 1 ? "." + digits.substr(1) : "";
        out += point > 0 ? "e+" : "e-";
        out += std::to_string(std::abs(point - 1));
    } else if (point <= 0) {
        out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else if (count <= point) {
        out += digits + std::string(static_cast<std::size_t>(point - count), '0');
    } else {
        const auto whole = static_cast<std::size_t>(point);
        out += digits.substr(0, whole) + "." + digits.substr(whole);
    }
    return out;
}

std::string value_to_text(const Value& value) {
    if (value.is_null()) {
        return "null";
    }
    std::string out;
    append_joined(out, value);
    return out;
}

std::size_t value_bytes(const Value& value) {
    if (value.is_text()) {
        return value.as_text().size() + 2;
    }
    std::size_t bytes = 8;
    if (value.is_array()) {
        for (const Value& item : value.as_array()) {
            bytes += value_bytes(item) + 1;
        }
    } else if (value.is_object()) {
        for (const auto& [name, member] : value.as_object()) {
            bytes += name.size() + 4 + value_bytes(member);
        }
    }
    return bytes;
}

std::size_t text_length(std::string_view text) {
    std::size_t units = 0;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        units += (byte & 0xC0u) != 0x80u ? 1u : 0u;
        units += byte >= 0xF0u ? 1u : 0u;
    }
    return units;
}

std::optional<std::string> text_unit(std::string_view text, std::size_t index) {
    std::size_t unit = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded next = decode(text, at);
        const std::size_t units = next.code_point > 0xFFFF ? 2 : 1;
        if (index < unit + units) {
            return units == 2 ? "\xEF\xBF\xBD" : std::string(text.substr(at, next.size));
        }
        unit += units;
        at += next.size;
    }
    return std::nullopt;
}

int compare_text(std::string_view left, std::string_view right) {
    const auto [at_left, at_right] =
        std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    if (at_left == left.end() || at_right == right.end()) {
        return (at_left == left.end() ? 0 : 1) - (at_right == right.end() ? 0 : 1);
    }
    // UTF-8 sorts by code point. UTF-16 puts surrogates, lead bytes F0 and above, before U+E000 and
    // above, lead bytes EE and EF.
    const auto first = static_cast<unsigned char>(*at_left);
    const auto second = static_cast<unsigned char>(*at_right);
    const bool swapped = std::min(first, second) >= 0xEE && std::min(first, second) < 0xF0 &&
                         std::max(first, second) >= 0xF0;
    return (first < second) != swapped ? -1 : 1;
}

std::optional<std::uint32_t> text_to_array_index(std::string_view text) {
    if (text.empty() || text.size() > 9 || (text.size() > 1 && text.front() == '0') ||
        !std::all_of(text.begin(), text.end(), is_digit)) {
        return std::nullopt;
    }
    std::uint32_t index = 0;
    std::from_chars(text.data(), text.data() + text.size(), index);
    return index;
}

void append_utf8(std::string& out, std::uint32_t code_point) {
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0u | (code_point >> 6u));
        put(0x80u | (code_point & 0x3Fu));
    } else if (code_point < 0x10000) {
        put(0xE0u | (code_point >> 12u));
        put(0x80u | ((code_point >> 6u) & 0x3Fu));
        put(0x80u | (code_point & 0x3Fu));
    } else {
        put(0xF0u | (code_point >> 18u));
        put(0x80u | ((code_point >> 12u) & 0x3Fu));
        put(0x80u | ((code_point >> 6u) & 0x3Fu));
        put(0x80u | (code_point & 0x3Fu));
    }
}

}  // namespace guildmark::scxml
