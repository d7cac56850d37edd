#include "adapters/evidence/folder/locator.h"

#include "engine/xml/encoding.h"

namespace guildmark::folder_source {

namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

bool is_escape(std::string_view text, std::size_t at) {
    return text[at] == '%' && at + 2 < text.size() &&
           digits.find(text[at + 1]) != std::string_view::npos &&
           digits.find(text[at + 2]) != std::string_view::npos;
}

void append_escaped(std::string& out, char byte) {
    const auto value = static_cast<unsigned char>(byte);
    out += '%';
    out += digits[value >> 4];
    out += digits[value & 0xFu];
}

bool is_control(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value < 0x20 || value == 0x7F;
}

}  // namespace

std::string escape_name(std::string_view name) {
    std::string out;
    std::size_t valid_until = 0;
    bool valid_known = false;
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (!valid_known) {
            const std::size_t invalid = find_invalid_utf8(name.substr(at));
            valid_until = invalid == std::string_view::npos ? name.size() : at + invalid;
            valid_known = true;
        }
        if (at == valid_until) {
            append_escaped(out, name[at]);
            valid_known = false;
        } else if (is_control(name[at]) || is_escape(name, at)) {
            append_escaped(out, name[at]);
        } else {
            out += name[at];
        }
    }
    return out;
}

std::string unescape_name(std::string_view escaped) {
    std::string out;
    for (std::size_t at = 0; at < escaped.size(); ++at) {
        if (is_escape(escaped, at)) {
            const std::size_t high = digits.find(escaped[at + 1]);
            const std::size_t low = digits.find(escaped[at + 2]);
            out += static_cast<char>(static_cast<unsigned char>(high << 4 | low));
            at += 2;
        } else {
            out += escaped[at];
        }
    }
    return out;
}

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (!part.empty() && part != ".") {
            parts.emplace_back(part);
        }
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    }
    return parts;
}

}  // namespace guildmark::folder_source
