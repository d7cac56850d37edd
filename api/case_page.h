#pragma once

#include "api/encode.h"
#include "engine/base/value.h"

namespace guildmark::api {

/// What the page is made of, in one state. Errors: case_not_found; those of the store.
[[nodiscard]] Result<rows::CaseOverview> case_overview(Call& call);

/// Case of openapi.yaml: the whole picture of one case for one member. Errors: those of the store.
[[nodiscard]] Result<Value> case_page(Call& call,
                                      const CaseView& view,
                                      const rows::CaseOverview& rows);

/// How long the page of these rows stays as it is if nothing is written: days end at midnight, and
/// tasks become overdue.
[[nodiscard]] Period period_of_page(const Call& call, const rows::CaseOverview& rows);

}  // namespace guildmark::api
