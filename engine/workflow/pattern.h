#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace guildmark::workflow {

/// A pattern over a whole text, in the part of regular expressions that means the same in XML
/// Schema, in HTML's pattern attribute and here: characters, `.`, classes such as [A-Z0-9] and
/// [^,], \d, groups, `|`, and the repetitions ? * + {n} {n,} {n,m}. docs/reference/forms.md has it
/// in full. Matching looks at each character once for each step of the pattern and never goes
/// back, so no pattern and no text can make it slow.
class Pattern {
public:
    /// Errors: pattern_too_large (over 200 characters, or over 2,000 steps with repetitions
    /// unrolled), pattern_malformed, with the place in the message.
    [[nodiscard]] static Result<Pattern> compile(std::string_view pattern);

    /// Whether the whole of `text` (UTF-8) is as the pattern says.
    [[nodiscard]] bool matches(std::string_view text) const;

    struct Node;

private:
    using Ranges = std::vector<std::pair<char32_t, char32_t>>;

    enum class StepKind { characters, split, jump, accept };

    /// One step of the machine: read a character of `set`, or go on at `next` (and `other`).
    struct Step {
        StepKind kind = StepKind::accept;
        std::uint32_t set = 0;
        std::uint32_t next = 0;
        std::uint32_t other = 0;
    };

    Pattern() = default;

    std::vector<Step> steps_;
    std::vector<Ranges> sets_;

    friend class PatternCompiler;
};

}  // namespace guildmark::workflow
