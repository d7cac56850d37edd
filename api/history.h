#pragma once

#include "api/encode.h"
#include "engine/journal/record.h"

namespace guildmark::api {

/// HistoryItem of openapi.yaml. The chart's own bookkeeping is left out of `data`. Errors: those of
/// the store, event_malformed.
[[nodiscard]] Result<Value> history_item(Call& call, const CaseView& view, const Record& record);

}  // namespace guildmark::api
