#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/runtime/engine.h"
#include "engine/workflow/chart_outline.h"
#include "engine/xml/document.h"

namespace guildmark::scenario {

/// A state or a transition that no scenario has reached.
struct Missed {
    SourcePlace place;
    std::string state;                 ///< Its id; of a transition, its source's.
    std::vector<std::string> events;   ///< Of a transition, as written; of a state none.
    std::vector<std::string> targets;  ///< Of a transition, as written; of a state none.
};

/// How much of one kind was reached.
struct Share {
    std::size_t reached = 0;
    std::size_t all = 0;
    std::vector<Missed> missed;  ///< In document order.
};

/// Which states of one workflow's own chart cases have entered, and which transitions they have
/// taken, as the interpreter took them. Histories are no states here, and initial transitions and
/// defaults of histories no transitions; sessions that the chart invokes are not looked at.
class Coverage {
public:
    /// Of cases of that version. REQUIRES: it was loaded from its files.
    explicit Coverage(std::shared_ptr<const workflow::Workflow> workflow);
    Coverage(const Coverage&) = delete;
    Coverage& operator=(const Coverage&) = delete;

    /// Adds what a step has reached; steps of other workflows change nothing.
    void note(const ChartStep& step);

    [[nodiscard]] const workflow::Workflow& workflow() const { return *workflow_; }

    [[nodiscard]] const workflow::ChartOutline& outline() const { return outline_; }

    /// By the numbers of the outline.
    [[nodiscard]] const std::vector<bool>& states_entered() const { return states_; }

    [[nodiscard]] const std::vector<bool>& transitions_taken() const { return transitions_; }

    /// How many <invoke> the chart has, whose sessions are not looked at.
    [[nodiscard]] std::size_t invocations() const;

    [[nodiscard]] Share states() const;
    [[nodiscard]] Share transitions() const;

private:
    std::shared_ptr<const workflow::Workflow> workflow_;
    XmlElement root_;
    workflow::ChartOutline outline_;
    std::vector<bool> states_;
    std::vector<bool> transitions_;
    /// Of the outline, by file, line and column.
    std::map<std::tuple<std::string, unsigned, unsigned>, std::size_t> transitions_by_place_;
};

}  // namespace guildmark::scenario
