#pragma once

#include "engine/workflow/chart_outline.h"
#include "engine/workflow/reading.h"
#include "engine/workflow/workflow.h"

namespace guildmark::workflow {

/// Reads all elements of the extension namespace from a workflow's chart into `workflow`. What they
/// refer to is checked later, by check_workflow. Errors, as diagnostics: workflow_missing,
/// element_unknown, attribute_unknown, attribute_missing, attribute_invalid,
/// attribute_conflict, action_unknown, text_missing, text_repeated.
void read_extension(const ChartOutline& outline, const Reading& reading, Workflow& workflow);

/// The language of texts without xml:lang: that of <gm:workflow language>, else "en".
[[nodiscard]] std::string default_language(const XmlElement& root);

}  // namespace guildmark::workflow
