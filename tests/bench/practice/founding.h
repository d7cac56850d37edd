#pragma once

#include <string>

#include "tests/bench/practice/practice.h"

namespace guildmark::bench {

/// Enters the organisations of a practice, their members and their tokens, and leads one case from
/// its opening to the visit, all by commands to the engine, in the empty data folder `folder`.
void found(const std::string& folder);

/// The text of the token of the organisation's member.
[[nodiscard]] std::string token_of(OrganisationId organisation);

/// Where the workflow and the rules of the practice lie: a library folder as the program takes.
[[nodiscard]] std::string practice_library();

}  // namespace guildmark::bench
