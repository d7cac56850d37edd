#pragma once

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/runtime/library.h"

namespace guildmark::command {

/// The workflow of the library that somebody named. Errors: workflow_unknown, with the nearest
/// name.
[[nodiscard]] Result<std::shared_ptr<const workflow::Workflow>> find_named_workflow(
    const Library& library, const std::string& id);

}  // namespace guildmark::command
