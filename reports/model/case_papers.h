#pragma once

#include <vector>

#include "reports/messages/messages.h"
#include "reports/model/progress.h"

/// Reports of a case beside the one on progress, from the same input and in the same form.
namespace guildmark::reports {

/// Which requirements of the standard apply: what the firm declares, with its reason, what the
/// standard allows to be left out, and what the auditor says to it (ISO/IEC 27001 calls such a list
/// a statement of applicability).
[[nodiscard]] ProgressReport build_applicability_report(const ProgressInput& input,
                                                        const Messages& messages);

/// What the audits of a case came to: each answer of the people who audited, the checklist with a
/// verdict for each requirement, findings, and who signed what and when by the journal, with room
/// for a signature (ISO/IEC 17021-1:2015, 9.4.8). An audit is a task in which requirements are
/// assessed or findings raised.
[[nodiscard]] ProgressReport build_audit_report(const ProgressInput& input,
                                                const Messages& messages);

/// How the audits of a case were planned: each plan that was sent, the people whom it names with
/// the areas in which they are competent on the day of the report, and room for signatures
/// (ISO/IEC 17021-1:2015, 9.2.3). A plan is a task whose form names a team; `parties` are those of
/// the case.
[[nodiscard]] ProgressReport build_plan_report(const ProgressInput& input,
                                               const std::vector<rows::OrganisationRows>& parties,
                                               const Messages& messages);

}  // namespace guildmark::reports
