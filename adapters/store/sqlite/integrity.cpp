#include "adapters/store/sqlite/integrity.h"

#include <fmt/format.h>

#include "adapters/store/sqlite/case_index.h"
#include "adapters/store/sqlite/schema.h"
#include "adapters/store/sqlite/stream_ends.h"
#include "engine/base/limits.h"

namespace guildmark::sqlite {
namespace {

constexpr std::size_t records_checked_at_start = 64;

Error record_unsound(const Record& record, std::string_view what) {
    return corrupted(
        "store_corrupted",
        fmt::format("the record at position {} {}; guildmark verify tells all that is damaged",
                    record.position,
                    what),
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

/// Gathers what is wrong, and stops at what is no fault of the file.
class Findings {
public:
    void add(StoreFault fault) {
        if (faults_.size() < limits::store_faults_max) {
            faults_.push_back(std::move(fault));
        }
    }

    /// What a check that ends at its first fault found. Errors: those that are no fault.
    Result<void> add(const Result<void>& checked, std::string_view code) {
        if (!checked && checked.error().kind != ErrorKind::corrupted) {
            return checked.error();
        }
        if (!checked) {
            add({std::string(code), checked.error().message, checked.error().subject});
        }
        return {};
    }

    std::vector<StoreFault> take() { return std::move(faults_); }

private:
    std::vector<StoreFault> faults_;
};

/// Reads every row of a table, and so holds it against its check; ends at a page that cannot be
/// read.
template <typename Row>
Result<void> check_rows(Connection& connection, Findings& findings) {
    constexpr std::string_view code = is_derived<Row> ? "rows_differ" : "store_corrupted";
    Query query = TRY(connection.query(select_sql<Row>("")));
    while (true) {
        const auto there = query.step();
        if (!there) {
            Error error = there.error();
            error.subject = Table<Row>::name;
            return findings.add(Result<void>(std::move(error)), "store_corrupted");
        }
        if (!*there) {
            return {};
        }
        if (const auto row = query.row<Row>(); !row) {
            TRY(findings.add(Result<void>(row.error()), code));
        }
    }
}

template <typename... Rows>
Result<void> check_tables(Connection& connection, Findings& findings) {
    Result<void> result;
    static_cast<void>(((result = check_rows<Rows>(connection, findings)).has_value() && ...));
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

Result<void> check_journal(Connection& connection, Findings& findings) {
    TRY(findings.add(check_schema(connection), "store_corrupted"));
    TRY(findings.add(check_pages(connection), "store_corrupted"));
    const auto tables =
        check_tables<Record, Snapshot, KeyedAnswer, Definition>(connection, findings);
    TRY(tables);
    TRY(findings.add(check_positions(connection), "position_missing"));
    const auto ends = check_ends(connection);
    if (!ends) {
        return findings.add(Result<void>(ends.error()), "store_corrupted");
    }
    for (const StoreFault& fault : *ends) {
        findings.add(fault);
    }
    return {};
}

Result<void> check_read_models(Connection& connection, Findings& findings) {
    const auto tables = check_tables<Timer,
                                     Effect,
                                     rows::Case,
                                     rows::Task,
                                     rows::Requirement,
                                     rows::Evidence,
                                     rows::Finding,
                                     rows::Decision,
                                     rows::Certificate,
                                     rows::Charge,
                                     rows::Incident,
                                     rows::Organisation,
                                     rows::Member,
                                     rows::Token,
                                     rows::Competence>(connection, findings);
    TRY(tables);
    return findings.add(check_case_index(connection), "rows_differ");
}

}  // namespace

Result<void> check_positions(Connection& connection) {
    const std::int64_t last =
        TRY(connection.number("SELECT coalesce(max(position), 0) FROM record"));
    const std::int64_t count = TRY(connection.number("SELECT count(*) FROM record"));
    if (last == count) {
        return {};
    }
    return corrupted("position_missing",
                     fmt::format("the journal has {} records but numbers up to {}: some are gone; "
                                 "restore a backup",
                                 count,
                                 last));
}

Result<void> check_last_records(Connection& connection) {
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    const auto records = TRY(
        all_rows<Record>(connection, "ORDER BY position DESC LIMIT ?1", records_checked_at_start));
    for (std::size_t index = 0; index < records.size(); ++index) {
        const Record& record = records[index];
        if (record.position != records.front().position - index) {
            return record_unsound(record, "is not right before the next one");
        }
        if (chain_hash(TRY(hash_before(connection, record)), record) != record.hash) {
            return record_unsound(record, "is not what was written");
        }
        TRY(checked_end(connection, record.stream));
    }
    return {};
}

Result<std::vector<StoreFault>> check_everything(Connection& connection) {
    const Transaction one_state = TRY(Transaction::begin_read(connection));
    Findings findings;
    TRY(check_journal(connection, findings));
    TRY(check_read_models(connection, findings));
    return findings.take();
}

}  // namespace guildmark::sqlite
