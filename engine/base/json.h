#pragma once

#include <string>
#include <string_view>

#include "engine/base/limits.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

namespace guildmark {

/// Reads one JSON text (RFC 8259). A repeated member name is refused, because two readers may take
/// different ones. Errors: json_too_large (over `bytes_max`), json_malformed (with the offset; also
/// deeper than limits::json_depth_max, text that is not UTF-8 and numbers beyond a double),
/// json_name_repeated.
[[nodiscard]] Result<Value> parse_json(std::string_view text,
                                       std::size_t bytes_max = limits::json_bytes_max);

/// Writes `value` without white space, members in their order, whole numbers without a point, other
/// numbers in the shortest form that reads back the same. Not a number and infinities are written
/// as null, as ECMAScript does. The same value gives the same bytes.
[[nodiscard]] std::string to_json(const Value& value);

/// Appends the text of to_json to `out`.
void append_json(std::string& out, const Value& value);

/// Appends `text` as a JSON string, in quotes.
void append_json_text(std::string& out, std::string_view text);

}  // namespace guildmark
