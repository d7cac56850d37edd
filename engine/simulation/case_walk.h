#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cases/decide.h"
#include "engine/simulation/assumptions.h"

namespace guildmark::simulation {

/// What all cases of a simulation share; outlives them.
struct WalkWorld {
    const workflow::Workflow& workflow;
    const Standard* standard;
    const Assumptions& assumptions;
    ScriptEngine& scripts;
    IdSource& ids;
    std::uint64_t commands = 0;
    std::uint64_t gates_shut = 0;
};

/// One case that is walked by decide and apply, as the engine does, with no store under it. People
/// are told apart by role and number, so that nobody acts in two roles.
class CaseWalk {
public:
    CaseWalk(WalkWorld& world, CaseId id, Generator random);

    /// Each gives the events that followed. Errors: those of decide.
    Result<std::vector<CaseEvent>> open(Instant now);
    Result<std::vector<CaseEvent>> fire(TimerId timer, Instant now);

    /// Ends the task as its assumptions have it: findings are raised, those that wait are answered
    /// or judged where the task may, what the gates of the outcome ask for is done, and the outcome
    /// is taken; another likely one when a gate keeps it shut. `person` counts from 0 in the role.
    Result<std::vector<CaseEvent>> complete(TaskId task, std::uint32_t person, Instant now);

    [[nodiscard]] const Case& subject() const { return case_; }

    [[nodiscard]] Generator& random() { return random_; }

private:
    using Events = std::vector<CaseEvent>;

    [[nodiscard]] Actor actor_in(std::string_view role) const;
    [[nodiscard]] std::string role_that_may(bool workflow::Permission::*permission) const;
    Result<void> submit(const Actor& actor, const CaseCommand& command);
    Result<void> raise_findings(const TaskAssumption& assumption);
    Result<void> settle_findings();
    Result<void> verify_major(FindingId id);
    Result<void> open_gates(const workflow::Outcome& outcome);
    Result<void> answer_requirements();
    Result<void> assess_requirements();
    Result<void> add_evidence();
    Result<void> take_outcome(const workflow::Outcome& outcome, const TaskAssumption& assumption);

    WalkWorld& world_;
    Case case_;
    Generator random_;
    std::set<TaskId> inspected_;  ///< Tasks whose findings were raised.
    // While a task is being completed.
    Instant now_;
    const rows::Task* task_ = nullptr;
    const workflow::TaskDefinition* definition_ = nullptr;
    std::uint32_t person_ = 0;
    Events events_;
};

}  // namespace guildmark::simulation
