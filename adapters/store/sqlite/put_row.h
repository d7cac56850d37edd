#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "adapters/store/sqlite/connection.h"

namespace guildmark::sqlite {

/// "<verb> INTO <table> (<columns>, row_check) VALUES (?, ...)".
template <typename Row>
[[nodiscard]] std::string insert_sql(std::string_view verb) {
    const std::string_view columns = Table<Row>::columns;
    const auto commas = static_cast<std::size_t>(std::ranges::count(columns, ','));
    std::string sql(verb);
    sql.append(" INTO ").append(Table<Row>::name).append(" (").append(columns);
    sql.append(", row_check) VALUES (?");
    for (std::size_t count = 0; count < commas + 1; ++count) {
        sql.append(", ?");
    }
    return sql.append(")");
}

/// Runs `sql`, which insert_sql<Row> made, with the row's columns and their check.
template <typename Row>
[[nodiscard]] Result<void> insert_row(Connection& connection,
                                      const std::string& sql,
                                      const Row& row) {
    Query query = TRY(connection.query(sql));
    query.bind_row(row);
    return query.run();
}

/// Writes the row in the place of the one of the same key.
template <typename Row>
[[nodiscard]] Result<void> put_row(Connection& connection, const Row& row) {
    static const std::string sql = insert_sql<Row>("INSERT OR REPLACE");
    return insert_row(connection, sql, row);
}

}  // namespace guildmark::sqlite
