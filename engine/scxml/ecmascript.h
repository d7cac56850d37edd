#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/value.h"

/// The conversions of ECMAScript that plain expressions need, on JSON's values and UTF-8 text.
/// Source: ECMA-262, clauses 6.1.6.1 (Number), 7.1 (type conversion), 7.2 (comparison).
namespace guildmark::scxml {

/// StringToNumber: white space around is ignored, empty text is 0, anything else wrong is NaN.
[[nodiscard]] double text_to_number(std::string_view text);

/// Number::toString with radix 10.
[[nodiscard]] std::string number_to_text(double number);

/// ToString of an array or object without methods of its own: items joined by commas, or
/// "[object Object]"; of other values their text.
[[nodiscard]] std::string value_to_text(const Value& value);

/// About as many bytes as the value takes as JSON; never much less.
[[nodiscard]] std::size_t value_bytes(const Value& value);

/// How many UTF-16 code units the text has.
[[nodiscard]] std::size_t text_length(std::string_view text);

/// The code unit at `index`, as text; half of a surrogate pair becomes U+FFFD. Nothing beyond the
/// end.
[[nodiscard]] std::optional<std::string> text_unit(std::string_view text, std::size_t index);

/// Below zero, zero or above as `left` stands before, at or after `right` by UTF-16 code units.
[[nodiscard]] int compare_text(std::string_view left, std::string_view right);

/// The array index that `text` spells ("0", "1", "12"; not "01"); nothing for other text.
[[nodiscard]] std::optional<std::uint32_t> text_to_array_index(std::string_view text);

/// Appends a code point as UTF-8. REQUIRES: no surrogate, at most U+10FFFF.
void append_utf8(std::string& out, std::uint32_t code_point);

/// `text` without white space and line ends around it, as ECMAScript knows them.
[[nodiscard]] std::string_view trim_space(std::string_view text);

}  // namespace guildmark::scxml
