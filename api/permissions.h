#pragma once

#include "engine/base/value.h"
#include "engine/workflow/workflow.h"

namespace guildmark::api {

/// Adds what `more` allows.
void join(workflow::Permission& allowed, const workflow::Permission& more);

/// The names of what is allowed, as Permission of openapi.yaml lists them.
[[nodiscard]] Value::Array permission_names(const workflow::Permission& allowed);

}  // namespace guildmark::api
