#pragma once

#include "engine/ports/store.h"
#include "engine/workflow/workflow.h"

namespace guildmark {

/// A workflow's files as the store keeps them, so that a case finds its version again.
[[nodiscard]] Definition definition_of(const workflow::Workflow& workflow);

/// The workflow of a stored definition. Errors: definition_malformed (with the diagnostics).
[[nodiscard]] Result<workflow::Workflow> workflow_of(const Definition& definition);

}  // namespace guildmark
