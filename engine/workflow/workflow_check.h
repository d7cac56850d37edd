#pragma once

#include "engine/workflow/chart_outline.h"
#include "engine/workflow/workflow.h"

namespace guildmark::workflow {

/// Checks what the parts of a workflow say of each other. Errors, as diagnostics: id_repeated,
/// party_unknown, role_unknown, form_unknown, field_unknown, outcome_missing, event_unheard,
/// role_unfillable, decision_by_client, decision_missing, fact_unknown. Warnings: role_unused,
/// form_unused, decision_not_separated. What only concerns the chart, check_chart tells.
void check_workflow(const ChartOutline& outline,
                    const Workflow& workflow,
                    Diagnostics& diagnostics);

}  // namespace guildmark::workflow
