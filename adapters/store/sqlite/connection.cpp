#include "adapters/store/sqlite/connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "engine/base/ensure.h"

namespace guildmark::sqlite {

Error Query::unsound_row(std::string name, bool is_derived) {
    std::string message = fmt::format(
        "{} is not what was written; {}",
        name,
        is_derived ? "guildmark rebuild writes it anew from the journal" : "restore a backup");
    return corrupted("store_corrupted", std::move(message), std::move(name));
}

void Connection::Close::operator()(sqlite3* handle) const {
    ENSURE(sqlite3_close(handle) == SQLITE_OK, "a statement outlives its connection");
}

Result<Connection> Connection::open(const std::string& path, const ConnectionOptions& options) {
    const int access = options.mode == OpenMode::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                       : SQLITE_OPEN_READONLY;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.c_str(),
                                     &handle,
                                     access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                     options.vfs.empty() ? nullptr : options.vfs.c_str());
    Connection connection(handle);
    if (code != SQLITE_OK) {
        return connection.error(code, "opening " + path);
    }
    sqlite3_busy_timeout(handle, static_cast<int>(options.busy_timeout.count()));
    // A damaged or hostile file may not bring functions of its own, nor be written past the pager.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    TRY_CONTEXT(connection.run(fmt::format("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; "
                                           "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-{};",
                                           options.cache_kib)),
                path);
    return connection;
}

Result<Query> Connection::query(std::string_view sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end()) {
        return Query(found->second);
    }
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle(),
                                        sql.data(),
                                        static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT,
                                        &statement,
                                        nullptr);
    if (code != SQLITE_OK) {
        return error(code, sql);
    }
    return Query(statements_.emplace(std::string(sql), Statement(statement)).first->second);
}

Result<void> Connection::run(const std::string& sql) const {
    const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>() : error(code, sql.substr(0, 60));
}

Result<std::int64_t> Connection::number(std::string_view sql) {
    Query query = TRY(this->query(sql));
    if (!TRY(query.step())) {
        return corrupted("store_corrupted", fmt::format("no answer to {}", sql));
    }
    return query.number(0);
}

Error Connection::error(int code, std::string_view what) const {
    return error_of(handle(), code, what);
}

Result<Transaction> Transaction::begin_read(Connection& connection) {
    if (sqlite3_get_autocommit(connection.handle()) == 0) {
        return Transaction(nullptr);
    }
    Query begin = TRY(connection.query("BEGIN"));
    TRY(begin.run());
    return Transaction(&connection);
}

Result<Transaction> Transaction::begin_write(Connection& connection) {
    Query begin = TRY(connection.query("BEGIN IMMEDIATE"));
    TRY(begin.run());
    return Transaction(&connection);
}

Transaction::~Transaction() {
    // SQLite itself has rolled back after some failures.
    if (connection_ != nullptr && sqlite3_get_autocommit(connection_->handle()) == 0) {
        sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

Result<void> Transaction::commit() {
    const int code = sqlite3_exec(connection_->handle(), "COMMIT", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) {
        connection_ = nullptr;
        return {};
    }
    Error error = connection_->error(code, "committing");
    const int primary = code & 0xFF;
    // When the disk is full the frame that ends the transaction is not whole, so it does not count.
    if (primary == SQLITE_BUSY || primary == SQLITE_FULL) {
        return error;
    }
    error.kind = ErrorKind::unavailable;
    error.code = "commit_in_doubt";
    error.retry = Retry::never;
    return error;
}

}  // namespace guildmark::sqlite
