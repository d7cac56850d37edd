#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guildmark {

/// Where something stands in a document. Lines and columns count from 1; columns count characters,
/// not bytes. Line 0 means the document as a whole.
struct SourcePlace {
    std::string file;
    unsigned line = 0;
    unsigned column = 0;

    bool operator==(const SourcePlace&) const = default;
};

/// A document with an error is refused; a warning is only told.
enum class Severity { error, warning };

/// One thing that is wrong with a document, told so that its author can mend it.
struct Diagnostic {
    Severity severity = Severity::error;
    /// Stable, lower_snake_case; docs/errors/<code>.md explains it.
    std::string code;
    std::string message;
    /// What to do, such as `did you mean "review"?`; may be empty.
    std::string suggestion;
    SourcePlace place;

    /// "file:line:column: code: message; suggestion", with "warning: " before a warning's code.
    [[nodiscard]] std::string to_text() const;

    bool operator==(const Diagnostic&) const = default;
};

/// All that is wrong with a document. Keeps at most limits::diagnostics_max and counts the rest.
class Diagnostics {
public:
    void add(Diagnostic diagnostic);

    void error(SourcePlace place,
               std::string code,
               std::string message,
               std::string suggestion = {});

    void warning(SourcePlace place,
                 std::string code,
                 std::string message,
                 std::string suggestion = {});

    [[nodiscard]] bool has_errors() const { return errors_ > 0; }

    /// In the order of file, line and column; equal places in the order added.
    [[nodiscard]] std::vector<Diagnostic> sorted() const;

    [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }

    /// How many were added beyond the limit and not kept.
    [[nodiscard]] std::size_t left_out() const { return left_out_; }

    /// One line each, sorted; a last line says how many were left out.
    [[nodiscard]] std::string to_text() const;

private:
    std::vector<Diagnostic> items_;
    std::size_t errors_ = 0;
    std::size_t left_out_ = 0;
};

/// `did you mean "…"?` with the candidate nearest to `word` (edit distance at most a third of its
/// length, at least 1), or an empty text.
[[nodiscard]] std::string suggest(std::string_view word, std::span<const std::string> candidates);

}  // namespace guildmark
