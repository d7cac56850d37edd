#pragma once

#include <chrono>
#include <string>

#include "engine/ports/store.h"
#include "tests/bench/figures.h"

struct sqlite3;
struct sqlite3_stmt;

/// What the store is measured against, in the same run on the same disk.
namespace guildmark::bench {

/// Overwrites 4 KiB of a preallocated file and syncs its data, over and over.
[[nodiscard]] Timings sync_overwrites(const std::string& path, std::chrono::milliseconds duration);

/// SQLite by hand, as little as possible: the same rows in tables of the same keys and indexes,
/// each row's other columns as one text, statements prepared once, nothing checked.
class BareSqlite {
public:
    explicit BareSqlite(const std::string& path);
    ~BareSqlite();

    BareSqlite(const BareSqlite&) = delete;
    BareSqlite& operator=(const BareSqlite&) = delete;

    /// Takes over the records and rows of a store, whose tables are the same but for their columns.
    void copy_from(const std::string& store_path);

    /// One transaction.
    void commit(const Commit& commit);

private:
    void run(const char* sql);
    void step(sqlite3_stmt* statement);

    sqlite3* database_ = nullptr;
    sqlite3_stmt* record_ = nullptr;
    sqlite3_stmt* case_ = nullptr;
    sqlite3_stmt* task_ = nullptr;
    sqlite3_stmt* requirement_ = nullptr;
    sqlite3_stmt* answer_ = nullptr;
};

}  // namespace guildmark::bench
