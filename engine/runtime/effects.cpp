#include "engine/runtime/effects.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/describe.h"
#include "engine/base/json.h"

namespace guildmark {

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, EffectMessage>& message) {
    visit("roles", message.roles);
    visit("subject", message.subject);
    visit("body", message.body);
}

namespace {

bool fills_any(const Organisation& organisation,
               PersonId person,
               const std::vector<std::string>& roles) {
    return std::ranges::any_of(
        roles, [&](const std::string& role) { return organisation.has_role(person, role); });
}

void address_members(const Organisation& organisation,
                     const Effect& effect,
                     const EffectMessage& message,
                     std::vector<Notification>& notifications) {
    for (const auto& [person, member] : organisation.members) {
        if (!member.email.empty() && fills_any(organisation, person, message.roles)) {
            notifications.push_back(Notification{effect.id.to_text() + "-" + person.to_text(),
                                                 member.name,
                                                 member.email,
                                                 message.subject,
                                                 message.body});
        }
    }
}

}  // namespace

Result<EffectMessage> read_message(const Effect& effect) {
    if (effect.kind != "notify") {
        return failed("effect_unknown", fmt::format("no effect \"{}\" is known", effect.kind));
    }
    auto message = from_value<EffectMessage>(TRY(parse_json(effect.payload)));
    if (!message) {
        return failed("effect_malformed", message.error().message);
    }
    return message;
}

Result<std::vector<Notification>> address(const Effect& effect,
                                          const EffectMessage& message,
                                          const LoadedCase& subject,
                                          const FindOrganisation& find_organisation) {
    std::vector<Notification> notifications;
    for (const rows::Party& party : subject.value.summary.parties) {
        const Organisation* organisation = TRY(find_organisation(party.organisation));
        address_members(*organisation, effect, message, notifications);
    }
    return notifications;
}

Result<void> deliver(const std::vector<Notification>& notifications, Notifier& notifier) {
    Result<void> outcome;
    for (const Notification& notification : notifications) {
        auto delivered = notifier.deliver(notification);
        const bool may_pass = !delivered && delivered.error().retry != Retry::never;
        if (!delivered && (outcome || (may_pass && outcome.error().retry == Retry::never))) {
            outcome = std::move(delivered);
        }
    }
    return outcome;
}

Effect next_attempt(const Effect& effect, Instant now) {
    constexpr std::int64_t minute_ms = 60'000;
    constexpr std::int64_t day_ms = minute_ms * 60 * 24;
    Effect next = effect;
    next.attempts += 1;
    const std::int64_t wait = minute_ms << std::min<std::uint32_t>(effect.attempts, 20);
    next.not_before = Instant{now.milliseconds + std::min(wait, day_ms)};
    return next;
}

}  // namespace guildmark
