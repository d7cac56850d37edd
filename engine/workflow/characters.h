#pragma once

#include <string>
#include <string_view>

namespace guildmark::workflow {

/// The characters of UTF-8 text. REQUIRES nothing: a byte that is no part of valid UTF-8 counts as
/// one character, U+FFFD.
[[nodiscard]] std::u32string to_characters(std::string_view text);

/// The text as a reader sees it: white space at both ends left out, runs of it within joined to one
/// space, or to nothing between two characters of a script that writes no spaces (Chinese,
/// Japanese) when the run holds a line break. Blank lines part paragraphs and become one each.
[[nodiscard]] std::string flow_text(std::string_view text);

}  // namespace guildmark::workflow
