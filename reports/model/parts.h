#pragma once

#include "reports/model/status.h"
#include "reports/model/table.h"

/// The parts of a progress report, each made by one function.
namespace guildmark::reports {

/// Who, what and when, with the certificate if there is one.
[[nodiscard]] std::vector<Fact> cover_facts(const Context& context);
/// The workflow's milestones: done, now or ahead.
[[nodiscard]] Table milestone_path(const Context& context);
/// Counts of requirements, findings, documents and tasks.
[[nodiscard]] Table figure_table(const Context& context);

/// Requirements by status; statuses that no requirement has are left out.
[[nodiscard]] Chart status_chart(const Context& context);

/// Requirements with and without current evidence, and not applicable, for each clause.
[[nodiscard]] Chart clause_chart(const Context& context);

/// How many requirements had evidence, an answer and a positive verdict, from the case's opening to
/// the report's day, in at most 26 points of equal distance.
[[nodiscard]] Chart history_chart(const Context& context);

/// One row for each requirement.
[[nodiscard]] Table requirement_table(const Context& context);
/// One row for each revision of each document.
[[nodiscard]] Table evidence_table(const Context& context);
/// One row for each finding, with its latest response.
[[nodiscard]] Table finding_table(const Context& context);

/// The journal in words, without what only the machine needs.
[[nodiscard]] Table timeline_table(const Context& context);

}  // namespace guildmark::reports
