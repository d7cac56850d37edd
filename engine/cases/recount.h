#pragma once

#include "engine/cases/case.h"

namespace guildmark {

/// Brings the counts of the case's summary in line with its parts.
void recount(Case& subject);

}  // namespace guildmark
