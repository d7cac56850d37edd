#pragma once

#include "engine/cases/decide.h"

namespace guildmark {

/// Documents: added, revised, matched, withdrawn. Errors: see decide.h.
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const AddEvidence& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const MatchEvidence& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const WithdrawEvidence& command,
                                               CaseContext& context);

}  // namespace guildmark
