#pragma once

#include <functional>

#include "engine/cases/organisation.h"
#include "engine/ports/notifier.h"
#include "engine/ports/store.h"
#include "engine/runtime/aggregates.h"

namespace guildmark {

/// How often an effect is tried before it is given up, and its failure recorded.
inline constexpr std::uint32_t effect_attempts_max = 12;

using FindOrganisation = std::function<Result<const Organisation*>(OrganisationId)>;

/// Carries out one effect: a message to every member of the case's parties who fills one of its
/// roles. Errors: those of the notifier, of the store; effect_malformed, effect_unknown.
[[nodiscard]] Result<void> deliver(const Effect& effect,
                                   const LoadedCase& subject,
                                   const FindOrganisation& find_organisation,
                                   Notifier& notifier);

/// The effect for its next attempt: after 1, 2, 4 ... minutes, at most a day.
[[nodiscard]] Effect next_attempt(const Effect& effect, Instant now);

}  // namespace guildmark
