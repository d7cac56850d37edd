#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/scenario/script.h"
#include "engine/runtime/library.h"

namespace guildmark::scenario {

/// Checks, without playing it, that what a scenario names exists: statements, people and
/// organisations, workflows and standards of `library`, and in a case's workflow its parties,
/// roles, tasks, outcomes, form fields, states and milestones; numbers of requirements when the
/// case has a standard. A statement that is to be refused for just such a name is left alone.
/// Codes: statement_unknown, name_unknown, workflow_unknown, standard_unknown, party_unknown,
/// role_unknown, task_unknown, outcome_unknown, field_unknown, state_unknown, milestone_unknown,
/// requirement_unknown.
void check_script(const std::vector<Statement>& statements,
                  const Library& library,
                  Diagnostics& diagnostics);

}  // namespace guildmark::scenario
