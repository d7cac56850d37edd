#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/workflow/chart_outline.h"
#include "engine/workflow/workflow.h"

namespace guildmark::reports {

/// The largest chart that is drawn: nobody could read a larger picture.
inline constexpr std::size_t states_drawn_max = 400;

/// What was reached of a chart, by the numbers of its outline.
struct ChartReach {
    std::vector<bool> states;       ///< Entered; of those that are histories nothing is said.
    std::vector<bool> transitions;  ///< Taken.
    std::string caption;            ///< Stands above the picture.
};

/// What is to be drawn.
struct ChartDrawing {
    const workflow::ChartOutline& outline;
    /// Gives the titles of states, tasks, roles and outcomes; null: ids and events are shown.
    const workflow::Workflow* workflow = nullptr;
    std::string language = "en";
    std::vector<std::string> active;  ///< Ids of the atomic states in which a case is.
    /// Marks what was reached, and with dots and words what was not; null: nothing is said of it.
    const ChartReach* reach = nullptr;
};

/// The chart as SVG: a box for each state, around it those that it lies in, regions that are active
/// together beside each other, tasks in their states, and an arrow for each change of state with
/// what makes it happen and under which condition. Errors: chart_too_large, drawing_failed.
[[nodiscard]] Result<std::string> draw_chart(const ChartDrawing& drawing);

}  // namespace guildmark::reports
