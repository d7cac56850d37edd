#include "engine/cases/decide.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/cases/chart_run.h"
#include "engine/cases/decide_actor.h"
#include "engine/cases/decide_checks.h"
#include "engine/cases/decide_evidence.h"
#include "engine/cases/decide_findings.h"
#include "engine/cases/decide_migration.h"
#include "engine/cases/decide_operations.h"
#include "engine/cases/gate.h"
#include "engine/cases/incidents.h"
#include "engine/cases/people.h"

namespace guildmark {
namespace {

Result<std::vector<rows::Party>> parties_of(const OpenCase& command, const CaseContext& context) {
    std::vector<rows::Party> parties;
    for (const auto& [party, organisation] : command.parties) {
        const std::vector<workflow::Role>& roles = context.workflow.roles;
        if (std::ranges::find(roles, party, &workflow::Role::party) == roles.end()) {
            return malformed(
                "party_unknown", fmt::format("the workflow has no party \"{}\"", party), party);
        }
        if (context.organisation_name(organisation).empty()) {
            return malformed("party_unknown",
                             fmt::format("there is no organisation {} to be the party \"{}\"",
                                         organisation.to_text(),
                                         party),
                             party);
        }
        parties.push_back({party, organisation});
    }
    for (const workflow::Role& role : context.workflow.roles) {
        if (!command.parties.contains(role.party)) {
            return malformed(
                "party_missing",
                fmt::format("the workflow needs an organisation as \"{}\"", role.party),
                role.party);
        }
    }
    return parties;
}

class Decider {
public:
    Decider(const Case& subject, CaseContext& context) : case_(subject), context_(context) {}

    Result<CaseDecision> operator()(const OpenCase& command) {
        const workflow::Workflow& workflow = context_.workflow;
        const bool serves = workflow.standards.empty() ||
                            (context_.standard != nullptr &&
                             std::ranges::find(workflow.standards, context_.standard->id) !=
                                 workflow.standards.end());
        if (!command.standard.empty() && context_.standard == nullptr) {
            return malformed("standard_unknown",
                             fmt::format("there is no standard \"{}\" here", command.standard),
                             "standard");
        }
        if (!serves) {
            return malformed(
                "standard_not_served",
                fmt::format(
                    "the workflow \"{}\" does not serve \"{}\"", workflow.id, command.standard),
                "standard");
        }
        TRY(checks::text_present(command.title, "title", limits::name_bytes_max));
        events::CaseOpened opened;
        opened.parties = TRY(parties_of(command, context_));
        const workflow::Role& role = *workflow.find_role(context_.actor.role);
        if (command.parties.at(role.party) != context_.actor.organisation) {
            return forbidden("role_not_of_party",
                             fmt::format("a {} opens cases of its own organisation only", role.id),
                             role.id);
        }
        opened.workflow = workflow.id;
        opened.workflow_version = workflow.version;
        opened.standard = command.standard;
        opened.title = command.title;
        if (context_.standard != nullptr) {
            for (const Requirement& requirement : context_.standard->requirements) {
                opened.requirements.push_back(requirement.id);
                if (requirement.may_be_not_applicable) {
                    opened.excludable.push_back(requirement.id);
                }
            }
        }
        WorkingCase working(case_, context_);
        working.emit(std::move(opened));
        TRY(run_chart(working, ChartStart()));
        return CaseDecision{working.take_events(), case_.summary.id.to_text()};
    }

    Result<CaseDecision> operator()(const CompleteTask& command) {
        const auto found = case_.tasks.find(command.task);
        if (found == case_.tasks.end()) {
            return not_found("task_not_found", "there is no such task in this case");
        }
        const rows::Task& task = found->second;
        if (task.status != rows::TaskStatus::open) {
            return conflict("task_closed",
                            fmt::format("the task is {} already", to_name(task.status)),
                            task.outcome);
        }
        if (task.role != context_.actor.role) {
            return forbidden("task_of_other_role",
                             fmt::format("this is the task of a {}", task.role),
                             task.role);
        }
        const workflow::TaskDefinition& definition = *context_.workflow.find_task(task.task);
        const workflow::Outcome* outcome = definition.find_outcome(command.outcome);
        if (outcome == nullptr) {
            return malformed("outcome_unknown",
                             fmt::format("\"{}\" is not a way to end this task", command.outcome),
                             "outcome");
        }
        TRY(check_values(definition, *outcome, command.values));
        return complete(definition, *outcome, command);
    }

    Result<CaseDecision> operator()(const FireTimer& command) {
        const auto found = case_.timers.find(command.timer);
        if (found == case_.timers.end()) {
            return conflict("timer_gone", "the timer was fired or cancelled before");
        }
        const PendingTimer timer = found->second;
        if (case_.awaits_resumption(timer)) {
            return case_paused(case_);
        }
        WorkingCase working(case_, context_);
        working.emit(events::TimerFired{command.timer});
        if (case_.is_paused()) {
            expire_in_pause(working, timer);
        } else {
            TRY(fire(working, timer));
        }
        return CaseDecision{working.take_events(), {}};
    }

    Result<CaseDecision> operator()(const CloseEffect& command) {
        const auto found = case_.effects.find(command.effect);
        if (found == case_.effects.end()) {
            return conflict("effect_closed", "the effect was closed before");
        }
        WorkingCase working(case_, context_);
        working.emit(events::EffectClosed{command.effect, command.failure});
        if (!command.failure.empty()) {
            events::Retry retry;
            retry.effect = found->second.kind;
            retry.payload = found->second.payload;
            open_incident(working,
                          {rows::IncidentKind::effect, command.code, command.failure},
                          retry.effect,
                          retry);
        }
        return CaseDecision{working.take_events(), {}};
    }

    template <typename Command>
    Result<CaseDecision> operator()(const Command& command) {
        return decide_part(case_, command, context_);
    }

private:
    Result<void> check_values(const workflow::TaskDefinition& definition,
                              const workflow::Outcome& outcome,
                              const Value& values) {
        const workflow::Form* form = context_.workflow.find_form(definition.form);
        TRY(checks::values_fit(form, values, "this task"));
        if (form == nullptr) {
            return {};
        }
        for (const std::string& field : outcome.needs) {
            const Value* given = values.find(field);
            if (given == nullptr || given->is_null() ||
                (given->is_text() && given->as_text().empty())) {
                return malformed(
                    "form_invalid",
                    fmt::format("{}: required for the outcome \"{}\"", field, outcome.id),
                    field);
            }
        }
        return {};
    }

    Result<CaseDecision> complete(const workflow::TaskDefinition& definition,
                                  const workflow::Outcome& outcome,
                                  const CompleteTask& command) {
        WorkingCase working(case_, context_);
        working.emit(events::TaskCompleted{command.task, outcome.id, command.values});
        for (const workflow::Gate& gate : outcome.gates) {
            TRY(check_gate(working, gate, command.values));
        }
        if (outcome.decision) {
            working.emit(
                events::DecisionRecorded{context_.ids.draw_new<DecisionId>(context_.now, case_),
                                         workflow::to_text(*outcome.decision),
                                         command.values.text_or("reason", ""),
                                         command.task,
                                         case_.head.sequence,
                                         case_.head.hash});
        }
        scxml::Incoming incoming;
        incoming.event.name = outcome.event.empty()
                                  ? fmt::format("task.{}.{}", definition.id, outcome.id)
                                  : outcome.event;
        incoming.event.data = command.values;
        TRY(run_chart(working, std::move(incoming)));
        return CaseDecision{working.take_events(), {}};
    }

    Result<void> check_gate(const WorkingCase& working,
                            const workflow::Gate& gate,
                            const Value& values) const {
        std::string missing;
        if (gate.kind == workflow::GateKind::condition) {
            const Value holds = TRY(evaluate(working, gate.condition));
            if (holds.is_bool() && holds.as_bool()) {
                return {};
            }
        } else {
            const auto lacks = missing_at(working.subject(), gate, values);
            if (lacks.empty()) {
                return {};
            }
            missing = fmt::format(" ({} missing: {})", lacks.size(), fmt::join(lacks, ", "));
        }
        return conflict("gate_not_met", gate.message.in("en") + missing, gate.id);
    }

    [[nodiscard]] std::vector<std::string> missing_at(const Case& subject,
                                                      const workflow::Gate& gate,
                                                      const Value& values) const {
        const Date today = Date::of(context_.now);
        if (!workflow::needs_values(gate.kind)) {
            return missing_for(gate, gate_view(gate_rows_of(subject, today)));
        }
        if (context_.organisation == nullptr) {
            return {};
        }
        if (gate.kind == workflow::GateKind::members) {
            return without_role(*context_.organisation, values, gate.people, gate.role);
        }
        const auto form = subject.forms.find(gate.task);
        const std::string needed =
            form == subject.forms.end() ? std::string() : form->second.text_or(gate.areas, "");
        const auto day = Date::parse(values.text_or(gate.on, ""));
        return uncovered_areas(
            *context_.organisation, values, gate.people, needed, day ? *day : today);
    }

    const Case& case_;
    CaseContext& context_;
};

}  // namespace

Result<CaseDecision> decide(const Case& subject, const CaseCommand& command, CaseContext& context) {
    const bool opens = std::holds_alternative<OpenCase>(command);
    if (!opens && subject.head.sequence == 0) {
        return not_found("case_not_found", "there is no such case");
    }
    const bool closes = std::holds_alternative<CloseEffect>(command);
    const bool mends = std::holds_alternative<RetryIncident>(command) ||
                       std::holds_alternative<SkipIncident>(command);
    if (!closes && !mends && subject.summary.finished) {
        return conflict("case_finished", "the case has ended; nothing more happens in it");
    }
    const bool internal = closes || std::holds_alternative<FireTimer>(command) ||
                          std::holds_alternative<MigrateCase>(command);
    if (internal != context.actor.is_system()) {
        return forbidden(
            "role_unknown",
            "only the system fires timers and migrates cases, and it does nothing else");
    }
    TRY(check_actor(subject, context));
    if (subject.is_paused() && waits_for_resumption(command)) {
        return case_paused(subject);
    }
    return std::visit(Decider(subject, context), command);
}

}  // namespace guildmark
