#pragma once

#include "engine/workflow/chart_outline.h"
#include "engine/workflow/workflow.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::workflow {

/// Checks whether a chart can do what its author wrote, whatever guards say and people do.
/// `workflow` is null for a chart that is none; events may come to it from anywhere.
/// Warnings, as diagnostics: state_unreachable (nothing leads to it), final_unreachable (no final
/// state of the chart can be reached from it), transition_shadowed (another one is always taken
/// instead), event_unraised (nothing raises what a transition waits for).
void check_chart(const ChartOutline& outline, const Workflow* workflow, Diagnostics& diagnostics);

/// Whether a document is a chart and nothing of it is Guildmark's own.
[[nodiscard]] bool is_plain_chart(const XmlElement& root);

/// Checks a chart that is no workflow: Statechart::compile's errors and warnings, and those above.
/// REQUIRES: is_plain_chart.
void check_plain_chart(const XmlElement& root, Diagnostics& diagnostics);

}  // namespace guildmark::workflow
