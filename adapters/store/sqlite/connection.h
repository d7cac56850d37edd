#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/store/sqlite/organisation_tables.h"
#include "adapters/store/sqlite/row_name.h"
#include "adapters/store/sqlite/row_tables.h"
#include "adapters/store/sqlite/statement.h"
#include "adapters/store/sqlite/tables.h"
#include "adapters/store/sqlite/values.h"

namespace guildmark::sqlite {

/// One use of a statement that its connection keeps prepared; resets it at its end.
class Query {
public:
    explicit Query(Statement& statement) : statement_(&statement) {}

    ~Query() {
        if (statement_ != nullptr) {
            statement_->reset();
        }
    }

    Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}

    Query& operator=(Query&&) = delete;

    /// Binds all parameters, in order. The values must live as long as the query runs.
    template <typename... Values>
    void bind(const Values&... values) {
        Binder binder(*statement_);
        binder(values...);
    }

    /// Binds every column of a row of Table<Row>, and its check.
    template <typename Row>
    void bind_row(const Row& row) {
        Binder binder(*statement_);
        Table<Row>::fields(binder, row);
        binder.bind_check();
    }

    /// True: there is a row.
    [[nodiscard]] Result<bool> step() { return statement_->step(); }

    /// Runs to the end and leaves rows unread.
    [[nodiscard]] Result<void> run() {
        while (TRY(statement_->step())) {
        }
        return {};
    }

    /// The row, from a query that selects select_sql<Row>'s columns. Errors: store_corrupted.
    template <typename Row>
    [[nodiscard]] Result<Row> row() const {
        Row row{};
        Columns columns(*statement_);
        Table<Row>::fields(columns, row);
        if (!columns.is_sound()) {
            return unsound_row(row_name(row), is_derived<Row>);
        }
        return row;
    }

    /// The row as it stands, from a query that selects Table<Row>::columns and may compute some.
    template <typename Row>
    [[nodiscard]] Row unchecked_row() const {
        Row row{};
        Columns columns(*statement_);
        Table<Row>::fields(columns, row);
        return row;
    }

    [[nodiscard]] std::int64_t number(int column) const { return statement_->number(column); }

    [[nodiscard]] std::string text(int column) const {
        return std::string(statement_->text(column));
    }

    [[nodiscard]] std::string_view bytes(int column) const { return statement_->bytes(column); }

private:
    static Error unsound_row(std::string name, bool is_derived);

    Statement* statement_;
};

/// What a connection may do.
enum class OpenMode { read, write };

/// How a connection is opened.
struct ConnectionOptions {
    OpenMode mode = OpenMode::read;
    std::string vfs;  ///< Empty: the system's.
    std::chrono::milliseconds busy_timeout{5'000};
    std::size_t cache_kib = 16'384;
};

/// One connection to the database, and its prepared statements.
///
/// Thread: one at a time.
class Connection {
public:
    Connection(Connection&&) = default;
    Connection& operator=(Connection&&) = delete;

    /// Opens the file; in mode write, makes it when it is not there.
    /// Errors: store_failed, store_corrupted, store_busy.
    [[nodiscard]] static Result<Connection> open(const std::string& path,
                                                 const ConnectionOptions& options);

    /// The statement of `sql`, prepared at its first use. REQUIRES: no other Query of the same text
    /// is alive.
    [[nodiscard]] Result<Query> query(std::string_view sql);

    /// Runs statements that have no parameters: schema and settings.
    [[nodiscard]] Result<void> run(const std::string& sql) const;

    /// The number in the first column of the first row. Errors: store_corrupted when there is none.
    [[nodiscard]] Result<std::int64_t> number(std::string_view sql);

    [[nodiscard]] Error error(int code, std::string_view what) const;

    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };

    explicit Connection(sqlite3* handle) : handle_(handle) {}

    std::unique_ptr<sqlite3, Close> handle_;
    std::map<std::string, Statement, std::less<>> statements_;  // Gone before the handle.
};

/// A transaction that is rolled back unless it was committed.
class Transaction {
public:
    /// One committed state for all that is read. When one is begun already it is part of that.
    [[nodiscard]] static Result<Transaction> begin_read(Connection& connection);

    /// Errors: store_busy when another writes.
    [[nodiscard]] static Result<Transaction> begin_write(Connection& connection);

    ~Transaction();

    Transaction(Transaction&& other) noexcept
        : connection_(std::exchange(other.connection_, nullptr)) {}

    Transaction& operator=(Transaction&&) = delete;

    /// Errors: store_busy and store_full, after which nothing has changed; commit_in_doubt for
    /// every other failure, because the commit may or may not have reached the disk.
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(Connection* connection) : connection_(connection) {}

    Connection* connection_;
};

/// "SELECT <columns of Row>, row_check FROM <its table> <tail>".
template <typename Row>
[[nodiscard]] std::string select_sql(std::string_view tail) {
    std::string sql("SELECT ");
    sql.append(Table<Row>::columns).append(", row_check FROM ").append(Table<Row>::name);
    return sql.append(" ").append(tail);
}

/// The first row of a selection, if any.
template <typename Row, typename... Values>
[[nodiscard]] Result<std::optional<Row>> find_row(Connection& connection,
                                                  std::string_view tail,
                                                  const Values&... values) {
    Query query = TRY(connection.query(select_sql<Row>(tail)));
    query.bind(values...);
    if (!TRY(query.step())) {
        return std::optional<Row>();
    }
    return std::optional<Row>(TRY(query.row<Row>()));
}

/// All rows of a selection, which `tail` must bound.
template <typename Row, typename... Values>
[[nodiscard]] Result<std::vector<Row>> all_rows(Connection& connection,
                                                std::string_view tail,
                                                const Values&... values) {
    Query query = TRY(connection.query(select_sql<Row>(tail)));
    query.bind(values...);
    std::vector<Row> rows;
    while (TRY(query.step())) {
        rows.push_back(TRY(query.row<Row>()));
    }
    return rows;
}

}  // namespace guildmark::sqlite
