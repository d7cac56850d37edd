#pragma once

#include "engine/cases/chart_run.h"
#include "engine/scxml/interpreter.h"
#include "engine/workflow/action.h"

namespace guildmark {

/// Carries out what a chart's content asks of the case: a charge, a message, an act on the
/// certificate. Errors: those of the expressions; money_malformed, party_unknown; decision_missing
/// (no unused decision of the act's kind), valid_before_decision, edition_ended (of the case's
/// standard), valid_until_past, scope_missing.
[[nodiscard]] Result<void> carry_out(WorkingCase& working,
                                     const workflow::Action& action,
                                     scxml::ExpressionScope& scope);

}  // namespace guildmark
