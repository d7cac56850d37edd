// Invariants: a released migration is never edited, only followed by another; the schema of a file
// is exactly what its first user_version migrations make.
#include "adapters/store/sqlite/schema.h"

#include <array>
#include <vector>

#include <fmt/format.h>

#include "adapters/store/sqlite/put_row.h"
#include "adapters/store/sqlite/register.h"
#include "adapters/store/sqlite/term_migration.h"

namespace guildmark::sqlite {
namespace {

// Keys lead with the case or organisation, so that what is read together lies together, and grow
// with time, so that new rows land at few places. Secondary indexes are narrow and few: each one
// costs a page in every commit.
constexpr const char* first_migration = R"sql(
CREATE TABLE record (
    stream INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor_person INTEGER NOT NULL,
    actor_organisation INTEGER NOT NULL,
    actor_role TEXT NOT NULL,
    payload TEXT NOT NULL,
    hash BLOB NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (stream, sequence)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX record_by_position ON record (position);

CREATE TABLE snapshot (
    stream INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,
    version INTEGER NOT NULL,
    payload TEXT NOT NULL,
    row_check INTEGER NOT NULL
) STRICT;

CREATE TABLE timer (
    id INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    due INTEGER NOT NULL,
    row_check INTEGER NOT NULL
) STRICT;
CREATE INDEX timer_by_due ON timer (due, id);

CREATE TABLE effect (
    id INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    row_check INTEGER NOT NULL
) STRICT;
CREATE INDEX effect_by_time ON effect (not_before, id);

CREATE TABLE answer (
    key TEXT PRIMARY KEY,
    request BLOB NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL,
    row_check INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE definition (
    version BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    payload TEXT NOT NULL,
    row_check INTEGER NOT NULL
) STRICT;

CREATE TABLE case_summary (
    id INTEGER PRIMARY KEY,
    workflow TEXT NOT NULL,
    workflow_version BLOB NOT NULL,
    standard TEXT NOT NULL,
    title TEXT NOT NULL,
    parties TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    states TEXT NOT NULL,
    milestone TEXT NOT NULL,
    milestones_done TEXT NOT NULL,
    open_tasks INTEGER NOT NULL,
    next_due INTEGER,
    requirements_applicable INTEGER NOT NULL,
    requirements_answered INTEGER NOT NULL,
    requirements_covered INTEGER NOT NULL,
    requirements_conforming INTEGER NOT NULL,
    majors_open INTEGER NOT NULL,
    minors_open INTEGER NOT NULL,
    row_check INTEGER NOT NULL
) STRICT;

-- Which cases an organisation has part in; organisation 0 has every case.
CREATE TABLE case_index (
    organisation INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    workflow TEXT NOT NULL,
    PRIMARY KEY (organisation, finished, case_id)
) STRICT, WITHOUT ROWID;

-- How many rows case_index has for each.
CREATE TABLE case_count (
    organisation INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    workflow TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (organisation, finished, workflow)
) STRICT, WITHOUT ROWID;

CREATE TABLE task (
    case_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    task TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation INTEGER NOT NULL,
    status INTEGER NOT NULL,
    optional INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    due INTEGER,
    closed_at INTEGER,
    outcome TEXT NOT NULL,
    closed_by INTEGER NOT NULL,
    form_values TEXT NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_by_id ON task (id);
CREATE INDEX task_open ON task (organisation, role, id) WHERE status = 0;

CREATE TABLE requirement (
    case_id INTEGER NOT NULL,
    requirement TEXT NOT NULL,
    answer INTEGER NOT NULL,
    answer_note TEXT NOT NULL,
    owner INTEGER NOT NULL,
    due INTEGER,
    verdict INTEGER NOT NULL,
    verdict_note TEXT NOT NULL,
    assessed_by INTEGER NOT NULL,
    assessed_at INTEGER,
    evidence_count INTEGER NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (case_id, requirement)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
    case_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    status INTEGER NOT NULL,
    title TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    digest BLOB NOT NULL,
    origin TEXT NOT NULL,
    origin_modified_at INTEGER,
    added_at INTEGER NOT NULL,
    added_by INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    valid_from INTEGER,
    valid_until INTEGER,
    requirements TEXT NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (case_id, id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_until ON evidence (case_id, valid_until)
    WHERE status = 0 AND valid_until IS NOT NULL;

CREATE TABLE finding (
    case_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    grade INTEGER NOT NULL,
    status INTEGER NOT NULL,
    requirement TEXT NOT NULL,
    statement TEXT NOT NULL,
    objective_evidence TEXT NOT NULL,
    site TEXT NOT NULL,
    raised_by INTEGER NOT NULL,
    raised_at INTEGER NOT NULL,
    due INTEGER,
    responses INTEGER NOT NULL,
    correction TEXT NOT NULL,
    cause TEXT NOT NULL,
    corrective_action TEXT NOT NULL,
    judgement_note TEXT NOT NULL,
    verification_method TEXT NOT NULL,
    verified_by INTEGER NOT NULL,
    verified_at INTEGER,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
    case_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    on_sequence INTEGER NOT NULL,
    on_hash BLOB NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
    case_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    status INTEGER NOT NULL,
    holder INTEGER NOT NULL,
    issuer INTEGER NOT NULL,
    standard TEXT NOT NULL,
    scope TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    first_granted INTEGER NOT NULL,
    decision INTEGER NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_by_number ON certificate (number, id);

CREATE TABLE charge (
    case_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    charge TEXT NOT NULL,
    title TEXT NOT NULL,
    payer INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    charged_at INTEGER NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT NOT NULL,
    region TEXT NOT NULL,
    personnel INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    row_check INTEGER NOT NULL
) STRICT;

CREATE TABLE member (
    organisation INTEGER NOT NULL,
    person INTEGER NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    roles TEXT NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (organisation, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    organisation INTEGER NOT NULL,
    id INTEGER NOT NULL,
    hash BLOB NOT NULL,
    person INTEGER NOT NULL,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked INTEGER NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (organisation, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_by_hash ON token (hash, id);
)sql";

constexpr const char* stream_ends_migration = R"sql(
-- The last record of each stream, so that one is missed that is gone.
CREATE TABLE stream_end (
    stream INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL,
    row_check INTEGER NOT NULL
) STRICT;
)sql";

Result<void> fill_ends(Connection& connection) {
    return connection.run(
        "INSERT INTO stream_end SELECT stream, max(sequence), hash, 0 FROM record GROUP BY stream");
}

constexpr const char* requirement_order_migration = R"sql(
ALTER TABLE requirement RENAME TO requirement_before;
CREATE TABLE requirement (
    case_id INTEGER NOT NULL,
    requirement TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    answer INTEGER NOT NULL,
    answer_note TEXT NOT NULL,
    owner INTEGER NOT NULL,
    due INTEGER,
    verdict INTEGER NOT NULL,
    verdict_note TEXT NOT NULL,
    assessed_by INTEGER NOT NULL,
    assessed_at INTEGER,
    evidence_count INTEGER NOT NULL,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (case_id, requirement)
) STRICT, WITHOUT ROWID;
)sql";

/// The order stands in the record that opened the case.
constexpr std::string_view ordered_requirements_sql =
    "SELECT case_id, requirement, place.key + 1, answer, answer_note, owner, due, verdict, "
    "verdict_note, assessed_by, assessed_at, evidence_count FROM record, json_each(CASE WHEN "
    "json_valid(payload) THEN payload ELSE '{}' END, '$.requirements') AS place JOIN "
    "requirement_before ON case_id = stream AND requirement = place.value WHERE record.sequence = "
    "1";

Result<void> fill_requirement_order(Connection& connection) {
    {
        Query before = TRY(connection.query(ordered_requirements_sql));
        while (TRY(before.step())) {
            Query put = TRY(connection.query(
                "INSERT INTO requirement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
            const auto row = before.unchecked_row<rows::Requirement>();
            put.bind_row(row);
            TRY(put.run());
        }
    }
    return connection.run("DROP TABLE requirement_before");
}

constexpr const char* pause_migration = R"sql(
ALTER TABLE case_summary ADD COLUMN paused_at INTEGER;
ALTER TABLE case_summary ADD COLUMN paused_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_summary ADD COLUMN paused_reason TEXT NOT NULL DEFAULT '';
)sql";

/// The ends stand in the rows of cases and organisations from now on, which are written with each
/// record anyway: a page less in each commit. A row without one is unsound until a rebuild.
constexpr const char* ends_in_rows_migration = R"sql(
ALTER TABLE case_summary ADD COLUMN hash BLOB NOT NULL DEFAULT x'';
ALTER TABLE organisation ADD COLUMN hash BLOB NOT NULL DEFAULT x'';
UPDATE case_summary SET hash = coalesce(
    (SELECT stream_end.hash FROM stream_end WHERE stream = id), x'');
UPDATE organisation SET hash = coalesce(
    (SELECT stream_end.hash FROM stream_end WHERE stream = id), x'');
DROP TABLE stream_end;
)sql";

constexpr const char* incident_migration = R"sql(
CREATE TABLE incident (
    case_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    status INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    place TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    resolution INTEGER NOT NULL,
    reason TEXT NOT NULL,
    resolved_by INTEGER NOT NULL,
    resolved_at INTEGER,
    row_check INTEGER NOT NULL,
    PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_by_organisation ON incident (organisation, status, id);
ALTER TABLE case_summary ADD COLUMN incidents_open INTEGER NOT NULL DEFAULT 0;
)sql";

/// SQL, and what fills what it made from what was there.
struct Migration {
    const char* sql = nullptr;
    Result<void> (*fill)(Connection&) = nullptr;
};

const std::array migrations{Migration{first_migration, nullptr},
                            Migration{stream_ends_migration, fill_ends},
                            Migration{requirement_order_migration, fill_requirement_order},
                            Migration{pause_migration, nullptr},
                            Migration{ends_in_rows_migration, nullptr},
                            Migration{incident_migration, nullptr},
                            Migration{term_migration, fill_terms},
                            Migration{register_migration, nullptr},
                            Migration{competence_migration, nullptr}};

/// Computes the check of every row over the columns of today, when migrations gave the table more.
template <typename Row>
Result<void> check_anew(Connection& connection) {
    std::vector<std::int64_t> ids;
    {
        Query all = TRY(connection.query(fmt::format("SELECT id FROM {}", Table<Row>::name)));
        while (TRY(all.step())) {
            ids.push_back(all.number(0));
        }
    }
    for (const std::int64_t id : ids) {
        Query query = TRY(connection.query(select_sql<Row>("WHERE id=?1")));
        query.bind(id);
        if (TRY(query.step())) {
            TRY(put_row(connection, query.unchecked_row<Row>()));
        }
    }
    return {};
}

constexpr std::string_view schema_sql =
    "SELECT name, coalesce(sql, '') FROM sqlite_schema ORDER BY name";

Result<std::vector<std::string>> schema_texts(Connection& connection) {
    std::vector<std::string> texts;
    Query query = TRY(connection.query(schema_sql));
    while (TRY(query.step())) {
        texts.push_back(query.text(0) + ": " + query.text(1));
    }
    return texts;
}

/// What the migrations make of an empty database.
Result<std::vector<std::string>> texts_of_migrations() {
    ConnectionOptions options;
    options.mode = OpenMode::write;
    Connection model = TRY(Connection::open(":memory:", options));
    TRY(migrate(model));
    return schema_texts(model);
}

}  // namespace

std::int64_t schema_version() {
    return static_cast<std::int64_t>(migrations.size());
}

Result<SchemaState> schema_state(Connection& connection) {
    const std::int64_t application = TRY(connection.number("PRAGMA application_id"));
    const std::int64_t version = TRY(connection.number("PRAGMA user_version"));
    const std::int64_t objects = TRY(connection.number("SELECT count(*) FROM sqlite_schema"));
    if (application == 0 && version == 0 && objects == 0) {
        return SchemaState::empty;
    }
    if (application != application_id) {
        return failed("store_foreign",
                      "the file is a SQLite database of another program, or its first page is "
                      "damaged; name another data folder, or restore a backup");
    }
    if (version > schema_version()) {
        return failed("store_too_new",
                      fmt::format("the file has schema version {} and this program knows {}; use a "
                                  "release that is as new as the file",
                                  version,
                                  schema_version()));
    }
    return version == schema_version() ? SchemaState::current : SchemaState::older;
}

Result<void> migrate(Connection& connection) {
    const std::int64_t version = TRY(connection.number("PRAGMA user_version"));
    Transaction transaction = TRY(Transaction::begin_write(connection));
    for (auto index = static_cast<std::size_t>(version); index < migrations.size(); ++index) {
        TRY(connection.run(migrations[index].sql));
        if (migrations[index].fill != nullptr) {
            TRY(migrations[index].fill(connection));
        }
    }
    TRY(check_anew<rows::Case>(connection));
    TRY(check_anew<rows::Organisation>(connection));
    TRY(connection.run(fmt::format(
        "PRAGMA application_id={}; PRAGMA user_version={};", application_id, migrations.size())));
    return transaction.commit();
}

Result<void> check_schema(Connection& connection) {
    static const auto expected = texts_of_migrations();
    if (!expected) {
        return expected.error();
    }
    if (TRY(schema_texts(connection)) != *expected) {
        return corrupted("store_corrupted",
                         "the tables of the file are not those that this program made");
    }
    return {};
}

}  // namespace guildmark::sqlite
