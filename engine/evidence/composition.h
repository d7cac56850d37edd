#pragma once

#include <string>
#include <string_view>

namespace guildmark::evidence {

/// The characters of UTF-8 `text`, each letter joined with the marks that follow it where Unicode
/// has one character for both. So a name is the same whether a system writes "ä" as one character
/// or, as macOS does, as two. A byte that is no part of valid UTF-8 counts as U+FFFD.
///
/// Joins only neighbors, which gives one result for the composed and the decomposed form of every
/// single character, but does not reorder marks as full normalization (NFC) does.
/// Source: Unicode Standard Annex 15; Unicode Standard, section 3.12 for Hangul.
[[nodiscard]] std::u32string to_composed(std::string_view text);

}  // namespace guildmark::evidence
