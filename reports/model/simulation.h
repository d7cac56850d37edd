#pragma once

#include "engine/simulation/assumptions.h"
#include "engine/simulation/statistics.h"
#include "reports/model/progress.h"

namespace guildmark::reports {

/// What a simulation's report is made from. Everything is only read.
struct SimulationInput {
    const simulation::SimulationResult& result;
    const simulation::Assumptions& assumptions;
    const workflow::Workflow& workflow;
};

/// The report in one language, in the form that workbooks are written from: cover, summary with
/// charts, and a table each for tasks, states, roles, months and assumptions.
[[nodiscard]] ProgressReport build_simulation_report(const SimulationInput& input,
                                                     const Messages& messages);

/// To two decimals.
[[nodiscard]] double rounded(double value);

/// Rounded to hundredths, so that a number is written alike everywhere.
[[nodiscard]] double days_of(double length_ms);
[[nodiscard]] double days_of(std::int64_t length_ms);
[[nodiscard]] double hours_of(std::int64_t length_ms);

/// How many there were on average: what they took together, by the length of the time.
[[nodiscard]] double mean_over(std::int64_t together_ms, std::int64_t length_ms);

/// How many months of 30 days were simulated.
[[nodiscard]] double months_of(const simulation::SimulationResult& result);

}  // namespace guildmark::reports
