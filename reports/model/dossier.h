#pragma once

#include <vector>

#include "engine/base/result.h"
#include "engine/ports/read_model.h"
#include "reports/messages/messages.h"
#include "reports/model/progress.h"

namespace guildmark::reports {

/// All that a certification rests on, for whoever checks the body's work (ISO/IEC 17021-1:2015,
/// 9.9): what each person answered from the application on, the team with its competence on the
/// day of each plan, the rules that keep people apart beside those who acted, documents with their
/// digests, checklist, findings, decisions with the state that they were made on, and what became
/// of each certificate. It names what an assessor would stop at: who stands on both sides of a
/// rule, who decided on an audit of his own, and majors that were open at a decision.
///
/// `parties` are those of the case. Errors: those of decode_case_event.
[[nodiscard]] Result<ProgressReport> build_dossier_report(
    const ProgressInput& input,
    const std::vector<rows::OrganisationRows>& parties,
    const Messages& messages);

}  // namespace guildmark::reports
