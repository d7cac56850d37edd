#pragma once

#include "engine/standard/standard.h"
#include "engine/workflow/workflow.h"

namespace guildmark {

/// Checks what a workflow says about requirements against one edition of a standard. Errors, as
/// diagnostics: standard_not_served (the workflow names other standards), requirement_unknown (a
/// gate asks for a number that the standard does not have and that has nothing under it). REQUIRES:
/// `workflow` came from load_workflow.
void check_against_standard(const workflow::Workflow& workflow,
                            const Standard& standard,
                            Diagnostics& diagnostics);

}  // namespace guildmark
