#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/xml/diagnostics.h"

namespace guildmark::scenario {

/// One statement of a scenario: a line of words, and the fields on the indented lines under it.
struct Statement {
    SourcePlace place;
    /// Set by "refused CODE: ...": the statement must be refused with this code.
    std::string refused_code;
    std::vector<std::string> words;
    std::vector<unsigned> columns;  ///< Where each of the words begins, from 1.
    std::vector<std::pair<std::string, std::string>> fields;
    std::vector<SourcePlace> field_places;  ///< Of each of the fields' names.

    [[nodiscard]] const std::string* find_field(std::string_view name) const;

    /// The text behind `key=` among the words; empty when there is none.
    [[nodiscard]] std::string option(std::string_view key) const;

    /// Where the word at `index` stands; the statement's own place when there is none.
    [[nodiscard]] SourcePlace place_of(std::size_t index) const;

    /// The index of the word behind the first `marker`; that of no word when there is none.
    [[nodiscard]] std::size_t index_behind(std::string_view marker) const;

    /// The word at `index`, or an empty text.
    [[nodiscard]] std::string word(std::size_t index) const;

    /// The word behind the first `marker`, such as the role behind "as"; empty when there is none.
    [[nodiscard]] std::string behind(std::string_view marker) const;
};

/// Reads a scenario: docs/reference/scenario.md describes the language. Words stand apart by
/// blanks; "quoted words" hold blanks, with \" for a quote. A line that begins with a blank is a
/// field, `name: value`, of the statement above; # begins a comment at a line's start.
/// Errors, as diagnostics: quote_open, field_without_statement, field_malformed, statement_empty.
[[nodiscard]] std::vector<Statement> read_script(std::string_view text,
                                                 const std::string& file,
                                                 Diagnostics& diagnostics);

/// The parts between commas.
[[nodiscard]] std::vector<std::string> split_commas(std::string_view text);

}  // namespace guildmark::scenario
