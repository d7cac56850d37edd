#include "adapters/store/sqlite/stream_ends.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "adapters/store/sqlite/row_tables.h"
#include "engine/base/limits.h"

namespace guildmark::sqlite {
namespace {

/// The last record of a stream, as a row shows it or as the journal has it.
struct StreamEnd {
    StreamId stream;
    std::uint64_t sequence = 0;
    Digest hash;
};

/// The end that a selection of sequence and hash gives; one of sequence 0 when it gives none.
Result<StreamEnd> end_of(Connection& connection, std::string_view sql, StreamId stream) {
    Query query = TRY(connection.query(sql));
    query.bind(stream);
    StreamEnd end{stream, 0, {}};
    if (TRY(query.step())) {
        end.sequence = static_cast<std::uint64_t>(query.number(0));
        const std::string_view bytes = query.bytes(1);
        std::memcpy(
            end.hash.bytes.data(), bytes.data(), std::min(bytes.size(), end.hash.bytes.size()));
    }
    return end;
}

Result<StreamEnd> last_record(Connection& connection, StreamId stream) {
    return end_of(
        connection,
        "SELECT sequence, hash FROM record WHERE stream=?1 ORDER BY sequence DESC LIMIT 1",
        stream);
}

Result<StreamEnd> shown_end(Connection& connection, StreamId stream) {
    return end_of(connection,
                  "SELECT sequence, hash FROM case_summary WHERE id=?1 UNION ALL "
                  "SELECT sequence, hash FROM organisation WHERE id=?1 LIMIT 1",
                  stream);
}

/// A row that shows less than there is hides nothing that is gone.
Result<void> check_end(const StreamEnd& shown, const StreamEnd& last) {
    const std::string stream = shown.stream.to_text();
    if (last.sequence < shown.sequence) {
        return corrupted("journal_end_differs",
                         fmt::format("stream {} ends with record {}, and {} were written: the last "
                                     "{} are gone; restore a backup",
                                     stream,
                                     last.sequence,
                                     shown.sequence,
                                     shown.sequence - last.sequence),
                         stream);
    }
    if (last.sequence == shown.sequence && last.hash != shown.hash) {
        return corrupted("journal_end_differs",
                         fmt::format("stream {} ends with record {}, but not as it was written; "
                                     "restore a backup",
                                     stream,
                                     last.sequence),
                         stream);
    }
    return {};
}

StreamEnd end_of(const rows::Case& row) {
    return {stream_of(row.id), row.sequence, row.hash};
}

StreamEnd end_of(const rows::Organisation& row) {
    return {StreamId(row.id.value()), row.sequence, row.hash};
}

/// What a row that cannot be read has shown nobody can tell; that it is unsound is told elsewhere.
template <typename Row>
Result<void> check_shown(Connection& connection, std::vector<StoreFault>& faults) {
    Query rows = TRY(connection.query(select_sql<Row>("ORDER BY id")));
    while (TRY(rows.step())) {
        const auto row = rows.row<Row>();
        if (!row) {
            continue;
        }
        const StreamEnd shown = end_of(*row);
        const auto same = check_end(shown, TRY(last_record(connection, shown.stream)));
        if (!same && faults.size() < limits::store_faults_max) {
            faults.push_back({same.error().code, same.error().message, same.error().subject});
        }
    }
    return {};
}

}  // namespace

Result<std::uint64_t> checked_end(Connection& connection, StreamId stream) {
    const StreamEnd last = TRY(last_record(connection, stream));
    TRY(check_end(TRY(shown_end(connection, stream)), last));
    return last.sequence;
}

Result<std::vector<StoreFault>> check_ends(Connection& connection) {
    std::vector<StoreFault> faults;
    TRY(check_shown<rows::Case>(connection, faults));
    TRY(check_shown<rows::Organisation>(connection, faults));
    return faults;
}

}  // namespace guildmark::sqlite
