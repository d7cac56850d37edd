#pragma once

#include "engine/workflow/chart_outline.h"
#include "engine/workflow/workflow.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::workflow {

/// Checks whether a chart can do what its author wrote, whatever guards say and people do.
/// Warnings, as diagnostics: state_unreachable (nothing leads to it), final_unreachable (no final
/// state of the chart can be reached from it), transition_shadowed (another one is always taken
/// instead), event_unraised (nothing raises what a transition waits for).
void check_chart(const ChartOutline& outline, const Workflow& workflow, Diagnostics& diagnostics);

}  // namespace guildmark::workflow
