#include "adapters/store/sqlite/writer.h"

#include <map>

#include <fmt/format.h>

#include "adapters/store/sqlite/case_index.h"
#include "adapters/store/sqlite/put_row.h"
#include "adapters/store/sqlite/stream_ends.h"
#include "engine/base/ensure.h"

namespace guildmark::sqlite {
namespace {

template <typename Row>
Result<void> insert_all(Connection& connection,
                        const std::string& sql,
                        const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        TRY(insert_row(connection, sql, row));
    }
    return {};
}

template <typename Row>
Result<void> put_all(Connection& connection, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        TRY(put_row(connection, row));
    }
    return {};
}

template <typename Key>
Result<void> remove_all(Connection& connection,
                        std::string_view sql,
                        const std::vector<Key>& keys) {
    for (const Key key : keys) {
        Query query = TRY(connection.query(sql));
        query.bind(key);
        TRY(query.run());
    }
    return {};
}

Error sequence_conflict(const Record& record, std::uint64_t sequence, std::uint64_t position) {
    return conflict("sequence_conflict",
                    fmt::format("record {}/{} at position {} does not follow {}/{} at position {}",
                                record.stream.to_text(),
                                record.sequence,
                                record.position,
                                record.stream.to_text(),
                                sequence,
                                position),
                    record.stream.to_text());
}

Result<void> check_sequences(Connection& connection, const std::vector<Record>& records) {
    if (records.empty()) {
        return {};
    }
    auto position = static_cast<std::uint64_t>(
        TRY(connection.number("SELECT coalesce(max(position), 0) FROM record")));
    std::map<StreamId, std::uint64_t> sequences;
    for (const Record& record : records) {
        auto known = sequences.find(record.stream);
        if (known == sequences.end()) {
            const std::uint64_t last = TRY(checked_end(connection, record.stream));
            known = sequences.emplace(record.stream, last).first;
        }
        if (record.sequence != known->second + 1 || record.position != position + 1) {
            return sequence_conflict(record, known->second, position);
        }
        known->second = record.sequence;
        position = record.position;
    }
    return {};
}

Result<void> write_rows(Connection& connection, const rows::Changes& rows) {
    for (const rows::Case& row : rows.cases) {
        TRY(update_case_index(connection, row));
        TRY(put_row(connection, row));
    }
    TRY(put_all(connection, rows.tasks));
    TRY(put_all(connection, rows.requirements));
    TRY(put_all(connection, rows.evidence));
    TRY(put_all(connection, rows.findings));
    TRY(put_all(connection, rows.decisions));
    TRY(put_all(connection, rows.certificates));
    TRY(put_all(connection, rows.charges));
    TRY(put_all(connection, rows.incidents));
    TRY(put_all(connection, rows.organisations));
    TRY(put_all(connection, rows.members));
    TRY(put_all(connection, rows.tokens));
    return put_all(connection, rows.competences);
}

}  // namespace

Result<void> write_commit(Connection& connection, const Commit& commit) {
    static const std::string record_sql = insert_sql<Record>("INSERT");
    static const std::string definition_sql = insert_sql<Definition>("INSERT OR IGNORE");

    TRY(check_sequences(connection, commit.records));
    TRY(insert_all(connection, record_sql, commit.records));
    TRY(put_all(connection, commit.snapshots));
    TRY(remove_all(connection, "DELETE FROM timer WHERE id=?1", commit.timers_removed));
    TRY(put_all(connection, commit.timers_set));
    TRY(remove_all(connection, "DELETE FROM effect WHERE id=?1", commit.effects_removed));
    TRY(put_all(connection, commit.effects_set));
    TRY(put_all(connection, commit.answers));
    TRY(insert_all(connection, definition_sql, commit.definitions));
    return write_rows(connection, commit.rows);
}

Result<void> write_read_models(Connection& connection, const Commit& part) {
    ENSURE(part.records.empty() && part.snapshots.empty() && part.timers_removed.empty() &&
               part.effects_removed.empty() && part.answers.empty() && part.definitions.empty(),
           "a rebuild writes rows, timers and effects");
    TRY(put_all(connection, part.timers_set));
    TRY(put_all(connection, part.effects_set));
    return write_rows(connection, part.rows);
}

Result<void> clear_read_models(Connection& connection) {
    return connection.run(
        "DELETE FROM timer; DELETE FROM effect; DELETE FROM case_summary; DELETE FROM case_index; "
        "DELETE FROM case_count; DELETE FROM case_term; DELETE FROM task; DELETE FROM requirement; "
        "DELETE FROM evidence; "
        "DELETE FROM finding; DELETE FROM decision; DELETE FROM certificate; DELETE FROM charge; "
        "DELETE FROM incident; "
        "DELETE FROM organisation; DELETE FROM member; DELETE FROM token; "
        "DELETE FROM competence;");
}

}  // namespace guildmark::sqlite
