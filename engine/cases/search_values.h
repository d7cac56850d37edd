#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/cases/case.h"
#include "engine/workflow/workflow.h"

/// By what a case is found.
namespace guildmark {

/// What the workflow lets people search for, as the case has it now: a text as it is, a number as
/// JSON writes it, "true" or "false". Left out: what has no value, holds more than one, or is
/// longer than limits::search_value_bytes_max.
[[nodiscard]] std::map<std::string, std::string> search_values_of(
    const Case& subject, const workflow::Workflow& workflow);

/// All that the case is found by (terms.h), sorted, each once.
[[nodiscard]] std::vector<std::string> terms_of(const Case& subject);

}  // namespace guildmark
