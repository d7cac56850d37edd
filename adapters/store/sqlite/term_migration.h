#pragma once

#include "adapters/store/sqlite/connection.h"
#include "engine/base/result.h"

namespace guildmark::sqlite {

/// The index of what cases are found by.
extern const char* const term_migration;

/// Fills it for cases that are there already. What their workflows let people search for is nothing
/// yet; where a case stands is in the last record of its chart.
[[nodiscard]] Result<void> fill_terms(Connection& connection);

}  // namespace guildmark::sqlite
