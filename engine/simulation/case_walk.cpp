#include "engine/simulation/case_walk.h"

#include <algorithm>

#include "engine/base/ensure.h"
#include "engine/cases/gate.h"
#include "engine/simulation/form_values.h"

namespace guildmark::simulation {
namespace {

constexpr std::uint64_t people_per_role = 100'000;
constexpr std::string_view said = "Simulated";

std::uint64_t number_of_party(const workflow::Workflow& workflow, std::string_view party) {
    const auto found = std::ranges::find(workflow.roles, party, &workflow::Role::party);
    return static_cast<std::uint64_t>(found - workflow.roles.begin()) + 1;
}

}  // namespace

CaseWalk::CaseWalk(WalkWorld& world, CaseId id, Generator random) : world_(world), random_(random) {
    case_.summary.id = id;
}

Actor CaseWalk::actor_in(std::string_view role) const {
    const auto& roles = world_.workflow.roles;
    const auto found = std::ranges::find(roles, role, &workflow::Role::id);
    ENSURE(found != roles.end(), "the roles of a simulation are those of its workflow");
    const auto number = static_cast<std::uint64_t>(found - roles.begin());
    return {PersonId(1 + number * people_per_role + person_),
            OrganisationId(number_of_party(world_.workflow, found->party)),
            std::string(role)};
}

/// The role in which somebody may do this now: that of the task, one that always may, or one by an
/// open task; empty when there is none.
std::string CaseWalk::role_that_may(bool workflow::Permission::*permission) const {
    const auto role_may = [&](const std::string& id) {
        const workflow::Role* role = world_.workflow.find_role(id);
        return role != nullptr && role->allows.*permission;
    };
    if (definition_->allows.*permission || role_may(definition_->role)) {
        return definition_->role;
    }
    for (const workflow::Role& role : world_.workflow.roles) {
        if (role.allows.*permission) {
            return role.id;
        }
    }
    for (const TaskId id : case_.open_tasks) {
        const auto* open = world_.workflow.find_task(case_.tasks.at(id).task);
        if (open != nullptr && open->allows.*permission) {
            return open->role;
        }
    }
    return {};
}

Result<void> CaseWalk::submit(const Actor& actor, const CaseCommand& command) {
    ++world_.commands;
    CaseContext context{now_,
                        actor,
                        world_.ids,
                        world_.workflow,
                        world_.standard,
                        world_.scripts,
                        [](OrganisationId) { return std::string(said); },
                        std::string(said),
                        "simulated@example.org"};
    CaseDecision decision = TRY(decide(case_, command, context));
    Record record;
    record.stream = stream_of(case_.summary.id);
    record.at = now_;
    record.actor = actor;
    for (CaseEvent& event : decision.events) {
        record.sequence = case_.head.sequence + 1;
        Touched touched;
        apply(case_, event, record, touched);
        events_.push_back(std::move(event));
    }
    return {};
}

Result<std::vector<CaseEvent>> CaseWalk::open(Instant now) {
    now_ = now;
    OpenCase command;
    command.workflow = world_.workflow.id;
    command.standard = world_.assumptions.standard;
    command.title = std::string(said);
    for (const workflow::Role& role : world_.workflow.roles) {
        command.parties.emplace(role.party,
                                OrganisationId(number_of_party(world_.workflow, role.party)));
    }
    TRY(submit(actor_in(world_.assumptions.opener), command));
    return std::exchange(events_, {});
}

Result<std::vector<CaseEvent>> CaseWalk::fire(TimerId timer, Instant now) {
    now_ = now;
    TRY(submit(system_actor(), FireTimer{timer}));
    return std::exchange(events_, {});
}

Result<std::vector<CaseEvent>> CaseWalk::complete(TaskId task, std::uint32_t person, Instant now) {
    now_ = now;
    person_ = person;
    task_ = &case_.tasks.at(task);
    definition_ = world_.workflow.find_task(task_->task);
    const TaskAssumption* assumption = world_.assumptions.find_task(task_->task);
    ENSURE(definition_ != nullptr && assumption != nullptr, "each task has its assumptions");
    events_.clear();
    if (inspected_.insert(task).second) {
        TRY(raise_findings(*assumption));
    }
    TRY(settle_findings());
    std::vector<double> weights;
    for (const OutcomeAssumption& outcome : assumption->outcomes) {
        weights.push_back(outcome.weight);
    }
    Result<void> taken;
    for (bool is_first = true; is_first || (!taken && taken.error().code == "gate_not_met");
         is_first = false) {
        if (std::ranges::none_of(weights, [](double weight) { return weight > 0; })) {
            return taken.error();
        }
        const std::size_t at = random_.pick(weights);
        weights[at] = 0;
        taken = take_outcome(definition_->outcomes[at], *assumption);
        world_.gates_shut += taken ? 0u : 1u;
    }
    TRY(taken);
    person_ = 0;
    return std::exchange(events_, {});
}

Result<void> CaseWalk::take_outcome(const workflow::Outcome& outcome,
                                    const TaskAssumption& assumption) {
    TRY(open_gates(outcome));
    CompleteTask command{task_->id, outcome.id, {}};
    command.values =
        TRY(form_values(world_.workflow, assumption, outcome.id, Date::of(now_), world_.standard));
    return submit(actor_in(definition_->role), command);
}

Result<void> CaseWalk::raise_findings(const TaskAssumption& assumption) {
    if (case_.requirements.empty() || (assumption.majors <= 0 && assumption.minors <= 0)) {
        return {};
    }
    const std::string role = role_that_may(&workflow::Permission::raise_findings);
    if (role.empty()) {
        return {};
    }
    for (const auto& [grade, mean] : {std::pair(rows::Grade::major, assumption.majors),
                                      std::pair(rows::Grade::minor, assumption.minors)}) {
        for (std::size_t left = random_.poisson(mean); left > 0; --left) {
            const auto at = static_cast<std::size_t>(
                random_.uniform() * static_cast<double>(case_.requirements.size()));
            RaiseFinding command;
            command.grade = grade;
            command.requirement = case_.requirements[at].requirement;
            command.statement = std::string(said);
            command.objective_evidence = std::string(said);
            TRY(submit(actor_in(role), command));
        }
    }
    return {};
}

/// Who answers findings answers all that wait, and who judges them accepts and verifies all: how
/// often that takes another round is said by the outcomes of the tasks.
Result<void> CaseWalk::settle_findings() {
    std::vector<FindingId> ids;
    for (const auto& [id, finding] : case_.findings) {
        ids.push_back(id);
    }
    const workflow::Role* role = world_.workflow.find_role(definition_->role);
    const auto may = [&](bool workflow::Permission::*permission) {
        return definition_->allows.*permission || role->allows.*permission;
    };
    const Actor actor = actor_in(definition_->role);
    for (const FindingId id : ids) {
        const rows::FindingStatus status = case_.findings.at(id).status;
        const bool waits =
            status == rows::FindingStatus::open || status == rows::FindingStatus::rejected;
        if (waits && may(&workflow::Permission::respond_to_findings)) {
            const std::string text(said);
            TRY(submit(actor, RespondToFinding{id, text, text, text, {}}));
        }
        if (may(&workflow::Permission::judge_findings)) {
            if (case_.findings.at(id).status == rows::FindingStatus::responded) {
                TRY(submit(actor, JudgeResponse{id, Judgement::accepted, {}}));
            }
            TRY(verify_major(id));
        }
    }
    return {};
}

Result<void> CaseWalk::verify_major(FindingId id) {
    const rows::Finding& finding = case_.findings.at(id);
    if (finding.grade == rows::Grade::major && finding.status == rows::FindingStatus::accepted) {
        return submit(actor_in(definition_->role), VerifyFinding{id, "documents", {}});
    }
    return {};
}

Result<void> CaseWalk::open_gates(const workflow::Outcome& outcome) {
    for (const workflow::Gate& gate : outcome.gates) {
        if (gate.kind == workflow::GateKind::answers) {
            TRY(answer_requirements());
        } else if (gate.kind == workflow::GateKind::assessment) {
            TRY(assess_requirements());
        } else if (gate.kind == workflow::GateKind::evidence) {
            TRY(add_evidence());
        }
    }
    return {};
}

Result<void> CaseWalk::answer_requirements() {
    const std::string role = role_that_may(&workflow::Permission::answer_requirements);
    for (std::size_t at = 0; !role.empty() && at < case_.requirements.size(); ++at) {
        if (case_.requirements[at].answer == rows::Answer::none) {
            TRY(submit(
                actor_in(role),
                AnswerRequirement{
                    case_.requirements[at].requirement, rows::Answer::in_place, {}, {}, {}}));
        }
    }
    return {};
}

Result<void> CaseWalk::assess_requirements() {
    const std::string role = role_that_may(&workflow::Permission::assess_requirements);
    for (std::size_t at = 0; !role.empty() && at < case_.requirements.size(); ++at) {
        if (case_.requirements[at].verdict == rows::Verdict::none) {
            TRY(submit(actor_in(role),
                       AssessRequirement{
                           case_.requirements[at].requirement, rows::Verdict::conforming, {}}));
        }
    }
    return {};
}

/// One document that serves all that nothing serves yet.
Result<void> CaseWalk::add_evidence() {
    const std::string role = role_that_may(&workflow::Permission::add_evidence);
    AddEvidence command;
    for (const rows::Requirement& requirement : case_.requirements) {
        if (requirement.evidence_count == 0 &&
            command.requirements.size() < limits::requirements_per_match_max) {
            command.requirements.push_back(requirement.requirement);
        }
    }
    if (role.empty() || command.requirements.empty()) {
        return {};
    }
    command.digest = sha256(std::to_string(case_.evidence.size()));
    command.size_bytes = 1;
    command.media_type = "text/plain";
    command.name = std::string(said);
    return submit(actor_in(role), command);
}

}  // namespace guildmark::simulation
