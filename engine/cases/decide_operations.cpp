#include "engine/cases/decide_operations.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/cases/chart_run.h"
#include "engine/cases/decide_checks.h"
#include "engine/cases/gate.h"
#include "engine/cases/incidents.h"

namespace guildmark {
namespace {

using workflow::Overdue;

/// When something is due, counted how.
struct DueTime {
    Instant due;
    Instant since;              ///< When its delay began.
    std::int64_t delay_ms = 0;  ///< Its whole delay.
};

/// A pause that ends now.
struct Pause {
    Instant from;
    Instant until;

    [[nodiscard]] Instant due_after(const DueTime& time, Overdue overdue) const {
        switch (overdue) {
            case Overdue::at_once:
                return time.due;
            case Overdue::remaining:
                return shifted(time.due, length_ms(time.since));
            case Overdue::from_start:
                return from <= time.due && time.due <= until ? shifted(until, time.delay_ms)
                                                             : time.due;
        }
        ENSURE(false, "an Overdue outside its enumeration");
    }

    /// What began during the pause has waited for the rest of it only. A clock that was set back
    /// moves nothing.
    [[nodiscard]] std::int64_t length_ms(Instant since) const {
        const std::int64_t begin = std::max(from.milliseconds, since.milliseconds);
        return std::max<std::int64_t>(0, until.milliseconds - begin);
    }

    static Instant shifted(Instant instant, std::int64_t by_ms) {
        return Instant{instant.milliseconds + by_ms};
    }
};

/// Decides the due times of a case that is resumed.
class Resumption {
public:
    Resumption(const Case& subject, const CaseContext& context)
        : case_(subject),
          workflow_(context.workflow),
          pause_{*subject.summary.paused_at, context.now} {}

    [[nodiscard]] events::CaseResumed decide(const std::string& reason) const {
        events::CaseResumed resumed;
        resumed.reason = reason;
        for (const auto& [id, timer] : case_.timers) {
            resumed.timers.push_back({id, due_of(timer)});
        }
        for (const TaskId id : case_.open_tasks) {
            if (const rows::Task& task = case_.tasks.at(id); task.due) {
                resumed.tasks.push_back({id, due_of(task)});
            }
        }
        return resumed;
    }

private:
    [[nodiscard]] Overdue overdue_of(const rows::Task& task) const {
        const auto* definition = workflow_.find_task(task.task);
        return definition == nullptr ? workflow_.overdue
                                     : definition->overdue.value_or(workflow_.overdue);
    }

    /// REQUIRES: the task has a due time.
    [[nodiscard]] Instant due_of(const rows::Task& task) const {
        return pause_.due_after({*task.due, task.opened_at, case_.task_delays_ms.at(task.id)},
                                overdue_of(task));
    }

    [[nodiscard]] Instant due_of(const PendingTimer& timer) const {
        if (!timer.task.is_none()) {
            return due_of_escalation(timer, case_.tasks.at(timer.task));
        }
        if (timer.is_expiry()) {
            return timer.due;  // Validity ends on its day, whatever becomes of the case.
        }
        return pause_.due_after({timer.due, timer.set_at, timer.delay_ms},
                                timer.overdue.value_or(workflow_.overdue));
    }

    /// An escalation keeps its distance from its task's due time; when that stays, it counts from
    /// there.
    [[nodiscard]] Instant due_of_escalation(const PendingTimer& timer,
                                            const rows::Task& task) const {
        const std::int64_t distance_ms = timer.due.milliseconds - task.due->milliseconds;
        const Instant moved = due_of(task);
        return moved != *task.due
                   ? Pause::shifted(moved, distance_ms)
                   : pause_.due_after({timer.due, task.opened_at, distance_ms}, overdue_of(task));
    }

    const Case& case_;
    const workflow::Workflow& workflow_;
    Pause pause_;
};

/// Where a case is to be moved. Errors: field_missing, field_too_long, state_unknown,
/// targets_conflict.
Result<std::vector<scxml::StateIndex>> targets_of(const std::vector<std::string>& states,
                                                  const scxml::Statechart& chart) {
    if (states.empty()) {
        return malformed("field_missing", "name the states to move the case to", "states");
    }
    if (states.size() > limits::states_per_move_max) {
        return malformed("field_too_long",
                         fmt::format("a case is moved to at most {} states at once",
                                     limits::states_per_move_max),
                         "states");
    }
    std::vector<scxml::StateIndex> targets;
    for (const std::string& id : states) {
        const auto state = chart.find_state(id);
        if (!state) {
            return malformed("state_unknown",
                             fmt::format("the workflow has no state \"{}\"", beginning(id, 80)),
                             "states");
        }
        const auto other = std::ranges::find_if(targets, [&](scxml::StateIndex before) {
            return !chart.may_be_targets_together(before, *state);
        });
        if (other != targets.end()) {
            return malformed(
                "targets_conflict",
                fmt::format("\"{}\" and \"{}\" are not in different regions of one parallel",
                            chart.state_id(*other),
                            id),
                "states");
        }
        targets.push_back(*state);
    }
    return targets;
}

/// Errors: not_allowed_now, incident_not_found, incident_resolved.
Result<const rows::Incident*> open_incident_of(const Case& subject,
                                               IncidentId id,
                                               const CaseContext& context) {
    TRY(checks::allowed(subject, context, &workflow::Permission::operate, "mend incidents"));
    const auto found = subject.incidents.find(id);
    if (found == subject.incidents.end()) {
        return not_found("incident_not_found", "there is no such incident in this case");
    }
    if (found->second.status != rows::IncidentStatus::open) {
        return conflict("incident_resolved", "somebody has seen to the incident already");
    }
    return &found->second;
}

}  // namespace

bool waits_for_resumption(const CaseCommand& command) {
    return std::holds_alternative<CompleteTask>(command) ||
           std::holds_alternative<AssessRequirement>(command) ||
           std::holds_alternative<RaiseFinding>(command) ||
           std::holds_alternative<JudgeResponse>(command) ||
           std::holds_alternative<VerifyFinding>(command) ||
           std::holds_alternative<SignalCase>(command);
}

Error case_paused(const Case& subject) {
    return conflict("case_paused",
                    fmt::format("the case is paused: {}", subject.summary.paused_reason));
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const PauseCase& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, &workflow::Permission::operate, "pause the case"));
    if (subject.is_paused()) {
        return conflict("case_paused", "the case is paused already");
    }
    TRY(checks::text_present(command.reason, "reason"));
    return CaseDecision{{events::CasePaused{command.reason}}, {}};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const ResumeCase& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, &workflow::Permission::operate, "resume the case"));
    if (!subject.is_paused()) {
        return conflict("case_not_paused", "the case is not paused");
    }
    TRY(checks::text_present(command.reason, "reason"));
    return CaseDecision{{Resumption(subject, context).decide(command.reason)}, {}};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const MoveCase& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, &workflow::Permission::operate, "move the case"));
    const auto targets = TRY(targets_of(command.states, *context.workflow.chart));
    TRY(checks::text_present(command.reason, "reason"));
    WorkingCase working(subject, context);
    working.emit(
        events::CaseMoved{split_words(subject.summary.states), command.states, command.reason});
    for (const auto& [id, retry] : subject.retries) {
        if (subject.incidents.at(id).kind != rows::IncidentKind::effect) {
            working.emit(
                events::IncidentResolved{id, rows::IncidentResolution::moved, command.reason});
        }
    }
    TRY(run_chart(working, ChartMove{targets}));
    return CaseDecision{working.take_events(), {}};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const SignalCase& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, &workflow::Permission::operate, "signal the case"));
    const workflow::Signal* signal = context.workflow.find_signal(command.signal);
    if (signal == nullptr) {
        return malformed(
            "signal_unknown",
            fmt::format("the workflow has no signal \"{}\"", beginning(command.signal, 80)),
            "signal");
    }
    const workflow::Form* form = context.workflow.find_form(signal->form);
    TRY(checks::values_fit(form, command.values, "this signal"));
    WorkingCase working(subject, context);
    working.emit(events::SignalReceived{signal->id, command.values});
    scxml::Incoming incoming;
    incoming.event.name = signal->event();
    if (form != nullptr) {
        incoming.event.data = command.values;
    }
    if (TRY(run_chart(working, std::move(incoming))) == 0) {
        return conflict(
            "signal_unheard",
            fmt::format("nothing in the case reacts to \"{}\" where it stands now", signal->id),
            signal->id);
    }
    return CaseDecision{working.take_events(), {}};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const RetryIncident& command,
                                 CaseContext& context) {
    TRY(open_incident_of(subject, command.incident, context));
    const events::Retry& retry = subject.retries.at(command.incident);
    WorkingCase working(subject, context);
    working.emit(events::IncidentResolved{command.incident, rows::IncidentResolution::retried, {}});
    if (!retry.effect.empty()) {
        working.emit(
            events::EffectRequested{working.draw<EffectId>(), retry.effect, retry.payload});
        return CaseDecision{working.take_events(), {}};
    }
    if (subject.summary.finished) {
        return conflict("case_finished", "the case has ended; skip the incident");
    }
    if (subject.is_paused()) {
        return conflict("case_paused", "the case is paused; resume it, or move it");
    }
    if (!retry.has_event && retry.task.is_none()) {
        return conflict("incident_without_event",
                        "no event led to it that could come again; move the case or skip it");
    }
    TRY(fire(working, timer_of(retry)));
    return CaseDecision{working.take_events(), {}};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const SkipIncident& command,
                                 CaseContext& context) {
    TRY(open_incident_of(subject, command.incident, context));
    TRY(checks::text_present(command.reason, "reason"));
    return CaseDecision{{events::IncidentResolved{
                            command.incident, rows::IncidentResolution::skipped, command.reason}},
                        {}};
}

}  // namespace guildmark
