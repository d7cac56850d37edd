#pragma once

#include <span>
#include <string>

#include "adapters/store/sqlite/connection.h"

namespace guildmark::sqlite {

/// How a column's values count into the check of their row.
enum class ColumnKind { number, optional_number, text, bytes };

/// A column as it was when a migration was written.
struct ColumnShape {
    const char* name = nullptr;
    ColumnKind kind = ColumnKind::number;
};

/// Computes the check of every row of `table` anew, after a migration gave the table a column. The
/// columns are those of that migration, in the order in which they count, and begin with the
/// table's INTEGER PRIMARY KEY: they stay as they are when later migrations add others.
[[nodiscard]] Result<void> refill_checks(Connection& connection,
                                         const std::string& table,
                                         std::span<const ColumnShape> columns);

}  // namespace guildmark::sqlite
