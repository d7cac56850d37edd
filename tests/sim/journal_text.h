#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/ports/store.h"

namespace guildmark::tests {

/// The whole journal, one line a record, exactly.
[[nodiscard]] std::vector<std::string> journal_lines(Store& store);

/// The same with each id replaced by the place of its first appearance and without hashes, so that
/// journals whose ids were drawn in another order can be compared. Records of the kinds `left_out`
/// are passed over, as if they were not there.
[[nodiscard]] std::vector<std::string> canonical_journal(Store& store,
                                                         const std::set<std::string>& left_out = {
                                                             "command_rejected"});

/// A text with each id in it replaced by the place of its first appearance.
[[nodiscard]] std::string canonical_text(const std::string& text);

/// The first place where two journals differ, both lines of it; empty when they are the same.
[[nodiscard]] std::string first_difference(const std::vector<std::string>& left,
                                           const std::vector<std::string>& right);

}  // namespace guildmark::tests
