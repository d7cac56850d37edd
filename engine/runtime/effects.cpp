#include "engine/runtime/effects.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/describe.h"
#include "engine/base/json.h"

namespace guildmark {
namespace {

struct Message {
    std::vector<std::string> roles;
    std::string subject;
    std::string body;
};

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Message>& message) {
    visit("roles", message.roles);
    visit("subject", message.subject);
    visit("body", message.body);
}

bool fills_any(const Organisation& organisation,
               PersonId person,
               const std::vector<std::string>& roles) {
    return std::ranges::any_of(
        roles, [&](const std::string& role) { return organisation.has_role(person, role); });
}

Result<void> deliver_to(const Organisation& organisation,
                        const Effect& effect,
                        const Message& message,
                        Notifier& notifier) {
    for (const auto& [person, member] : organisation.members) {
        if (member.email.empty() || !fills_any(organisation, person, message.roles)) {
            continue;
        }
        TRY(notifier.deliver(Notification{effect.id.to_text() + "-" + person.to_text(),
                                          member.name,
                                          member.email,
                                          message.subject,
                                          message.body}));
    }
    return {};
}

}  // namespace

Result<void> deliver(const Effect& effect,
                     const LoadedCase& subject,
                     const FindOrganisation& find_organisation,
                     Notifier& notifier) {
    if (effect.kind != "notify") {
        return failed("effect_unknown", fmt::format("no effect \"{}\" is known", effect.kind));
    }
    auto message = from_value<Message>(TRY(parse_json(effect.payload)));
    if (!message) {
        return failed("effect_malformed", message.error().message);
    }
    for (const rows::Party& party : subject.value.summary.parties) {
        const Organisation* organisation = TRY(find_organisation(party.organisation));
        TRY(deliver_to(*organisation, effect, *message, notifier));
    }
    return {};
}

Effect next_attempt(const Effect& effect, Instant now) {
    constexpr std::int64_t minute_ms = 60'000;
    constexpr std::int64_t day_ms = 24 * 60 * minute_ms;
    Effect next = effect;
    next.attempts += 1;
    const std::int64_t wait = minute_ms << std::min<std::uint32_t>(effect.attempts, 20);
    next.not_before = Instant{now.milliseconds + std::min(wait, day_ms)};
    return next;
}

}  // namespace guildmark
