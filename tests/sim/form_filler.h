#pragma once

#include <string>

#include "api/scenario/player.h"
#include "engine/workflow/workflow.h"

namespace guildmark::tests {

/// Fills forms by the types of their fields, whatever scheme they are of. What is given outlives
/// it.
class FormFiller {
public:
    FormFiller(const workflow::Workflow& workflow,
               scenario::SetClock& clock,
               scenario::SeededRandom& chance)
        : workflow_(workflow), clock_(clock), chance_(chance) {}

    [[nodiscard]] Value fill(const workflow::Form& form) const;

    /// Writes one or two members of the party into the fields of `task` that name a team. They are
    /// called "body 0", "body 1" and so on up to `people`.
    void name_team(const std::string& task, Value& values, std::size_t people) const;

private:
    [[nodiscard]] std::size_t below(std::size_t bound) const { return chance_.next() % bound; }

    [[nodiscard]] Value fill(const workflow::Field& field, Date day) const;

    const workflow::Workflow& workflow_;
    scenario::SetClock& clock_;
    scenario::SeededRandom& chance_;
};

}  // namespace guildmark::tests
