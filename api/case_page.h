#pragma once

#include "api/encode.h"
#include "engine/base/value.h"

namespace guildmark::api {

/// Case of openapi.yaml: the whole picture of one case for one member. Errors: those of the store.
[[nodiscard]] Result<Value> case_page(Call& call, const CaseView& view, const rows::CaseRows& rows);

}  // namespace guildmark::api
