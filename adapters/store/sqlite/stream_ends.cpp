#include "adapters/store/sqlite/stream_ends.h"

#include <cstring>

#include <fmt/format.h>

#include "engine/base/limits.h"

namespace guildmark::sqlite {
namespace {

/// What a query that selects stream, sequence and hash gives, without the record around it: a
/// record that cannot be read is told elsewhere.
StreamEnd end_of(const Query& query) {
    StreamEnd end{StreamId(static_cast<std::uint64_t>(query.number(0))),
                  static_cast<std::uint64_t>(query.number(1)),
                  {}};
    const std::string_view bytes = query.bytes(2);
    if (bytes.size() == end.hash.bytes.size()) {
        std::memcpy(end.hash.bytes.data(), bytes.data(), bytes.size());
    }
    return end;
}

Result<StreamEnd> last_record(Connection& connection, StreamId stream) {
    Query query =
        TRY(connection.query("SELECT stream, sequence, hash FROM record WHERE stream=?1 ORDER BY "
                             "sequence DESC LIMIT 1"));
    query.bind(stream);
    return TRY(query.step()) ? end_of(query) : StreamEnd{stream, 0, {}};
}

Error end_differs(const StreamEnd& kept, const StreamEnd& last) {
    const std::string stream = kept.stream.to_text();
    std::string message =
        last.sequence < kept.sequence
            ? fmt::format(
                  "stream {} ends with record {}, and {} were written: the last {} are gone",
                  stream,
                  last.sequence,
                  kept.sequence,
                  kept.sequence - last.sequence)
            : fmt::format("stream {} ends with record {}, and not with record {} as it was written",
                          stream,
                          last.sequence,
                          kept.sequence);
    return corrupted("journal_end_differs", message + "; restore a backup", stream);
}

Result<void> check_end(const StreamEnd& kept, const StreamEnd& last) {
    if (kept.sequence != last.sequence || kept.hash != last.hash) {
        return end_differs(kept, last);
    }
    return {};
}

Result<void> put_end(Connection& connection, const StreamEnd& end) {
    Query query =
        TRY(connection.query("INSERT OR REPLACE INTO stream_end (stream, sequence, hash, "
                             "row_check) VALUES (?, ?, ?, ?)"));
    query.bind_row(end);
    return query.run();
}

/// The last record of every stream, in order.
constexpr std::string_view last_records_sql =
    "SELECT stream, max(sequence), hash FROM record GROUP BY stream ORDER BY stream";

/// The streams that have records and no end.
constexpr std::string_view endless_sql =
    "SELECT DISTINCT stream FROM record WHERE stream NOT IN (SELECT stream FROM stream_end)";

void add(std::vector<StoreFault>& faults, const Error& error) {
    if (faults.size() < limits::store_faults_max) {
        faults.push_back({error.code, error.message, error.subject});
    }
}

Error end_not_kept(StreamId stream) {
    return corrupted("journal_end_differs",
                     fmt::format("how stream {} ends is not kept any more, so that nobody can tell "
                                 "whether its last records are there; restore a backup",
                                 stream.to_text()),
                     stream.to_text());
}

}  // namespace

Result<std::uint64_t> checked_end(Connection& connection, StreamId stream) {
    const auto kept = TRY(find_row<StreamEnd>(connection, "WHERE stream=?1", stream));
    const StreamEnd last = TRY(last_record(connection, stream));
    TRY(check_end(kept.value_or(StreamEnd{stream, 0, {}}), last));
    return last.sequence;
}

Result<void> put_ends(Connection& connection, const std::vector<Record>& records) {
    std::map<StreamId, const Record*> last;
    for (const Record& record : records) {
        last[record.stream] = &record;
    }
    for (const auto& [stream, record] : last) {
        TRY(put_end(connection, {stream, record->sequence, record->hash}));
    }
    return {};
}

Result<void> fill_ends(Connection& connection) {
    Query query = TRY(connection.query(last_records_sql));
    while (TRY(query.step())) {
        TRY(put_end(connection, end_of(query)));
    }
    return {};
}

Result<std::vector<StoreFault>> check_ends(Connection& connection) {
    std::vector<StoreFault> faults;
    Query ends = TRY(connection.query(select_sql<StreamEnd>("ORDER BY stream")));
    while (TRY(ends.step())) {
        const auto kept = ends.row<StreamEnd>();
        if (!kept) {
            add(faults, end_not_kept(StreamId(static_cast<std::uint64_t>(ends.number(0)))));
            continue;
        }
        const auto same = check_end(*kept, TRY(last_record(connection, kept->stream)));
        if (!same) {
            add(faults, same.error());
        }
    }
    Query endless = TRY(connection.query(endless_sql));
    while (TRY(endless.step())) {
        add(faults, end_not_kept(StreamId(static_cast<std::uint64_t>(endless.number(0)))));
    }
    return faults;
}

}  // namespace guildmark::sqlite
