#pragma once

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

}  // namespace guildmark::reports
