#pragma once

#include <vector>

#include "engine/cases/decide.h"
#include "engine/workflow/migration_plan.h"

namespace guildmark {

/// What a plan comes to for one case.
struct CaseMigration {
    events::CaseMigrated event;   ///< REQUIRES: there are no refusals.
    std::vector<Error> refusals;  ///< All of them, in the order in which they are tested, below.
    /// What an administrator should know: event_unheard (the new version does not react to what a
    /// timer gives), task_not_opened (a state has a task there that it had not here).
    std::vector<Error> warnings;
};

/// Works out how the case goes on under `context.target`: states, histories, variables and invoked
/// sessions as scxml::migrate_session has it, open tasks with their due times under their new
/// definitions, timers with their new events. Nothing is entered, left or executed.
///
/// Refusals: expression_failed (of a variable that is set), those of scxml::migrate_session,
/// task_unmapped (an open task has no definition in the new version), task_misplaced (its
/// definition belongs to a state that is not active), party_missing (nobody in the case fills its
/// role). Errors: session_malformed and its like (corrupted), script_unavailable.
[[nodiscard]] Result<CaseMigration> plan_migration(const Case& subject,
                                                   const workflow::MigrationPlan& plan,
                                                   const CaseContext& context);

/// Decides the command. Errors: see decide.h.
[[nodiscard]] Result<CaseDecision> decide_part(const Case& subject,
                                               const MigrateCase& command,
                                               CaseContext& context);

}  // namespace guildmark
