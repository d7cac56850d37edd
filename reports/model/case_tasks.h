#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/model/status.h"

/// What the reports of a case beside the one on progress have in common.
namespace guildmark::reports {

/// A report on a case that has the cover and the summary of the one on progress, and no tables.
/// `prefix` is that of its messages.
[[nodiscard]] ProgressReport paper_of_case(const Context& context, std::string_view prefix);

/// The person's name; empty for none.
[[nodiscard]] std::string person_or_none(const Context& context, PersonId id);

/// The title of the task's outcome `id`, or the id where the task has no such outcome.
[[nodiscard]] std::string outcome_name(const Context& context,
                                       const workflow::TaskDefinition& task,
                                       const std::string& id);

/// The title of the role `id`, or the id where the workflow has no such role.
[[nodiscard]] std::string role_name(const Context& context, const std::string& id);

/// A task that somebody carried out, with its definition.
struct DoneTask {
    const rows::Task& row;
    const workflow::TaskDefinition& definition;
};

/// All of them that the workflow knows, in order of time.
[[nodiscard]] std::vector<DoneTask> done_tasks(const Context& context);

/// Whether requirements are assessed or findings raised in it.
[[nodiscard]] bool is_audit(const workflow::TaskDefinition& task);

/// Whether the form of the task with this id names a team.
[[nodiscard]] bool is_plan(const Context& context, const std::string& task);

/// The fields in which a task's form names a team, each once.
[[nodiscard]] std::vector<std::string> team_fields(const Context& context, const std::string& task);

}  // namespace guildmark::reports
