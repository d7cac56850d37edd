#include "api/command/simulation_run.h"

#include <filesystem>

#include "adapters/script/engine.h"
#include "api/command/console.h"
#include "api/command/named_workflow.h"
#include "api/library_folder.h"

namespace guildmark::command {
namespace {

namespace fs = std::filesystem;

/// The workflow of that id in the library, or the one that lies in a folder.
Result<void> find_simulated_workflow(const SimulationSource& source,
                                     SimulationSubject& subject,
                                     Diagnostics& diagnostics) {
    Library library;
    TRY(load_library(source.library_folder, library, diagnostics));
    if (diagnostics.has_errors()) {
        return malformed("library_invalid", "the library has faults", source.library_folder);
    }
    subject.standards = library.standards();
    std::error_code code;
    const bool is_folder = fs::is_directory(source.workflow, code);
    if (is_folder) {
        auto files = TRY(workflow_files(source.workflow));
        auto workflow = workflow::load_workflow(std::move(files), diagnostics);
        if (!workflow) {
            return malformed("document_invalid", "the workflow has faults", source.workflow);
        }
        subject.folder = source.workflow;
        subject.workflow = std::make_shared<const workflow::Workflow>(std::move(*workflow));
        return {};
    }
    subject.workflow = TRY(find_named_workflow(library, source.workflow));
    subject.folder =
        (fs::path(source.library_folder) / "workflows" / subject.workflow->id).string();
    return {};
}

Result<void> read_assumptions(const SimulationSource& source,
                              SimulationSubject& subject,
                              Diagnostics& diagnostics) {
    std::vector<const Standard*> known;
    for (const auto& standard : subject.standards) {
        known.push_back(standard.get());
    }
    std::string path = source.assumptions;
    std::error_code code;
    const fs::path beside = fs::path(subject.folder) / std::string(workflow::assumptions_file);
    if (path.empty() && fs::exists(beside, code)) {
        path = beside.string();
    }
    if (path.empty()) {
        subject.assumptions =
            simulation::default_assumptions(*subject.workflow, known, diagnostics);
    } else {
        const std::string bytes = TRY(read_file(path));
        subject.assumptions =
            simulation::read_assumptions(bytes, path, *subject.workflow, known, diagnostics);
    }
    if (!subject.assumptions) {
        return malformed("document_invalid", "the assumptions have faults", path);
    }
    return {};
}

}  // namespace

Result<SimulationSubject> load_simulation(const SimulationSource& source,
                                          Diagnostics& diagnostics) {
    SimulationSubject subject;
    TRY(find_simulated_workflow(source, subject, diagnostics));
    TRY(read_assumptions(source, subject, diagnostics));
    return subject;
}

Result<simulation::SimulationResult> run_simulation(
    const SimulationSubject& subject,
    std::uint64_t cases,
    std::uint64_t seed,
    const simulation::SimulationProgress& progress) {
    ScriptWorkers scripts;
    return simulation::simulate(
        {*subject.workflow, subject.standard(), *subject.assumptions, scripts, cases, seed},
        progress);
}

}  // namespace guildmark::command
