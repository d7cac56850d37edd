#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace guildmark::evidence {

/// A locator taken apart at its slashes, composed (see composition.h).
using Path = std::vector<std::u32string>;

/// The parts of a locator, each composed; at least one.
[[nodiscard]] Path to_path(std::string_view locator);

/// A path relative to an evidence folder, of which parts may be left open: `**` as a whole part
/// stands for any folders, also none (and as the last part for everything below); `*` for any
/// characters within one name, also none; `?` for exactly one character. Capitals count. Nothing
/// escapes `*` and `?`; a file that has them in its name is matched by `?`.
class PathPattern {
public:
    /// Errors: path_malformed (empty, an empty part, ".", "..", a backslash, a control character,
    /// `**` within a name, over limits::name_bytes_max bytes).
    [[nodiscard]] static Result<PathPattern> parse(std::string_view text);

    /// Takes at most as many steps as the pattern's length times the path's.
    [[nodiscard]] bool matches(const Path& path) const;

    /// True when it stands for one path only: no `*` and no `?`.
    [[nodiscard]] bool is_exact() const { return exact_; }

private:
    std::vector<std::u32string> parts_;
    bool exact_ = true;
};

}  // namespace guildmark::evidence
