#pragma once

#include "engine/workflow/chart_outline.h"
#include "engine/workflow/workflow.h"

namespace guildmark::workflow {

/// Checks what people reach running cases by: the values that they search for, and signals.
/// Errors, as diagnostics: id_repeated, data_unknown (no <data> of the chart has that id),
/// task_unknown, form_unknown, field_unknown, value_not_scalar (a field of several choices, or a
/// variable that begins as a list or an object), search_values_too_many, event_unheard (no
/// transition of the chart reacts to the signal).
void check_outside(const ChartOutline& outline, const Workflow& workflow, Diagnostics& diagnostics);

}  // namespace guildmark::workflow
