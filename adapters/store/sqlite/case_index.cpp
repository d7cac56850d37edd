#include "adapters/store/sqlite/case_index.h"

#include <algorithm>
#include <iterator>
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
                             "workflow=?3 AND parties=?4 AND terms=?5"));
    query.bind(next.id, next.finished, next.workflow, next.parties, next.terms);
    return TRY(query.step());
}

bool is_listed_alike(const rows::Case& now, const rows::Case& next) {
    return now.finished == next.finished && now.workflow == next.workflow &&
           now.parties == next.parties;
}

/// Runs `sql` for each term that the case has in `from` and not in `to`.
Result<void> write_difference(Connection& connection,
                              std::string_view sql,
                              const rows::Case& from,
                              const std::vector<std::string>& to) {
    std::vector<std::string> terms;
    std::ranges::set_difference(from.terms, to, std::back_inserter(terms));
    for (const std::string& term : terms) {
        Query query = TRY(connection.query(sql));
        query.bind(term, from.id);
        TRY(query.run());
    }
    return {};
}

Result<void> remove_terms(Connection& connection,
                          const rows::Case& now,
                          const std::vector<std::string>& next) {
    return write_difference(
        connection, "DELETE FROM case_term WHERE term=?1 AND case_id=?2", now, next);
}

Result<void> insert_terms(Connection& connection,
                          const rows::Case& next,
                          const std::vector<std::string>& now) {
    return write_difference(connection, "INSERT INTO case_term VALUES (?1, ?2)", next, now);
}

/// Every case has its terms, and there are no others.
Result<void> check_terms(Connection& connection) {
    std::int64_t expected = 0;
    Query cases = TRY(connection.query(select_sql<rows::Case>("ORDER BY id")));
    while (TRY(cases.step())) {
        const rows::Case row = TRY(cases.row<rows::Case>());
        for (const std::string& term : row.terms) {
            Query entry =
                TRY(connection.query("SELECT 1 FROM case_term WHERE term=?1 AND case_id=?2"));
            entry.bind(term, row.id);
            if (!TRY(entry.step())) {
                return corrupted("store_corrupted",
                                 "a case is not found by what its row says; guildmark rebuild "
                                 "writes the index anew",
                                 row.id.to_text());
            }
            ++expected;
        }
    }
    if (TRY(connection.number("SELECT count(*) FROM case_term")) != expected) {
        return corrupted("store_corrupted",
                         "cases are found by what their rows do not say; guildmark rebuild "
                         "writes the index anew",
                         "case_term");
    }
    return {};
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
    const auto now = TRY(find_row<rows::Case>(connection, "WHERE id=?1", next.id));
    if (!now) {
        TRY(insert_terms(connection, next, {}));
        return insert(connection, next);
    }
    TRY(remove_terms(connection, *now, next.terms));
    TRY(insert_terms(connection, next, now->terms));
    if (is_listed_alike(*now, next)) {
        return {};
    }
    TRY(remove(connection, *now));
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
    return check_terms(connection);
}

}  // namespace guildmark::sqlite
