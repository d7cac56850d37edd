#pragma once

#include "adapters/store/sqlite/connection.h"
#include "engine/base/result.h"

namespace guildmark::sqlite {

/// That the newest records (limits the cost at every start) are whole and follow one another, in
/// position and in the chains of their streams, and that these streams end as they were written.
/// Errors: store_corrupted, journal_end_differs, and those of reading.
[[nodiscard]] Result<void> check_last_records(Connection& connection);

/// That the positions of the journal have no gap. Errors: position_missing, and those of reading.
[[nodiscard]] Result<void> check_positions(Connection& connection);

/// Everything that the file itself can tell, in one committed state: what is wrong, at most
/// limits::store_faults_max. Errors: only what keeps it from looking.
[[nodiscard]] Result<std::vector<StoreFault>> check_everything(Connection& connection);

}  // namespace guildmark::sqlite
