#pragma once

#include "adapters/store/sqlite/connection.h"
#include "engine/base/result.h"
#include "engine/ports/store.h"

/// What a commit writes. All run inside a write transaction that the caller begins and ends.
namespace guildmark::sqlite {

/// Checks that every record follows its stream and the journal, then writes everything.
/// Errors: sequence_conflict, journal_end_differs, and those of writing.
[[nodiscard]] Result<void> write_commit(Connection& connection, const Commit& commit);

/// Writes rows, timers and effects of `part`. REQUIRES: it has nothing else.
[[nodiscard]] Result<void> write_read_models(Connection& connection, const Commit& part);

/// Empties every table that write_read_models fills.
[[nodiscard]] Result<void> clear_read_models(Connection& connection);

}  // namespace guildmark::sqlite
