#pragma once

#include "adapters/store/sqlite/connection.h"
#include "engine/base/result.h"

namespace guildmark::sqlite {

/// That the newest records (limits the cost at every start) are whole and follow one another, in
/// position and in the chains of their streams. Errors: store_corrupted, and those of reading.
[[nodiscard]] Result<void> check_last_records(Connection& connection);

/// Everything that the file itself can tell, in one committed state. Errors: as above.
[[nodiscard]] Result<void> check_everything(Connection& connection);

}  // namespace guildmark::sqlite
