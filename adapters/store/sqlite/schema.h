#pragma once

#include "adapters/store/sqlite/connection.h"
#include "engine/base/result.h"

namespace guildmark::sqlite {

/// "GMrk" in the file's header: what tells this database from any other SQLite file.
inline constexpr std::int64_t application_id = 0x474D'726B;

/// The schema version that this program reads and writes: the number of migrations.
[[nodiscard]] std::int64_t schema_version();

/// How a file's schema stands to this program's.
enum class SchemaState { empty, older, current };

/// Whose file it is and which version. Errors: store_foreign (not of this application),
/// store_too_new (written by a later release), and those of reading.
[[nodiscard]] Result<SchemaState> schema_state(Connection& connection);

/// Runs the migrations that the file lacks, in one transaction, and gives the rows of tables that
/// have gained columns their checks anew.
[[nodiscard]] Result<void> migrate(Connection& connection);

/// That tables and indexes are those of the migrations, word for word, so that a damaged schema is
/// not taken for ours. Errors: store_corrupted, and those of reading.
[[nodiscard]] Result<void> check_schema(Connection& connection);

}  // namespace guildmark::sqlite
