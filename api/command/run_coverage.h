#pragma once

#include <memory>
#include <set>
#include <string>

#include "api/scenario/coverage.h"
#include "engine/base/value.h"

namespace guildmark::command {

/// What the scenarios of one `guildmark run` have reached of the chart of their workflow.
class RunCoverage {
public:
    /// Errors: workflow_ambiguous (the scenarios open cases of no workflow or of several),
    /// workflow_unknown, library_invalid, library_not_found.
    static Result<std::unique_ptr<RunCoverage>> open(const std::set<std::string>& workflows,
                                                     const std::string& library_folder);

    /// For the engines in which the scenarios play.
    [[nodiscard]] const ChartObserver& observer() const { return observer_; }

    /// Draws the chart with what was reached. Errors: chart_too_large, drawing_failed.
    Result<void> draw(const std::string& path, const std::string& language);

    /// How much was reached, and a line for each state and transition that was not.
    void print_summary() const;

    /// The same for programs.
    [[nodiscard]] Value to_value() const;

private:
    explicit RunCoverage(std::shared_ptr<const workflow::Workflow> workflow);

    scenario::Coverage coverage_;
    ChartObserver observer_;
    std::string drawing_;
};

}  // namespace guildmark::command
