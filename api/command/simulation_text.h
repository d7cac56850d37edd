#pragma once

#include <string>

#include "engine/base/value.h"
#include "reports/model/simulation.h"

namespace guildmark::command {

/// What a simulation came to, in a few lines for a person. `workbook`: empty, or where it stands.
void print_simulation(const reports::SimulationInput& input, const std::string& workbook);

/// All of it for programs; lengths of time in days, work in hours.
[[nodiscard]] Value simulation_value(const reports::SimulationInput& input,
                                     const std::string& workbook);

}  // namespace guildmark::command
