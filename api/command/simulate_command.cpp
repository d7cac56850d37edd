#include "api/command/simulate_command.h"

#include <fmt/format.h>

#include "api/case_report.h"
#include "api/command/simulation_run.h"
#include "api/command/simulation_text.h"
#include "reports/model/simulation.h"
#include "reports/xlsx/progress_workbook.h"

namespace guildmark::command {
namespace {

Result<void> run(const SimulateArguments& arguments, Diagnostics& diagnostics) {
    TRY(report_language(arguments.language));
    const std::uint64_t cases =
        TRY(read_whole_number("--cases", arguments.cases, 1, simulation::cases_max));
    const std::uint64_t seed = TRY(read_whole_number("--seed", arguments.seed, 0, 1ull << 53u));
    const SimulationSubject subject = TRY(load_simulation(
        {arguments.library_folder, arguments.workflow, arguments.assumptions}, diagnostics));
    simulation::SimulationResult result;
    {
        ProgressBar bar("simulating", cases);
        result = TRY(
            run_simulation(subject, cases, seed, [&bar](std::uint64_t done) { bar.show(done); }));
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
