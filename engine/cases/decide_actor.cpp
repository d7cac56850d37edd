#include "engine/cases/decide_actor.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "engine/cases/people.h"

namespace guildmark {
namespace {

/// A name in the workflow for who may never be both in one case.
Error separation_error(const workflow::Separation& separation,
                       std::string_view acted,
                       std::string_view wanted) {
    return refused("separation_of_duties",
                   fmt::format("you acted as {} in this case, so you may not act as {}: {}",
                               acted,
                               wanted,
                               separation.reason.in("en")),
                   separation.id);
}

/// Whether the separation still looks at an act so long ago.
bool is_remembered(const workflow::Separation& separation,
                   const LastAct& act,
                   const Case& subject,
                   Instant now) {
    if (separation.per_round) {
        return act.sequence > subject.round.sequence;
    }
    return !separation.lasts || separation.lasts->after(Date::of(act.at)) > Date::of(now);
}

/// The role of `roles` in which the person has acted so that it is remembered; null when in none.
const std::string* acted_in(const std::map<std::string, LastAct>& acted,
                            const std::vector<std::string>& roles,
                            const std::function<bool(const LastAct& act)>& is_remembered) {
    const auto found = std::ranges::find_if(roles, [&](const std::string& role) {
        const auto act = acted.find(role);
        return act != acted.end() && is_remembered(act->second);
    });
    return found == roles.end() ? nullptr : &*found;
}

Result<void> check_separations(const Case& subject, const CaseContext& context) {
    const auto person = subject.acted.find(context.actor.person);
    if (person == subject.acted.end()) {
        return {};
    }
    const std::string& wanted = context.actor.role;
    for (const workflow::Separation& separation : context.workflow.separations) {
        const bool wants_first =
            std::ranges::find(separation.first, wanted) != separation.first.end();
        const bool wants_second =
            std::ranges::find(separation.second, wanted) != separation.second.end();
        const auto remembers = [&](const LastAct& act) {
            return is_remembered(separation, act, subject, context.now);
        };
        const std::string* acted =
            wants_second ? acted_in(person->second, separation.first, remembers) : nullptr;
        if (acted == nullptr && wants_first) {
            acted = acted_in(person->second, separation.second, remembers);
        }
        if (acted != nullptr) {
            return separation_error(separation, *acted, wanted);
        }
    }
    return {};
}

bool names_actor(std::string_view people, const CaseContext& context) {
    return std::ranges::any_of(listed_in(people), [&](std::string_view entry) {
        return is_called(entry, context.actor_name, context.actor_email);
    });
}

/// Whether the time that the bar lasts is over.
bool is_over(const workflow::Bar& bar, const Value& form, Date today) {
    const auto from = Date::parse(form.text_or(bar.from, ""));
    return bar.lasts && from && bar.lasts->after(*from) <= today;
}

Result<void> check_bars(const Case& subject, const CaseContext& context) {
    for (const workflow::Bar& bar : context.workflow.bars) {
        const auto form = subject.forms.find(bar.task);
        if (form == subject.forms.end() ||
            std::ranges::find(bar.roles, context.actor.role) == bar.roles.end()) {
            continue;
        }
        if (names_actor(form->second.text_or(bar.people, ""), context) &&
            !is_over(bar, form->second, Date::of(context.now))) {
            return refused("person_barred",
                           fmt::format("you may not act as {} in this case: {}",
                                       context.actor.role,
                                       bar.reason.in("en")),
                           bar.id);
        }
    }
    return {};
}

/// The values of the form that was sent last of those of these tasks; null when none was.
const Value* last_sent(const Case& subject, const std::vector<std::string>& tasks) {
    const Value* last = nullptr;
    std::optional<Instant> sent;
    for (const std::string& task : tasks) {
        const auto form = subject.forms.find(task);
        if (form == subject.forms.end()) {
            continue;
        }
        std::optional<Instant> at;
        for (const auto& [id, row] : subject.tasks) {
            if (row.task == task && row.status == rows::TaskStatus::done) {
                at = std::max(at, row.closed_at);
            }
        }
        if (last == nullptr || at >= sent) {
            last = &form->second;
            sent = at;
        }
    }
    return last;
}

Result<void> check_teams(const Case& subject, const CaseContext& context) {
    for (const workflow::Team& team : context.workflow.teams) {
        if (std::ranges::find(team.roles, context.actor.role) == team.roles.end()) {
            continue;
        }
        const Value* form = last_sent(subject, team.tasks);
        const auto names_them = [&](const std::string& field) {
            return names_actor(form->text_or(field, ""), context);
        };
        if (form != nullptr && std::ranges::none_of(team.people, names_them)) {
            return refused("person_not_in_team",
                           fmt::format("you may not act as {} in this case: {}",
                                       context.actor.role,
                                       team.reason.in("en")),
                           team.id);
        }
    }
    return {};
}

}  // namespace

Result<void> check_actor(const Case& subject, const CaseContext& context) {
    if (context.actor.is_system()) {
        return {};
    }
    const workflow::Role* role = context.workflow.find_role(context.actor.role);
    if (role == nullptr) {
        return forbidden("role_unknown",
                         fmt::format("\"{}\" is not a role of this workflow", context.actor.role),
                         context.actor.role);
    }
    if (subject.head.sequence == 0) {
        return {};
    }
    if (subject.party(role->party) != context.actor.organisation) {
        return forbidden("role_not_of_party",
                         fmt::format("in this case a {} comes from another organisation", role->id),
                         role->id);
    }
    TRY(check_separations(subject, context));
    TRY(check_bars(subject, context));
    return check_teams(subject, context);
}

}  // namespace guildmark
