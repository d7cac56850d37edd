#include "adapters/store/sqlite/case_index.h"

#include <set>

namespace guildmark::sqlite {
namespace {

std::set<OrganisationId> organisations_of(const rows::Case& row) {
    std::set<OrganisationId> organisations{OrganisationId()};
    for (const auto& party : row.parties) {
        organisations.insert(party.organisation);
    }
    return organisations;
}

Result<void> count(Connection& connection,
                   OrganisationId organisation,
                   const rows::Case& row,
                   int change) {
    Query query = TRY(connection.query(
        "INSERT INTO case_count VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (organisation, finished, workflow) DO UPDATE SET count = count + ?4"));
    query.bind(organisation, row.finished, row.workflow, change);
    return query.run();
}

Result<void> remove(Connection& connection, const rows::Case& row) {
    for (const OrganisationId organisation : organisations_of(row)) {
        Query query = TRY(connection.query(
            "DELETE FROM case_index WHERE organisation=?1 AND finished=?2 AND case_id=?3"));
        query.bind(organisation, row.finished, row.id);
        TRY(query.run());
        TRY(count(connection, organisation, row, -1));
    }
    return {};
}

Result<void> insert(Connection& connection, const rows::Case& row) {
    for (const OrganisationId organisation : organisations_of(row)) {
        Query query = TRY(connection.query("INSERT INTO case_index VALUES (?1, ?2, ?3, ?4)"));
        query.bind(organisation, row.finished, row.id, row.workflow);
        TRY(query.run());
        TRY(count(connection, organisation, row, 1));
    }
    return {};
}

/// Whether the case's row is there and says of the index what `next` says: so it is for most.
Result<bool> is_indexed_alike(Connection& connection, const rows::Case& next) {
    Query query =
        TRY(connection.query("SELECT 1 FROM case_summary WHERE id=?1 AND finished=?2 AND "
                             "workflow=?3 AND parties=?4"));
    query.bind(next.id, next.finished, next.workflow, next.parties);
    return TRY(query.step());
}

/// Every case is in the index; tells how many index rows they make.
Result<std::int64_t> check_cases(Connection& connection) {
    std::int64_t expected = 0;
    Query cases = TRY(connection.query(select_sql<rows::Case>("ORDER BY id")));
    while (TRY(cases.step())) {
        const rows::Case row = TRY(cases.row<rows::Case>());
        for (const OrganisationId organisation : organisations_of(row)) {
            Query entry = TRY(
                connection.query("SELECT 1 FROM case_index WHERE organisation=?1 AND finished=?2 "
                                 "AND case_id=?3 AND workflow=?4"));
            entry.bind(organisation, row.finished, row.id, row.workflow);
            if (!TRY(entry.step())) {
                return corrupted(
                    "store_corrupted",
                    "a case is not in the index of its parties; guildmark rebuild writes it anew",
                    row.id.to_text());
            }
            ++expected;
        }
    }
    return expected;
}

}  // namespace

Result<void> update_case_index(Connection& connection, const rows::Case& next) {
    if (TRY(is_indexed_alike(connection, next))) {
        return {};
    }
    if (const auto now = TRY(find_row<rows::Case>(connection, "WHERE id=?1", next.id))) {
        TRY(remove(connection, *now));
    }
    return insert(connection, next);
}

Result<void> check_case_index(Connection& connection) {
    const std::int64_t expected = TRY(check_cases(connection));
    if (TRY(connection.number("SELECT count(*) FROM case_index")) != expected) {
        return corrupted(
            "store_corrupted",
            "the index of cases has entries without a case; guildmark rebuild writes it anew",
            "case_index");
    }
    const std::int64_t differing = TRY(connection.number(
        "WITH counted AS (SELECT organisation, finished, workflow, count(*) FROM case_index "
        "GROUP BY organisation, finished, workflow), "
        "kept AS (SELECT * FROM case_count WHERE count <> 0) "
        "SELECT (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)) + "
        "(SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted))"));
    if (differing != 0) {
        return corrupted(
            "store_corrupted",
            "the counts of cases are not those of the index; guildmark rebuild writes them "
            "anew",
            "case_count");
    }
    return {};
}

}  // namespace guildmark::sqlite
