#pragma once

#include "api/encode.h"
#include "engine/journal/record.h"
#include "engine/runtime/trace.h"

namespace guildmark::api {

/// HistoryItem of openapi.yaml. The chart's own bookkeeping is left out of `data`. Errors: those of
/// the store, event_malformed.
[[nodiscard]] Result<Value> history_item(Call& call, const CaseView& view, const Record& record);

/// TraceStep of openapi.yaml. Errors: as history_item.
[[nodiscard]] Result<Value> trace_item(Call& call, const CaseView& view, const TraceStep& step);

}  // namespace guildmark::api
