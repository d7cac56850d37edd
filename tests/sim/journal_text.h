#pragma once

#include <string>
#include <vector>

#include "engine/ports/store.h"

namespace guildmark::tests {

/// The whole journal, one line a record, exactly.
[[nodiscard]] std::vector<std::string> journal_lines(Store& store);

/// The same with each id replaced by the place of its first appearance and without hashes, so that
/// journals whose ids were drawn in another order can be compared. Refusals are left out.
[[nodiscard]] std::vector<std::string> canonical_journal(Store& store);

/// The first place where two journals differ, both lines of it; empty when they are the same.
[[nodiscard]] std::string first_difference(const std::vector<std::string>& left,
                                           const std::vector<std::string>& right);

}  // namespace guildmark::tests
