#pragma once

#include "engine/cases/decide.h"

namespace guildmark {

/// Whether nobody may ask for this while the case is paused: what moves it on, and what judges. The
/// client's own preparation goes on.
[[nodiscard]] bool waits_for_resumption(const CaseCommand& command);

/// The refusal of what waits for the resumption of a case.
[[nodiscard]] Error case_paused(const Case& subject);

/// What the people do who keep cases running. Errors: see decide.h.
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const PauseCase& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const ResumeCase& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const MoveCase& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const SignalCase& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const RetryIncident& command,
                                               CaseContext& context);
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const SkipIncident& command,
                                               CaseContext& context);

}  // namespace guildmark
