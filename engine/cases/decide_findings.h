#pragma once

#include "engine/cases/decide.h"

namespace guildmark {

/// Requirements answered and assessed; findings raised, answered, judged, verified. The auditor's
/// text is the auditor's alone, and the remedy the client's (ISO/IEC 17021-1, 9.4.5): no command
/// changes what another party wrote. Errors: see decide.h.
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const AnswerRequirement& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const AssessRequirement& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const RaiseFinding& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const RespondToFinding& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const JudgeResponse& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const VerifyFinding& command,
                                               CaseContext& context);

}  // namespace guildmark
