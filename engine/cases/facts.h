#pragma once

#include <functional>
#include <string>

#include "engine/base/value.h"
#include "engine/cases/case.h"

namespace guildmark {

/// Tells an organisation's name, for expressions that write it into texts.
using OrganisationNames = std::function<std::string(OrganisationId)>;

/// What guards, gates and expressions of a workflow may read of their case, as the one member
/// `facts` of an object. docs/reference/facts.md describes every name.
[[nodiscard]] Value build_facts(const Case& subject, Instant now, const OrganisationNames& names);

}  // namespace guildmark
