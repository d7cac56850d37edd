#include "engine/cases/incidents.h"

#include <algorithm>

#include <fmt/format.h>

namespace guildmark {
namespace {

/// The organisation whose people may operate; none when the workflow names no such role.
OrganisationId operator_of(const Case& subject, const workflow::Workflow& workflow) {
    const auto role = std::ranges::find_if(
        workflow.roles, [](const workflow::Role& each) { return each.allows.operate; });
    return role == workflow.roles.end() ? OrganisationId() : subject.party(role->party);
}

/// Expiry needs no decision: validity ends by itself (ISO/IEC 17021-1, 9.6.3.2.4).
void expire_certificate(WorkingCase& working) {
    const rows::Certificate* running = working.subject().running_certificate();
    if (running != nullptr && running->valid_until < Date::of(working.context().now)) {
        rows::Certificate certificate = *running;
        certificate.status = rows::CertificateStatus::expired;
        working.emit(events::CertificateActed{"expire", std::move(certificate)});
    }
}

void notify_escalation(WorkingCase& working, const PendingTimer& timer) {
    const rows::Task& task = working.subject().tasks.at(timer.task);
    if (task.status != rows::TaskStatus::open) {
        return;
    }
    const auto* definition = working.context().workflow.find_task(task.task);
    if (definition == nullptr || timer.escalation >= definition->escalations.size()) {
        return;
    }
    const auto& roles = definition->escalations[timer.escalation].notify;
    if (!roles.empty()) {
        const std::string due = task.due ? Date::of(*task.due).to_text() : std::string();
        request_notification(
            working,
            roles,
            fmt::format("{}: {}", due, definition->title.in("")),
            fmt::format(
                "{}\n{}\n{}", working.subject().summary.title, definition->title.in(""), due));
    }
}

}  // namespace

events::Retry retry_of(const scxml::Incoming& incoming) {
    events::Retry retry;
    retry.has_event = true;
    retry.event = incoming.event.name;
    retry.has_data = incoming.event.data.has_value();
    retry.data = incoming.event.data.value_or(Value());
    retry.sendid = incoming.event.sendid;
    retry.session = incoming.session_id;
    retry.target = incoming.target;
    return retry;
}

events::Retry retry_of(const PendingTimer& timer) {
    events::Retry retry;
    retry.has_event = !timer.event.empty();
    retry.event = timer.event;
    retry.data = timer.data;
    retry.has_data = timer.has_data;
    retry.sendid = timer.sendid;
    retry.session = timer.session;
    retry.target = timer.target;
    retry.task = timer.task;
    retry.escalation = timer.escalation;
    return retry;
}

PendingTimer timer_of(const events::Retry& retry) {
    PendingTimer timer;
    timer.event = retry.event;
    timer.data = retry.data;
    timer.has_data = retry.has_data;
    timer.sendid = retry.sendid;
    timer.session = retry.session;
    timer.target = retry.target;
    timer.task = retry.task;
    timer.escalation = retry.escalation;
    return timer;
}

void open_incident(WorkingCase& working,
                   const Unheard& what,
                   std::string where,
                   const events::Retry& retry) {
    working.emit(events::IncidentOpened{working.draw<IncidentId>(),
                                        what.kind,
                                        operator_of(working.subject(), working.context().workflow),
                                        what.code,
                                        what.message,
                                        std::move(where),
                                        retry});
}

std::vector<CaseEvent> give_up_timer(const Case& subject,
                                     TimerId timer,
                                     const Error& error,
                                     const CaseContext& context) {
    const PendingTimer pending = subject.timers.at(timer);
    WorkingCase working(subject, context);
    working.emit(events::TimerFired{timer});
    open_incident(working,
                  {rows::IncidentKind::timer, error.code, error.message},
                  pending.event,
                  retry_of(pending));
    return working.take_events();
}

Result<void> fire(WorkingCase& working, const PendingTimer& timer) {
    if (!timer.task.is_none()) {
        notify_escalation(working, timer);
    }
    if (timer.event == workflow::expiry_event) {
        expire_certificate(working);
    }
    if (!timer.event.empty()) {
        TRY(run_chart(working, incoming_of(timer)));
    }
    return {};
}

void expire_in_pause(WorkingCase& working, const PendingTimer& timer) {
    expire_certificate(working);
    events::TimerSet waiting;
    waiting.id = working.draw<TimerId>();
    waiting.due = timer.due;
    waiting.sendid = timer.sendid;
    waiting.event = timer.event;
    working.emit(std::move(waiting));
}

}  // namespace guildmark
