#pragma once

#include "engine/workflow/reading.h"
#include "engine/workflow/workflow.h"

namespace guildmark::workflow {

/// Reads a <gm:task>. Errors, as diagnostics: element_unknown, attribute_unknown,
/// attribute_missing, attribute_invalid, attribute_conflict, text_missing, text_repeated.
[[nodiscard]] TaskDefinition read_task(const XmlElement& element,
                                       scxml::StateIndex state,
                                       const Reading& reading);

/// Reads the attribute `allow`. Errors, as diagnostics: attribute_invalid.
[[nodiscard]] Permission read_permission(const XmlElement& element, const Reading& reading);

/// What <gm:gate kind> calls the kind.
[[nodiscard]] std::string_view to_text(GateKind kind);

}  // namespace guildmark::workflow
