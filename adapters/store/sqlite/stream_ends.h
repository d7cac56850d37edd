#pragma once

#include <vector>

#include "adapters/store/sqlite/connection.h"
#include "engine/base/result.h"
#include "engine/ports/store.h"

/// Where a stream ends. The row that lists show of a case or an organisation is written with each
/// of its records, and says which was the last and with which hash. So it tells that records are
/// gone from a stream's end, which no chain tells; not that both were changed.
namespace guildmark::sqlite {

/// The sequence of the stream's last record; 0 when it has none.
/// Errors: journal_end_differs (it is not the one that its row shows), and those of reading.
[[nodiscard]] Result<std::uint64_t> checked_end(Connection& connection, StreamId stream);

/// Every stream that does not end with what its row shows, at most limits::store_faults_max.
[[nodiscard]] Result<std::vector<StoreFault>> check_ends(Connection& connection);

}  // namespace guildmark::sqlite
