#pragma once

#include "engine/simulation/assumptions.h"

namespace guildmark::simulation {

/// What the form of a task is filled with on the day `today` for `outcome`: the values that are
/// stated, and for each other field that must be filled a plain one of its type. Null when the task
/// has no form. Errors: value_malformed, and form_invalid when the form would not be taken.
[[nodiscard]] Result<Value> form_values(const workflow::Workflow& workflow,
                                        const TaskAssumption& task,
                                        std::string_view outcome,
                                        Date today,
                                        const Standard* standard);

}  // namespace guildmark::simulation
