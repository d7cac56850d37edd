#pragma once

#include "adapters/store/sqlite/connection.h"
#include "engine/base/result.h"
#include "engine/ports/read_model.h"

/// What cases are found by: case_term has one row for each of a case's terms. The lists of cases:
/// case_index has one narrow row for each organisation that is a party of a
/// case, and one under organisation 0 for every case; case_count has how many there are. All
/// follow from case_summary alone; the lists change only when a case opens, ends or changes its
/// parties, and of the terms only rows are written that are new or gone.
namespace guildmark::sqlite {

/// Makes the index fit `next`. REQUIRES: called before case_summary has it, in its transaction.
[[nodiscard]] Result<void> update_case_index(Connection& connection, const rows::Case& next);

/// That all tables say what case_summary says. Errors: store_corrupted, and those of reading.
[[nodiscard]] Result<void> check_case_index(Connection& connection);

}  // namespace guildmark::sqlite
