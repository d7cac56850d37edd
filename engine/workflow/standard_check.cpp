#include <algorithm>

#include <fmt/format.h>

#include "engine/standard/standard.h"
#include "engine/workflow/workflow.h"

namespace guildmark::workflow {
namespace {

void check_gate(const Gate& gate,
                const Standard& standard,
                const std::vector<std::string>& numbers,
                Diagnostics& diagnostics) {
    for (const std::string& number : gate.requirements) {
        if (standard.requirements_under(number).empty()) {
            diagnostics.error(
                gate.place,
                "requirement_unknown",
                fmt::format(
                    "{} has no requirement \"{}\" and none under it", standard.designation, number),
                suggest(number, numbers));
        }
    }
}

}  // namespace

void check_against_standard(const Workflow& workflow,
                            const Standard& standard,
                            Diagnostics& diagnostics) {
    if (!workflow.standards.empty() &&
        std::ranges::find(workflow.standards, standard.id) == workflow.standards.end()) {
        diagnostics.error(workflow.chart->place(0),
                          "standard_not_served",
                          fmt::format("the workflow \"{}\" serves {}, not \"{}\"",
                                      workflow.id,
                                      fmt::join(workflow.standards, ", "),
                                      standard.id),
                          suggest(standard.id, workflow.standards));
    }
    std::vector<std::string> numbers;
    numbers.reserve(standard.sections.size() + standard.requirements.size());
    for (const StandardSection& section : standard.sections) {
        numbers.push_back(section.id);
    }
    for (const Requirement& requirement : standard.requirements) {
        numbers.push_back(requirement.id);
    }
    for (const TaskDefinition& task : workflow.tasks) {
        for (const Outcome& outcome : task.outcomes) {
            for (const Gate& gate : outcome.gates) {
                check_gate(gate, standard, numbers, diagnostics);
            }
        }
    }
}

}  // namespace guildmark::workflow
