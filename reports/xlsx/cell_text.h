#pragma once

#include <string>
#include <string_view>

namespace guildmark::reports::xlsx {

/// What a cell may hold: valid UTF-8, line ends as "\n", control characters as their pictures (␀
/// for NUL), at most 32,767 UTF-16 units, the last of them "[…]" when it was cut. What reads like
/// the form in which workbooks write characters by number (_x0041_) is escaped, so that it stays.
///
/// Gives `text` itself when it is fine as it is; else what it put into `scratch`.
[[nodiscard]] const std::string& to_cell_text(const std::string& text, std::string& scratch);

/// How many lines `text` takes in a column that is `width` characters wide, broken between words as
/// far as can be told without the font. Characters of Chinese, Japanese and Korean count twice.
[[nodiscard]] std::size_t count_lines(std::string_view text, unsigned width);

/// At most `characters_max` characters of `text` for a page's header or footer: one line, with &
/// doubled because a single one begins a code.
[[nodiscard]] std::string to_margin_text(std::string_view text, std::size_t characters_max);

}  // namespace guildmark::reports::xlsx
