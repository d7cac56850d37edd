#include "engine/base/json.h"

#include <charconv>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <fmt/format.h>

namespace guildmark {
namespace {

namespace json = boost::json;

/// Builds a Value from the parser's events. A repeated member name ends the parse: a parser's own
/// containers would resolve it silently.
class Builder {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    using error_code = json::error_code;

    bool on_document_begin(error_code&) { return true; }

    bool on_document_end(error_code&) { return true; }

    bool on_object_begin(error_code&) {
        open_.push_back(Frame{Value(Value::Object()), {}, {}});
        return true;
    }

    bool on_object_end(std::size_t, error_code& code) { return close(code); }

    bool on_array_begin(error_code&) {
        open_.push_back(Frame{Value(Value::Array()), {}, {}});
        return true;
    }

    bool on_array_end(std::size_t, error_code& code) { return close(code); }

    bool on_key_part(json::string_view part, std::size_t, error_code&) {
        text_.append(part.data(), part.size());
        return true;
    }

    bool on_key(json::string_view part, std::size_t, error_code& code) {
        text_.append(part.data(), part.size());
        open_.back().name = std::exchange(text_, {});
        if (open_.back().names.insert(open_.back().name).second) {
            return true;
        }
        repeated_ = open_.back().name;
        code = json::error::exception;
        return false;
    }

    bool on_string_part(json::string_view part, std::size_t, error_code&) {
        text_.append(part.data(), part.size());
        return true;
    }

    bool on_string(json::string_view part, std::size_t, error_code&) {
        text_.append(part.data(), part.size());
        return add(Value(std::exchange(text_, {})));
    }

    bool on_number_part(json::string_view part, error_code&) {
        number_.append(part.data(), part.size());
        return true;
    }

    bool on_int64(std::int64_t number, json::string_view, error_code&) {
        number_.clear();
        return add(Value(static_cast<double>(number)));
    }

    bool on_uint64(std::uint64_t number, json::string_view, error_code&) {
        number_.clear();
        return add(Value(static_cast<double>(number)));
    }

    /// The parser's own `number` may be off in the last place, so a number would not read back the
    /// same; it stands only for what is out of range. No infinity: JSON cannot say it again.
    bool on_double(double number, json::string_view part, error_code& code) {
        number_.append(part.data(), part.size());
        std::from_chars(number_.data(), number_.data() + number_.size(), number);
        number_.clear();
        if (!std::isfinite(number)) {
            code = json::error::exponent_overflow;
            return false;
        }
        return add(Value(number));
    }

    bool on_bool(bool truth, error_code&) { return add(Value(truth)); }

    bool on_null(error_code&) { return add(Value()); }

    bool on_comment_part(json::string_view, error_code&) { return true; }

    bool on_comment(json::string_view, error_code&) { return true; }

    [[nodiscard]] const std::string& repeated_name() const { return repeated_; }

    [[nodiscard]] Value take() { return std::move(done_); }

private:
    struct Frame {
        Value value;
        std::string name;
        std::set<std::string, std::less<>> names;
    };

    bool close(error_code&) {
        Value value = std::move(open_.back().value);
        open_.pop_back();
        return add(std::move(value));
    }

    bool add(Value value) {
        if (open_.empty()) {
            done_ = std::move(value);
        } else if (Frame& frame = open_.back(); frame.value.is_array()) {
            frame.value.as_array().push_back(std::move(value));
        } else {
            frame.value.as_object().emplace_back(std::move(frame.name), std::move(value));
        }
        return true;
    }

    std::vector<Frame> open_;
    std::string text_;
    std::string number_;
    std::string repeated_;
    Value done_;
};

void append_number(std::string& out, double number) {
    if (!std::isfinite(number)) {
        out += "null";
        return;
    }
    constexpr double exact_max = 9'007'199'254'740'992.0;
    if (number == std::floor(number) && std::fabs(number) <= exact_max) {
        // Negative zero is written as 0, as JSON.stringify does.
        fmt::format_to(std::back_inserter(out), "{}", static_cast<std::int64_t>(number));
        return;
    }
    char buffer[32];
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, number);
    out.append(buffer, written.ptr);
}

void append_escape(std::string& out, char letter) {
    switch (letter) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            fmt::format_to(
                std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(letter));
    }
}

void append_object(std::string& out, const Value::Object& object) {
    out += '{';
    bool first = true;
    for (const auto& [name, member] : object) {
        if (!first) {
            out += ',';
        }
        first = false;
        append_json_text(out, name);
        out += ':';
        append_json(out, member);
    }
    out += '}';
}

void append_array(std::string& out, const Value::Array& array) {
    out += '[';
    bool first = true;
    for (const Value& item : array) {
        if (!first) {
            out += ',';
        }
        first = false;
        append_json(out, item);
    }
    out += ']';
}

}  // namespace

Result<Value> parse_json(std::string_view text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
        return too_large(
            "json_too_large",
            fmt::format("the JSON text has {} bytes; at most {} are read", text.size(), bytes_max));
    }
    json::parse_options options;
    options.max_depth = limits::json_depth_max;
    json::basic_parser<Builder> parser(options);
    json::error_code code;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), code);
    if (const std::string& name = parser.handler().repeated_name(); !name.empty()) {
        return malformed("json_name_repeated",
                         fmt::format("the member \"{}\" stands twice in one object", name),
                         name);
    }
    if (code || read < text.size()) {
        return malformed(
            "json_malformed",
            fmt::format("not valid JSON at byte {}: {}",
                        read,
                        code ? code.message() : std::string("text follows the value")));
    }
    return parser.handler().take();
}

void append_json_text(std::string& out, std::string_view text) {
    out += '"';
    for (const char letter : text) {
        if (letter == '"' || letter == '\\' || static_cast<unsigned char>(letter) < 0x20) {
            append_escape(out, letter);
        } else {
            out += letter;
        }
    }
    out += '"';
}

void append_json(std::string& out, const Value& value) {
    if (value.is_null()) {
        out += "null";
    } else if (value.is_bool()) {
        out += value.as_bool() ? "true" : "false";
    } else if (value.is_number()) {
        append_number(out, value.as_number());
    } else if (value.is_text()) {
        append_json_text(out, value.as_text());
    } else if (value.is_array()) {
        append_array(out, value.as_array());
    } else {
        append_object(out, value.as_object());
    }
}

std::string to_json(const Value& value) {
    std::string out;
    append_json(out, value);
    return out;
}

}  // namespace guildmark
