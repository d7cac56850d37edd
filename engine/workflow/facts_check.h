#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow/chart_outline.h"
#include "engine/workflow/workflow.h"

namespace guildmark::workflow {

/// Facts of a fixed shape, and their members; none for a plain value. docs/reference/facts.md
/// describes each.
using FixedFacts = std::map<std::string, std::vector<std::string>, std::less<>>;
[[nodiscard]] const FixedFacts& fixed_facts();

/// Facts whose members are the workflow's own names: of tasks, states and parties.
[[nodiscard]] const std::vector<std::string>& own_facts();

/// The members by which `expression` reads `facts`, one list for each reading: of
/// `facts.forms.apply.scope`, {"forms", "apply", "scope"}. Members may be written with a period or
/// as ["text"]; a list ends before an index that is no text. Strings and comments are skipped.
[[nodiscard]] std::vector<std::vector<std::string>> facts_read(std::string_view expression);

/// Checks that every expression of the chart reads facts that exist (docs/reference/facts.md), and
/// of forms, outcomes, states and parties only the workflow's own. Errors, as diagnostics:
/// fact_unknown. `workflow` has its tasks, forms and roles.
void check_facts(const ChartOutline& outline, const Workflow& workflow, Diagnostics& diagnostics);

}  // namespace guildmark::workflow
