#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/cases/organisation.h"
#include "engine/ports/notifier.h"
#include "engine/ports/store.h"
#include "engine/runtime/aggregates.h"

namespace guildmark {

/// How often an effect is tried before it is given up, and its failure recorded.
inline constexpr std::uint32_t effect_attempts_max = 12;

using FindOrganisation = std::function<Result<const Organisation*>(OrganisationId)>;

/// What an effect of the kind "notify" says, and to the people of which roles.
struct EffectMessage {
    std::vector<std::string> roles;
    std::string subject;
    std::string body;
};

/// Errors, all of the effect itself and for good: effect_unknown, effect_malformed.
[[nodiscard]] Result<EffectMessage> read_message(const Effect& effect);

/// The message to every member of the case's parties who fills one of its roles and has an address.
/// Errors: those of the store.
[[nodiscard]] Result<std::vector<Notification>> address(const Effect& effect,
                                                        const EffectMessage& message,
                                                        const LoadedCase& subject,
                                                        const FindOrganisation& find_organisation);

/// Hands over every one of them, whatever becomes of the others. Errors: of those of the notifier,
/// the first that may pass, else the first.
[[nodiscard]] Result<void> deliver(const std::vector<Notification>& notifications,
                                   Notifier& notifier);

/// The effect for its next attempt: after 1, 2, 4 ... minutes, at most a day.
[[nodiscard]] Effect next_attempt(const Effect& effect, Instant now);

}  // namespace guildmark
