#pragma once

#include "engine/cases/decide.h"

namespace guildmark {

/// Whether the actor may act in its role in this case at all; the system may.
/// Errors: role_unknown, role_not_of_party, separation_of_duties, person_barred,
/// person_not_in_team; of a case that is not open yet only the first.
[[nodiscard]] Result<void> check_actor(const Case& subject, const CaseContext& context);

}  // namespace guildmark
