#include "adapters/store/sqlite/integrity.h"

#include <fmt/format.h>

#include "adapters/store/sqlite/case_index.h"
#include "adapters/store/sqlite/schema.h"

namespace guildmark::sqlite {
namespace {

constexpr std::size_t records_checked_at_start = 64;

Error record_unsound(const Record& record, std::string_view what) {
    return corrupted("store_corrupted",
                     fmt::format("the record at position {} {}", record.position, what),
                     fmt::format("{}/{}", record.stream.to_text(), record.sequence));
}

Result<Digest> hash_before(Connection& connection, const Record& record) {
    if (record.sequence == 1) {
        return Digest{};
    }
    const auto previous = TRY(find_row<Record>(
        connection, "WHERE stream=?1 AND sequence=?2", record.stream, record.sequence - 1));
    if (!previous) {
        return record_unsound(record, "has none before it in its stream");
    }
    return previous->hash;
}

/// Reads every row of a table, and so holds it against its check.
template <typename Row>
Result<void> check_rows(Connection& connection) {
    Query query = TRY(connection.query(select_sql<Row>("")));
    while (TRY(query.step())) {
        static_cast<void>(TRY(query.row<Row>()));
    }
    return {};
}

template <typename... Rows>
Result<void> check_tables(Connection& connection) {
    Result<void> result;
    // Stops at the first table that fails.
    static_cast<void>(((result = check_rows<Rows>(connection)).has_value() && ...));
    return result;
}

Result<void> check_pages(Connection& connection) {
    Query query = TRY(connection.query("PRAGMA integrity_check(1)"));
    if (!TRY(query.step())) {
        return corrupted("store_corrupted", "the integrity check gave no answer");
    }
    const std::string answer = query.text(0);
    return answer == "ok" ? Result<void>() : corrupted("store_corrupted", answer);
}

Result<void> check_positions(Connection& connection) {
    const std::int64_t gaps =
        TRY(connection.number("SELECT count(*) <> coalesce(max(position), 0) OR "
                              "coalesce(min(position), 1) <> 1 FROM record"));
    return gaps == 0 ? Result<void>()
                     : corrupted("store_corrupted", "positions of the journal are missing");
}

}  // namespace

Result<void> check_last_records(Connection& connection) {
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    const auto records = TRY(
        all_rows<Record>(connection, "ORDER BY position DESC LIMIT ?1", records_checked_at_start));
    for (std::size_t index = 0; index < records.size(); ++index) {
        const Record& record = records[index];
        if (record.position != records.front().position - index) {
            return record_unsound(record, "is not at the one before the next");
        }
        if (chain_hash(TRY(hash_before(connection, record)), record) != record.hash) {
            return record_unsound(record, "is not what was written");
        }
    }
    return {};
}

Result<void> check_everything(Connection& connection) {
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    TRY(check_schema(connection));
    TRY(check_pages(connection));
    const auto journal =
        check_tables<Record, Snapshot, Timer, Effect, KeyedAnswer, Definition>(connection);
    TRY(journal);
    const auto read_models = check_tables<rows::Case,
                                          rows::Task,
                                          rows::Requirement,
                                          rows::Evidence,
                                          rows::Finding,
                                          rows::Decision,
                                          rows::Certificate,
                                          rows::Charge,
                                          rows::Organisation,
                                          rows::Member,
                                          rows::Token>(connection);
    TRY(read_models);
    TRY(check_positions(connection));
    return check_case_index(connection);
}

}  // namespace guildmark::sqlite
