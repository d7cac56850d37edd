#pragma once

#include <cstdint>
#include <functional>

#include "engine/ports/script_engine.h"
#include "engine/simulation/assumptions.h"
#include "engine/simulation/statistics.h"

namespace guildmark::simulation {

inline constexpr std::uint64_t cases_max = 100'000;

/// What is to be walked.
struct SimulationOrder {
    const workflow::Workflow& workflow;
    const Standard* standard = nullptr;  ///< That of the assumptions; null when they name none.
    const Assumptions& assumptions;
    ScriptEngine& scripts;
    std::uint64_t cases = 0;
    std::uint64_t seed = 0;
};

/// Told how many cases have come to their end.
using SimulationProgress = std::function<void(std::uint64_t cases_done)>;

/// Walks all cases through the engine's own decide and apply, in the order of simulated time, until
/// each has a certificate, has ended, is stuck, or is given up at the horizon. The same order gives
/// the same result.
///
/// A task waits as long as is assumed, then until somebody of its role is free, in the order in
/// which tasks came to wait; then it is worked on, and ended. One that no gate lets end is tried
/// again each week, tries_max times.
///
/// Errors: script_unavailable; all else that goes wrong is an end of a case.
[[nodiscard]] Result<SimulationResult> simulate(const SimulationOrder& order,
                                                const SimulationProgress& progress);

}  // namespace guildmark::simulation
