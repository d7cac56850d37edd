#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/simulation/simulator.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::command {

/// Where a simulation's parts are.
struct SimulationSource {
    std::string library_folder;
    std::string workflow;     ///< Its id in the library, or its folder.
    std::string assumptions;  ///< A file; empty: the one beside the workflow, or defaults.
};

/// What is simulated, and by what.
struct SimulationSubject {
    std::shared_ptr<const workflow::Workflow> workflow;
    std::vector<std::shared_ptr<const Standard>> standards;
    std::string folder;  ///< Of the workflow.
    std::optional<simulation::Assumptions> assumptions;

    [[nodiscard]] const Standard* standard() const {
        for (const auto& standard : standards) {
            if (standard->key() == assumptions->standard) {
                return standard.get();
            }
        }
        return nullptr;
    }
};

/// Reads what is to be simulated. Errors: library_invalid, document_invalid (the faults are in
/// `diagnostics`), those of find_named_workflow and read_file.
[[nodiscard]] Result<SimulationSubject> load_simulation(const SimulationSource& source,
                                                        Diagnostics& diagnostics);

/// Walks so many cases. Errors: those of simulation::simulate.
[[nodiscard]] Result<simulation::SimulationResult> run_simulation(
    const SimulationSubject& subject,
    std::uint64_t cases,
    std::uint64_t seed,
    const simulation::SimulationProgress& progress);

}  // namespace guildmark::command
