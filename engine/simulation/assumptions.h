#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/simulation/distribution.h"
#include "engine/standard/standard.h"
#include "engine/workflow/workflow.h"
#include "engine/xml/diagnostics.h"

namespace guildmark::simulation {

/// One way to end a task, and how likely it is beside the others.
struct OutcomeAssumption {
    std::string outcome;
    double weight = 0;
};

/// How a task goes.
struct TaskAssumption {
    std::string task;
    Distribution waiting;  ///< From its opening until somebody could begin.
    Distribution work;     ///< Of one person, in working time.
    double chance = 1;     ///< That it is done at all; below 1 for what is offered only.
    std::vector<OutcomeAssumption> outcomes;    ///< In the workflow's order; empty: it has none.
    std::map<std::string, std::string> values;  ///< Of its form; {today+P14D} is a day.
    double majors = 0;  ///< Findings that are raised before it ends, on average.
    double minors = 0;
};

/// Something that nobody stated.
struct Assumed {
    /// "work", "waiting", "outcome", "values", "people", "arrivals", "hours", "horizon".
    std::string what;
    std::string subject;  ///< A task or a role; empty where it is about all.
    std::string value;
};

/// All that a simulation takes for given, complete: what is not stated has a default.
struct Assumptions {
    std::string standard;  ///< The edition that cases are opened with, as "iso-9001:2015".
    Instant begin;
    Distribution arrivals;  ///< From one case to the next.
    std::string opener;     ///< The role that opens cases.
    double hours_per_week = 40;
    std::int64_t horizon_ms = 0;                  ///< A case is given up so long after its opening.
    std::vector<TaskAssumption> tasks;            ///< Of every task, in the workflow's order.
    std::map<std::string, std::uint32_t> people;  ///< By role; none: as many as are needed.
    std::vector<Assumed> assumed;

    [[nodiscard]] const TaskAssumption* find_task(std::string_view task) const;

    /// How long a person needs for so much work, nights and weekends included.
    [[nodiscard]] std::int64_t elapsed_of(std::int64_t work_ms) const;
};

/// Reads assumptions in the form of workflows/schema/simulation.xsd about `workflow`, and fills in
/// what they leave out. `known` are the editions that there are.
/// Nothing is returned when `diagnostics` gained an error.
/// Errors, as diagnostics: those of read_xml; element_unknown, attribute_unknown,
/// attribute_missing, attribute_invalid, task_unknown, outcome_unknown, role_unknown,
/// field_unknown, id_repeated, distribution_missing, distribution_invalid, weights_all_zero,
/// standard_unknown, standard_not_served, form_invalid (no form that the values give would be
/// taken).
[[nodiscard]] std::optional<Assumptions> read_assumptions(std::string_view bytes,
                                                          const std::string& file,
                                                          const workflow::Workflow& workflow,
                                                          const std::vector<const Standard*>& known,
                                                          Diagnostics& diagnostics);

/// The same where nothing is stated.
[[nodiscard]] std::optional<Assumptions> default_assumptions(
    const workflow::Workflow& workflow,
    const std::vector<const Standard*>& known,
    Diagnostics& diagnostics);

}  // namespace guildmark::simulation
