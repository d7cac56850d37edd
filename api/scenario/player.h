#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "api/scenario/script.h"
#include "api/scenario/world.h"

namespace guildmark::scenario {

/// People, organisations and cases by the names that the scenario gives them.
struct Cast {
    struct Person {
        PersonId id;
        OrganisationId organisation;
        std::vector<std::string> roles;
        std::string name;
    };

    std::map<std::string, OrganisationId> organisations;
    std::map<std::string, Person> people;
    std::map<std::string, CaseId> cases;
};

/// What a scenario came to.
struct Outcome {
    std::size_t statements = 0;
    std::size_t expectations = 0;
    Cast cast;
    CaseId last_case;
};

/// Told before each statement: its place, how many are done, and how many there are.
using Progress = std::function<void(const Statement&, std::size_t done, std::size_t all)>;

/// Plays the statements in order and ends at the first that does not come out as it says; the
/// diagnostic says what happened instead. `base` is the folder that paths in it are relative to.
/// Codes: statement_unknown, name_unknown, value_malformed, statement_failed,
/// refusal_missing, refusal_other, expectation_unmet.
[[nodiscard]] Outcome play(const std::vector<Statement>& statements,
                           const std::string& base,
                           World& world,
                           const Progress& progress,
                           Diagnostics& diagnostics);

}  // namespace guildmark::scenario
