#include "engine/simulation/assumptions.h"

#include <algorithm>
#include <cmath>

namespace guildmark::simulation {

const TaskAssumption* Assumptions::find_task(std::string_view task) const {
    const auto found = std::ranges::find(tasks, task, &TaskAssumption::task);
    return found == tasks.end() ? nullptr : &*found;
}

std::int64_t Assumptions::elapsed_of(std::int64_t work_ms) const {
    constexpr double hours_of_a_week = 168;
    return std::llround(static_cast<double>(work_ms) * hours_of_a_week / hours_per_week);
}

std::optional<Assumptions> default_assumptions(const workflow::Workflow& workflow,
                                               const std::vector<const Standard*>& known,
                                               Diagnostics& diagnostics) {
    return read_assumptions(
        "<simulation xmlns=\"urn:guildmark:workflow:1\"/>", "", workflow, known, diagnostics);
}

}  // namespace guildmark::simulation
