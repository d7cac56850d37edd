#include "adapters/store/sqlite/term_migration.h"

#include <set>
#include <sstream>

#include "engine/ports/terms.h"

namespace guildmark::sqlite {

const char* const term_migration = R"sql(
ALTER TABLE case_summary ADD COLUMN terms TEXT NOT NULL DEFAULT '';
-- The cases that have each term.
CREATE TABLE case_term (
    term TEXT NOT NULL,
    case_id INTEGER NOT NULL,
    PRIMARY KEY (term, case_id)
) STRICT, WITHOUT ROWID;
)sql";

namespace {

constexpr std::string_view active_states_sql =
    "SELECT state.value FROM (SELECT payload FROM record WHERE stream = ?1 AND kind IN "
    "('chart_advanced', 'case_migrated') ORDER BY sequence DESC LIMIT 1), json_each(CASE WHEN "
    "json_valid(payload) THEN payload ELSE '{}' END, '$.session.configuration') AS state";

Result<void> add_states(Connection& connection, CaseId id, std::set<std::string>& found) {
    Query states = TRY(connection.query(active_states_sql));
    states.bind(id);
    while (TRY(states.step())) {
        found.insert(terms::state(states.text(0)));
    }
    return {};
}

Result<void> add_tasks(Connection& connection, CaseId id, std::set<std::string>& found) {
    Query tasks =
        TRY(connection.query("SELECT task, role FROM task WHERE case_id = ?1 AND status = 0"));
    tasks.bind(id);
    while (TRY(tasks.step())) {
        found.insert(terms::task(tasks.text(0)));
        found.insert(terms::role(tasks.text(1)));
    }
    return {};
}

Result<void> write(Connection& connection, CaseId id, const std::set<std::string>& found) {
    const std::vector<std::string> terms(found.begin(), found.end());
    for (const std::string& term : terms) {
        Query insert = TRY(connection.query("INSERT INTO case_term VALUES (?1, ?2)"));
        insert.bind(term, id);
        TRY(insert.run());
    }
    Query update = TRY(connection.query("UPDATE case_summary SET terms = ?2 WHERE id = ?1"));
    update.bind(id, terms);
    return update.run();
}

}  // namespace

Result<void> fill_terms(Connection& connection) {
    std::vector<CaseId> ids;
    {
        Query all = TRY(connection.query("SELECT id FROM case_summary"));
        while (TRY(all.step())) {
            ids.emplace_back(static_cast<std::uint64_t>(all.number(0)));
        }
    }
    for (const CaseId id : ids) {
        std::set<std::string> found;
        {
            Query row = TRY(connection.query(
                "SELECT states, paused_at IS NOT NULL, incidents_open FROM case_summary WHERE "
                "id = ?1"));
            row.bind(id);
            if (!TRY(row.step())) {
                continue;
            }
            std::istringstream states(row.text(0));
            for (std::string state; states >> state;) {
                found.insert(terms::state(state));
            }
            if (row.number(1) != 0) {
                found.emplace(terms::paused);
            }
            if (row.number(2) != 0) {
                found.emplace(terms::incident);
            }
        }
        TRY(add_states(connection, id, found));
        TRY(add_tasks(connection, id, found));
        TRY(write(connection, id, found));
    }
    return {};
}

}  // namespace guildmark::sqlite
