#include "engine/cases/decide_migration.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/cases/chart_run.h"
#include "engine/scxml/session_codec.h"
#include "engine/scxml/session_migration.h"
#include "engine/workflow/chart_outline.h"

namespace guildmark {
namespace {

const std::string& mapped(const std::map<std::string, std::string>& names,
                          const std::string& name) {
    const auto found = names.find(name);
    return found == names.end() ? name : found->second;
}

std::vector<events::Renaming> renamings_of(const std::map<std::string, std::string>& names) {
    std::vector<events::Renaming> renamings;
    for (const auto& [from, to] : names) {
        renamings.push_back({from, to});
    }
    return renamings;
}

class Planner {
public:
    Planner(const Case& subject, const workflow::MigrationPlan& plan, const CaseContext& context)
        : case_(subject), plan_(plan), context_(context), to_(*context.target) {}

    Result<CaseMigration> run() {
        const WorkingCase working(case_, context_);
        const scxml::Session session = TRY(read_session_of(working));
        scxml::SessionMapping mapping{plan_.states, plan_.variables, plan_.variables_dropped, {}};
        for (const workflow::MigrationPlan::Setting& setting : plan_.settings) {
            auto value = evaluate(working, setting.expression);
            if (!value && value.error().retry != Retry::never) {
                return value.error();
            }
            if (!value) {
                refuse(value.error().code, value.error().message, setting.variable);
            }
            mapping.variables_set.emplace(setting.variable,
                                          value ? std::move(*value) : guildmark::Value());
        }
        scxml::SessionMigration migrated =
            scxml::migrate_session(*context_.workflow.chart, session, *to_.chart, mapping);
        std::ranges::move(migrated.faults, std::back_inserter(result_.refusals));
        take_tasks(migrated.session);
        take_timers();
        if (result_.refusals.empty()) {
            write(migrated.session);
        }
        return std::move(result_);
    }

private:
    void refuse(std::string code, std::string message, std::string subject) {
        result_.refusals.push_back(
            conflict(std::move(code), std::move(message), std::move(subject)));
    }

    void warn(std::string code, std::string message, std::string subject) {
        result_.warnings.push_back(
            conflict(std::move(code), std::move(message), std::move(subject)));
    }

    void take_tasks(const scxml::Session& session) {
        const auto is_active = [&session](scxml::StateIndex state) {
            return std::ranges::binary_search(session.configuration, state);
        };
        const bool is_placed = std::ranges::none_of(
            result_.refusals, [](const Error& error) { return error.code == "state_unmapped"; });
        std::set<std::string> open;
        for (const TaskId id : case_.open_tasks) {
            const rows::Task& task = case_.tasks.at(id);
            const std::string& name = mapped(plan_.tasks, task.task);
            const workflow::TaskDefinition* definition = to_.find_task(name);
            if (definition == nullptr) {
                refuse("task_unmapped",
                       fmt::format("the open task \"{}\" is no task of the new version", name),
                       task.task);
                continue;
            }
            open.insert(name);
            if (is_placed && definition->state != 0 && !is_active(definition->state)) {
                refuse("task_misplaced",
                       fmt::format("the open task \"{}\" belongs to the state \"{}\" of the new "
                                   "version, which is not active",
                                   name,
                                   to_.chart->state_id(definition->state)),
                       task.task);
            }
            const workflow::Role* role = to_.find_role(definition->role);
            const OrganisationId organisation =
                role == nullptr ? OrganisationId() : case_.party(role->party);
            if (organisation.is_none()) {
                refuse("party_missing",
                       fmt::format("no organisation in the case fills the role \"{}\"",
                                   definition->role),
                       definition->role);
            }
            result_.event.tasks.push_back(
                {id, name, definition->role, organisation, definition->optional});
        }
        for (const workflow::TaskDefinition& definition : to_.tasks) {
            if (is_placed && is_active(definition.state) && !open.contains(definition.id)) {
                warn_of_unopened(definition);
            }
        }
    }

    /// A task that was ended already, or never opened, is not opened by a migration.
    void warn_of_unopened(const workflow::TaskDefinition& definition) {
        const bool was_there = std::ranges::any_of(case_.tasks, [&](const auto& entry) {
            return mapped(plan_.tasks, entry.second.task) == definition.id;
        });
        if (!was_there) {
            warn("task_not_opened",
                 fmt::format("the task \"{}\" of an active state is new, and is not opened",
                             definition.id),
                 definition.id);
        }
    }

    void take_timers() {
        const auto descriptors = to_.chart->event_descriptors();
        for (const auto& [id, timer] : case_.timers) {
            const std::string& event = mapped(plan_.events, timer.event);
            if (event != timer.event) {
                result_.event.timers.push_back({id, event});
            }
            const bool is_heard =
                event.empty() || std::ranges::any_of(descriptors, [&](const std::string& one) {
                    return workflow::descriptor_matches(one, event);
                });
            if (!is_heard) {
                warn("event_unheard",
                     fmt::format("nothing in the new version reacts to \"{}\", which a timer gives "
                                 "on {}",
                                 event,
                                 Date::of(timer.due).to_text()),
                     timer.event);
            }
        }
    }

    void write(const scxml::Session& session) {
        events::CaseMigrated& event = result_.event;
        event.from_version = case_.summary.workflow_version;
        event.to_version = to_.version;
        event.reason = plan_.reason;
        event.session = scxml::to_value(*to_.chart, session);
        event.states = innermost_states(*to_.chart, session);
        const PathPosition position = position_of(to_, session, case_.summary);
        event.milestone = position.current;
        event.milestones_done = position.done;
        event.states_renamed = renamings_of(plan_.states);
        event.tasks_renamed = renamings_of(plan_.tasks);
        event.dropped.assign(plan_.variables_dropped.begin(), plan_.variables_dropped.end());
    }

    const Case& case_;
    const workflow::MigrationPlan& plan_;
    const CaseContext& context_;
    const workflow::Workflow& to_;
    CaseMigration result_;
};

}  // namespace

Result<CaseMigration> plan_migration(const Case& subject,
                                     const workflow::MigrationPlan& plan,
                                     const CaseContext& context) {
    ENSURE(context.target != nullptr, "a case is migrated to a version");
    return Planner(subject, plan, context).run();
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const MigrateCase& command,
                                 CaseContext& context) {
    Diagnostics diagnostics;
    const auto plan = workflow::read_migration_plan(command.plan, "plan", diagnostics);
    if (!plan || plan->workflow != subject.summary.workflow ||
        context.target->id != subject.summary.workflow) {
        return malformed("plan_invalid",
                         plan
                             ? fmt::format("the plan is not about \"{}\"", subject.summary.workflow)
                             : diagnostics.items().front().to_text(),
                         "plan");
    }
    CaseMigration migration = TRY(plan_migration(subject, *plan, context));
    if (!migration.refusals.empty()) {
        return migration.refusals.front();
    }
    CaseContext afterwards{context.now,
                           context.actor,
                           context.ids,
                           *context.target,
                           nullptr,
                           context.scripts,
                           context.organisation_name,
                           {},
                           {}};
    WorkingCase working(subject, afterwards);
    working.emit(std::move(migration.event));
    return CaseDecision{working.take_events(), {}};
}

}  // namespace guildmark
