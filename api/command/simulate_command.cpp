#include "api/command/simulate_command.h"

#include <filesystem>

#include <fmt/format.h>

#include "adapters/script/engine.h"
#include "api/case_report.h"
#include "api/command/named_workflow.h"
#include "api/command/simulation_text.h"
#include "api/library_folder.h"
#include "engine/simulation/simulator.h"
#include "reports/model/simulation.h"
#include "reports/xlsx/progress_workbook.h"

namespace guildmark::command {
namespace {

namespace fs = std::filesystem;

/// What is simulated, and by what.
struct Subject {
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

/// The workflow of that id in the library, or the one that lies in a folder.
Result<void> find_workflow(const SimulateArguments& arguments,
                           Subject& subject,
                           Diagnostics& diagnostics) {
    Library library;
    TRY(load_library(arguments.library_folder, library, diagnostics));
    if (diagnostics.has_errors()) {
        return malformed("library_invalid", "the library has faults", arguments.library_folder);
    }
    subject.standards = library.standards();
    std::error_code code;
    const bool is_folder = fs::is_directory(arguments.workflow, code);
    if (is_folder) {
        auto files = TRY(workflow_files(arguments.workflow));
        auto workflow = workflow::load_workflow(std::move(files), diagnostics);
        if (!workflow) {
            return malformed("document_invalid", "the workflow has faults", arguments.workflow);
        }
        subject.folder = arguments.workflow;
        subject.workflow = std::make_shared<const workflow::Workflow>(std::move(*workflow));
        return {};
    }
    subject.workflow = TRY(find_named_workflow(library, arguments.workflow));
    subject.folder =
        (fs::path(arguments.library_folder) / "workflows" / subject.workflow->id).string();
    return {};
}

Result<void> read_assumptions(const SimulateArguments& arguments,
                              Subject& subject,
                              Diagnostics& diagnostics) {
    std::vector<const Standard*> known;
    for (const auto& standard : subject.standards) {
        known.push_back(standard.get());
    }
    std::string path = arguments.assumptions;
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

Result<void> run(const SimulateArguments& arguments, Diagnostics& diagnostics) {
    TRY(report_language(arguments.language));
    const std::uint64_t cases =
        TRY(read_whole_number("--cases", arguments.cases, 1, simulation::cases_max));
    const std::uint64_t seed = TRY(read_whole_number("--seed", arguments.seed, 0, 1ull << 53u));
    Subject subject;
    TRY(find_workflow(arguments, subject, diagnostics));
    TRY(read_assumptions(arguments, subject, diagnostics));
    ScriptWorkers scripts;
    const Standard* standard = subject.standard();
    simulation::SimulationResult result;
    {
        ProgressBar bar("simulating", cases);
        result = TRY(simulation::simulate(
            {*subject.workflow, standard, *subject.assumptions, scripts, cases, seed},
            [&bar](std::uint64_t done) { bar.show(done); }));
    }
    const reports::SimulationInput input{result, *subject.assumptions, *subject.workflow};
    if (!arguments.out.empty()) {
        TRY(reports::write_progress_report(
            reports::build_simulation_report(input, reports::messages_in(arguments.language)),
            arguments.out));
    }
    if (arguments.output == Output::json) {
        print_json(simulation_value(input, arguments.out));
    } else {
        print_simulation(input, arguments.out);
    }
    return {};
}

}  // namespace

int run_simulate(const SimulateArguments& arguments) {
    Diagnostics diagnostics;
    const auto done = run(arguments, diagnostics);
    if (diagnostics.has_errors()) {
        return report_diagnostics(diagnostics, arguments.output);
    }
    return done ? exit_done : report_error(done.error(), arguments.output);
}

}  // namespace guildmark::command
