#include "adapters/store/sqlite/row_checks.h"

#include <optional>

#include <fmt/format.h>

namespace guildmark::sqlite {
namespace {

void add_column(const Query& row, int column, ColumnKind kind, RowCheck& check) {
    switch (kind) {
        case ColumnKind::text:
            check.add(std::string_view(row.text(column)));
            return;
        case ColumnKind::bytes:
            check.add(row.bytes(column));
            return;
        case ColumnKind::optional_number:
            check.add(row.is_null(column) ? 0u : 1u);
            if (row.is_null(column)) {
                return;
            }
            [[fallthrough]];
        case ColumnKind::number:
            check.add(static_cast<std::uint64_t>(row.number(column)));
            return;
    }
}

struct KeyedCheck {
    std::int64_t key = 0;
    std::int64_t check = 0;
};

/// The check of the first row behind the key `after`; nothing at the end.
Result<std::optional<KeyedCheck>> next_check(Connection& connection,
                                             const std::string& select,
                                             std::span<const ColumnShape> columns,
                                             std::int64_t after) {
    Query row = TRY(connection.query(select));
    row.bind(after);
    if (!TRY(row.step())) {
        return std::optional<KeyedCheck>();
    }
    RowCheck check;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        add_column(row, static_cast<int>(at), columns[at].kind, check);
    }
    return std::optional(KeyedCheck{row.number(0), check.folded()});
}

}  // namespace

Result<void> refill_checks(Connection& connection,
                           const std::string& table,
                           std::span<const ColumnShape> columns) {
    std::string names;
    for (const ColumnShape& column : columns) {
        names.append(names.empty() ? "" : ", ").append(column.name);
    }
    const std::string key = columns.front().name;
    const std::string select =
        fmt::format("SELECT {} FROM {} WHERE {}>?1 ORDER BY {} LIMIT 1", names, table, key, key);
    const std::string update = fmt::format("UPDATE {} SET row_check=?2 WHERE {}=?1", table, key);
    std::int64_t after = 0;
    while (const auto next = TRY(next_check(connection, select, columns, after))) {
        Query put = TRY(connection.query(update));
        put.bind(next->key, next->check);
        TRY(put.run());
        after = next->key;
    }
    return {};
}

}  // namespace guildmark::sqlite
