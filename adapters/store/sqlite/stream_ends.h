#pragma once

#include <map>
#include <vector>

#include "adapters/store/sqlite/connection.h"
#include "engine/base/result.h"
#include "engine/ports/store.h"

/// The last record of each stream, written with it and kept apart from it. It tells that records
/// are gone from a stream's end, which no chain tells; not that both were changed.
namespace guildmark::sqlite {

/// The sequence of the stream's last record; 0 when it has none.
/// Errors: journal_end_differs (it is not the one that was written last), and those of reading.
[[nodiscard]] Result<std::uint64_t> checked_end(Connection& connection, StreamId stream);

/// Keeps the records' streams' new ends. REQUIRES: `records` are written and in order.
[[nodiscard]] Result<void> put_ends(Connection& connection, const std::vector<Record>& records);

/// Keeps the ends of all streams as the journal has them: for a file that had none.
[[nodiscard]] Result<void> fill_ends(Connection& connection);

/// Every stream whose end is not the one kept, at most limits::store_faults_max.
[[nodiscard]] Result<std::vector<StoreFault>> check_ends(Connection& connection);

}  // namespace guildmark::sqlite
