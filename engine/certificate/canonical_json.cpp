#include "engine/certificate/canonical_json.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/base/json.h"

namespace guildmark {
namespace {

constexpr double whole_max = 9'007'199'254'740'992.0;  // 2^53

/// UTF-16 sorts characters beyond U+FFFF, which begin with a surrogate, before U+E000 to U+FFFF;
/// UTF-8 sorts them last. Their first bytes are F0 to F4 and EE, EF.
bool is_before(const std::string& left, const std::string& right) {
    const auto [at_left, at_right] = std::ranges::mismatch(left, right);
    if (at_left == left.end() || at_right == right.end()) {
        return at_left == left.end() && at_right != right.end();
    }
    const auto first = static_cast<unsigned char>(*at_left);
    const auto second = static_cast<unsigned char>(*at_right);
    constexpr unsigned char long_characters = 0xF0;
    constexpr unsigned char behind_surrogates = 0xEE;
    const bool differs = (first >= long_characters) != (second >= long_characters);
    if (differs && std::min(first, second) >= behind_surrogates) {
        return first >= long_characters;
    }
    return first < second;
}

/// The journal's texts write backspace and form feed by their numbers; here they have letters.
void append_text(std::string& out, std::string_view text) {
    std::string quoted;
    append_json_text(quoted, text);
    for (std::size_t at = 0; at < quoted.size(); ++at) {
        const std::string_view rest = std::string_view(quoted).substr(at);
        const bool is_backspace = rest.starts_with("\\u0008");
        if (is_backspace || rest.starts_with("\\u000c")) {
            out += is_backspace ? "\\b" : "\\f";
            at += 5;
        } else {
            // An escaped backslash is taken whole, so that what follows it is no escape.
            const bool is_escape = rest.front() == '\\';
            out += rest.substr(0, is_escape ? 2 : 1);
            at += is_escape ? 1 : 0;
        }
    }
}

Result<void> append(std::string& out, const Value& value);

Result<void> append_array(std::string& out, const Value::Array& items) {
    out += '[';
    for (const Value& item : items) {
        if (&item != &items.front()) {
            out += ',';
        }
        TRY(append(out, item));
    }
    out += ']';
    return {};
}

Result<void> append_object(std::string& out, const Value::Object& members) {
    std::vector<const Value::Member*> ordered;
    ordered.reserve(members.size());
    for (const Value::Member& member : members) {
        ordered.push_back(&member);
    }
    std::ranges::sort(ordered, is_before, [](const Value::Member* member) -> const std::string& {
        return member->first;
    });
    out += '{';
    for (const Value::Member* member : ordered) {
        if (member != ordered.front()) {
            out += ',';
        }
        append_text(out, member->first);
        out += ':';
        TRY(append(out, member->second));
    }
    out += '}';
    return {};
}

Result<void> append(std::string& out, const Value& value) {
    if (value.is_array()) {
        return append_array(out, value.as_array());
    }
    if (value.is_object()) {
        return append_object(out, value.as_object());
    }
    if (value.is_text()) {
        append_text(out, value.as_text());
        return {};
    }
    if (value.is_number()) {
        const double number = value.as_number();
        if (std::trunc(number) != number || std::abs(number) > whole_max) {
            return malformed("number_not_canonical",
                             "what is signed has whole numbers only, of at most 2^53");
        }
    }
    append_json(out, value);
    return {};
}

}  // namespace

Result<std::string> canonical_json(const Value& value) {
    std::string out;
    TRY(append(out, value));
    return out;
}

}  // namespace guildmark
