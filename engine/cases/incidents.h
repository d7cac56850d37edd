#pragma once

#include <string>

#include "engine/cases/chart_run.h"

/// Incidents: what failed in a case, as it is opened and done again.
namespace guildmark {

/// What failed, and how.
struct Unheard {
    rows::IncidentKind kind = rows::IncidentKind::script;
    std::string code;
    std::string message;

    bool operator==(const Unheard&) const = default;
};

/// What a retry gives to the chart again.
[[nodiscard]] events::Retry retry_of(const scxml::Incoming& incoming);
[[nodiscard]] events::Retry retry_of(const PendingTimer& timer);

/// The timer that a retry fires again. REQUIRES: it has an event or a task.
[[nodiscard]] PendingTimer timer_of(const events::Retry& retry);

/// Opens an incident; `where` is the event, the states or the effect's kind.
void open_incident(WorkingCase& working,
                   const Unheard& what,
                   std::string where,
                   const events::Retry& retry);

/// A timer could not fire, and this will not pass: it leaves the case's timers and waits in an
/// incident. REQUIRES: the case has it.
[[nodiscard]] std::vector<CaseEvent> give_up_timer(const Case& subject,
                                                   TimerId timer,
                                                   const Error& error,
                                                   const CaseContext& context);

/// What a timer does when it fires: it notifies as an escalation, expires the certificate, gives
/// its event to the chart. Errors: those of run_chart.
[[nodiscard]] Result<void> fire(WorkingCase& working, const PendingTimer& timer);

/// What the timer of an expiry does in a pause: the certificate expires; the chart hears of it when
/// the case is resumed.
void expire_in_pause(WorkingCase& working, const PendingTimer& timer);

}  // namespace guildmark
