#include "reports/model/case_tasks.h"

#include <algorithm>

#include "reports/model/nonconformities.h"
#include "reports/model/parts.h"

namespace guildmark::reports {

ProgressReport paper_of_case(const Context& context, std::string_view prefix) {
    ProgressReport report = blank_report(context.messages, prefix, context.input.as_of);
    report.subject = context.input.rows.summary.title;
    report.cover = cover_facts(context);
    report.path = milestone_path(context);
    report.figures = figure_table(context);
    report.charts = {status_chart(context), clause_chart(context)};
    return report;
}

std::string person_or_none(const Context& context, PersonId id) {
    return id.is_none() ? std::string() : context.person(id);
}

std::string outcome_name(const Context& context,
                         const workflow::TaskDefinition& task,
                         const std::string& id) {
    const workflow::Outcome* outcome = task.find_outcome(id);
    return outcome == nullptr ? id : outcome->title.in(context.messages.language());
}

std::string role_name(const Context& context, const std::string& id) {
    const workflow::Role* role = context.input.workflow.find_role(id);
    return role == nullptr ? id : role->title.in(context.messages.language());
}

std::vector<DoneTask> done_tasks(const Context& context) {
    std::vector<DoneTask> done;
    for (const rows::Task& row : context.input.rows.tasks) {
        const workflow::TaskDefinition* definition = context.input.workflow.find_task(row.task);
        if (definition != nullptr && row.status == rows::TaskStatus::done && row.closed_at) {
            done.push_back({row, *definition});
        }
    }
    std::vector<std::size_t> order(done.size());
    for (std::size_t index = 0; index < order.size(); ++index) {
        order[index] = index;
    }
    std::ranges::stable_sort(
        order, {}, [&](std::size_t index) { return *done[index].row.closed_at; });
    std::vector<DoneTask> sorted;
    for (const std::size_t index : order) {
        sorted.push_back(done[index]);
    }
    return sorted;
}

bool is_audit(const workflow::TaskDefinition& task) {
    return task.allows.assess_requirements || task.allows.raise_findings;
}

bool is_plan(const Context& context, const std::string& task) {
    return std::ranges::any_of(context.input.workflow.teams, [&](const workflow::Team& team) {
        return std::ranges::find(team.tasks, task) != team.tasks.end();
    });
}

std::vector<std::string> team_fields(const Context& context, const std::string& task) {
    std::vector<std::string> fields;
    for (const workflow::Team& team : context.input.workflow.teams) {
        if (std::ranges::find(team.tasks, task) == team.tasks.end()) {
            continue;
        }
        for (const std::string& field : team.people) {
            if (std::ranges::find(fields, field) == fields.end()) {
                fields.push_back(field);
            }
        }
    }
    return fields;
}

}  // namespace guildmark::reports
