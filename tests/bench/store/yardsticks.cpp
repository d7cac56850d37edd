#include "tests/bench/store/yardsticks.h"

#include <array>
#include <fcntl.h>
#include <unistd.h>

#include <sqlite3.h>

#include "adapters/posix/file.h"
#include "engine/base/ensure.h"

namespace guildmark::bench {
namespace {

constexpr std::size_t page_bytes = 4'096;
constexpr std::size_t pages = 16'384;

sqlite3_stmt* prepare(sqlite3* database, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    ENSURE(sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) ==
               SQLITE_OK,
           "the yardstick's statements are sound");
    return statement;
}

void bind(sqlite3_stmt* statement, int parameter, std::uint64_t number) {
    sqlite3_bind_int64(statement, parameter, static_cast<std::int64_t>(number));
}

void bind(sqlite3_stmt* statement, int parameter, std::string_view text) {
    sqlite3_bind_text(
        statement, parameter, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

void bind(sqlite3_stmt* statement, int parameter, const Digest& digest) {
    sqlite3_bind_blob(statement, parameter, digest.bytes.data(), 32, SQLITE_STATIC);
}

/// As long as the columns that it stands for.
const std::string case_body(180, 'c');
const std::string task_body(70, 't');
const std::string requirement_body(30, 'r');

}  // namespace

Timings sync_overwrites(const std::string& path, std::chrono::milliseconds duration) {
    const posix::FileDescriptor file(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    std::array<char, page_bytes> page{};
    page.fill('x');
    for (std::size_t index = 0; index < pages; ++index) {
        ENSURE(posix::write_all(file.number(), {page.data(), page.size()}) == 0,
               "the disk has room");
    }
    ENSURE(::fsync(file.number()) == 0, "the disk syncs");
    std::size_t index = 0;
    return repeat_for(duration, [&] {
        const auto offset = static_cast<off_t>(index++ % pages * page_bytes);
        ENSURE(::pwrite(file.number(), page.data(), page.size(), offset) ==
                   static_cast<ssize_t>(page.size()),
               "the disk writes");
        ENSURE(::fdatasync(file.number()) == 0, "the disk syncs");
    });
}

BareSqlite::BareSqlite(const std::string& path) {
    ENSURE(sqlite3_open(path.c_str(), &database_) == SQLITE_OK, "the yardstick opens");
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("PRAGMA cache_size=-65536");
    run("CREATE TABLE record (stream INTEGER, sequence INTEGER, position INTEGER, body TEXT, "
        "hash BLOB, PRIMARY KEY (stream, sequence)) WITHOUT ROWID");
    run("CREATE UNIQUE INDEX record_by_position ON record (position)");
    run("CREATE TABLE case_summary (id INTEGER PRIMARY KEY, body TEXT)");
    run("CREATE TABLE task (case_id INTEGER, id INTEGER, organisation INTEGER, role TEXT, "
        "status INTEGER, body TEXT, PRIMARY KEY (case_id, id)) WITHOUT ROWID");
    run("CREATE INDEX task_by_id ON task (id)");
    run("CREATE INDEX task_open ON task (organisation, role, id) WHERE status=0");
    run("CREATE TABLE requirement (case_id INTEGER, requirement TEXT, body TEXT, "
        "PRIMARY KEY (case_id, requirement)) WITHOUT ROWID");
    run("CREATE TABLE answer (key TEXT PRIMARY KEY, request BLOB, body TEXT) WITHOUT ROWID");
    record_ = prepare(database_, "INSERT INTO record VALUES (?, ?, ?, ?, ?)");
    case_ = prepare(database_, "INSERT OR REPLACE INTO case_summary VALUES (?, ?)");
    task_ = prepare(database_, "INSERT OR REPLACE INTO task VALUES (?, ?, ?, ?, ?, ?)");
    requirement_ = prepare(database_, "INSERT OR REPLACE INTO requirement VALUES (?, ?, ?)");
    answer_ = prepare(database_, "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)");
}

BareSqlite::~BareSqlite() {
    for (sqlite3_stmt* const statement : {record_, case_, task_, requirement_, answer_}) {
        sqlite3_finalize(statement);
    }
    sqlite3_close(database_);
}

void BareSqlite::run(const char* sql) {
    ENSURE(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK, "SQLite works");
}

void BareSqlite::copy_from(const std::string& store_path) {
    run("PRAGMA synchronous=OFF");
    run(("ATTACH '" + store_path + "' AS store").c_str());
    run("INSERT INTO record SELECT stream, sequence, position, payload, hash FROM store.record");
    run(("INSERT INTO case_summary SELECT id, '" + case_body + "' FROM store.case_summary")
            .c_str());
    run(("INSERT INTO task SELECT case_id, id, organisation, role, status, '" + task_body +
         "' FROM store.task")
            .c_str());
    run(("INSERT INTO requirement SELECT case_id, requirement, '" + requirement_body +
         "' FROM store.requirement")
            .c_str());
    run("DETACH store");
    run("PRAGMA wal_checkpoint(TRUNCATE)");
    run("PRAGMA synchronous=FULL");
}

void BareSqlite::step(sqlite3_stmt* statement) {
    ENSURE(sqlite3_step(statement) == SQLITE_DONE, "SQLite writes");
    sqlite3_reset(statement);
}

void BareSqlite::commit(const Commit& commit) {
    run("BEGIN IMMEDIATE");
    for (const Record& record : commit.records) {
        bind(record_, 1, record.stream.value());
        bind(record_, 2, record.sequence);
        bind(record_, 3, record.position);
        bind(record_, 4, std::string_view(record.payload));
        bind(record_, 5, record.hash);
        step(record_);
    }
    for (const rows::Case& row : commit.rows.cases) {
        bind(case_, 1, row.id.value());
        bind(case_, 2, std::string_view(case_body));
        step(case_);
    }
    for (const rows::Task& row : commit.rows.tasks) {
        bind(task_, 1, row.case_id.value());
        bind(task_, 2, row.id.value());
        bind(task_, 3, row.organisation.value());
        bind(task_, 4, std::string_view(row.role));
        bind(task_, 5, static_cast<std::uint64_t>(row.status));
        bind(task_, 6, std::string_view(task_body));
        step(task_);
    }
    for (const rows::Requirement& row : commit.rows.requirements) {
        bind(requirement_, 1, row.case_id.value());
        bind(requirement_, 2, std::string_view(row.requirement));
        bind(requirement_, 3, std::string_view(requirement_body));
        step(requirement_);
    }
    for (const KeyedAnswer& answer : commit.answers) {
        bind(answer_, 1, std::string_view(answer.key));
        bind(answer_, 2, answer.request);
        bind(answer_, 3, std::string_view(answer.answer));
        step(answer_);
    }
    run("COMMIT");
}

}  // namespace guildmark::bench
