#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "adapters/store/sqlite/connection.h"
#include "engine/base/result.h"
#include "engine/ports/lists.h"

namespace guildmark::sqlite {

/// What a search came to.
struct FoundCases {
    std::vector<CaseId> ids;  ///< Newest first.
    /// Set when it ended before it had found enough: only larger ids than this were looked at.
    std::optional<CaseId> looked_until;
};

/// The newest cases, older than `before`, that meet all of `filter`, at most `count_max`. Each
/// condition has its cases in order, so the search goes from one to the next that the rarest of
/// them leaves; it ends after limits::search_steps_max look-ups.
[[nodiscard]] Result<FoundCases> search_cases(Connection& connection,
                                              const CaseFilter& filter,
                                              CaseId before,
                                              std::size_t count_max);

}  // namespace guildmark::sqlite
