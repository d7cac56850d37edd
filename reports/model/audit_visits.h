#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/model/status.h"

namespace guildmark::reports {

/// One audit of a case, from the workflow and the rows alone: held, under way or still ahead.
///
/// An audit is a task that is not optional, in which requirements are assessed or findings raised,
/// and whose form asks for a day. A plan is a task whose form names a team; it is for the audits
/// that come after it and stand nearest to it in the chart. Its dates, in the order of its form,
/// are theirs as they come, each once.
struct AuditVisit {
    const workflow::TaskDefinition* definition = nullptr;
    const rows::Task* task = nullptr;  ///< Null: not opened yet.
    const rows::Task* plan = nullptr;  ///< The newest one that was sent; null: none.
    std::uint64_t cycle = 1;           ///< A renewed certificate begins the next one.
    /// 1, 2, 3 ... since the last decision that gave the certificate a term; 0: an audit beside.
    std::uint64_t number = 0;
    std::optional<Date> from;     ///< Since when the case waits for it.
    std::optional<Date> latest;   ///< The last day that the workflow's clocks allow.
    std::optional<Date> planned;  ///< By the plan.
    std::optional<Date> first;    ///< As reported; none where the form asks for one day only.
    std::optional<Date> last;
    std::string team;    ///< People of the plan, one a line.
    std::string charge;  ///< Id of the fee that fell due when it was reported; empty: none.

    /// Whether it was reported.
    [[nodiscard]] bool is_held() const {
        return task != nullptr && task->status == rows::TaskStatus::done;
    }
};

/// The audits of a case: those that were held or are open in order of time, then those ahead.
/// Ahead are the ones that are planned or to be planned, and those of the part of the chart in
/// which the case stands that were never held. What the data do not tell stays empty.
[[nodiscard]] std::vector<AuditVisit> find_audit_visits(const Context& context);

}  // namespace guildmark::reports
