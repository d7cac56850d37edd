#pragma once

#include "engine/cases/case.h"
#include "engine/cases/describe_events.h"
#include "engine/cases/describe_rows.h"

/// How a case is written in a snapshot. A snapshot is only a shortcut: when this changes, its
/// version goes up and older snapshots are left unread.
namespace guildmark {

/// Written as the map alone.
template <>
struct detail::Codec<Documents> {
    static Value write(const Documents& documents) { return to_value(documents.all()); }

    static Result<Documents> read(const Value& value) {
        Documents documents;
        for (auto& [id, document] : TRY(from_value<Documents::Map>(value))) {
            documents.put(document);
        }
        return documents;
    }
};

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, StreamHead>& head) {
    visit("sequence", head.sequence);
    visit("hash", head.hash);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, PendingTimer>& timer) {
    visit("due", timer.due);
    visit("sendid", timer.sendid);
    visit("event", timer.event);
    visit("data", timer.data);
    visit("has_data", timer.has_data);
    visit("session", timer.session);
    visit("target", timer.target);
    visit("task", timer.task);
    visit("escalation", timer.escalation);
    visit("overdue", timer.overdue);
    visit("set_at", timer.set_at);
    visit("delay_ms", timer.delay_ms);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, PendingEffect>& effect) {
    visit("kind", effect.kind);
    visit("payload", effect.payload);
    visit("requested_at", effect.requested_at);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, LastAct>& act) {
    visit("sequence", act.sequence);
    visit("at", act.at);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Round>& round) {
    visit("number", round.number);
    visit("sequence", round.sequence);
    visit("began", round.began);
    visit("findings_before", round.findings_before);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Case>& subject) {
    visit("head", subject.head);
    visit("summary", subject.summary);
    visit("tasks", subject.tasks);
    visit("requirements", subject.requirements);
    visit("evidence", subject.evidence);
    visit("findings", subject.findings);
    visit("decisions", subject.decisions);
    visit("certificates", subject.certificates);
    visit("charges", subject.charges);
    visit("timers", subject.timers);
    visit("effects", subject.effects);
    visit("incidents", subject.incidents);
    visit("retries", subject.retries);
    visit("session", subject.session);
    visit("forms", subject.forms);
    visit("outcomes", subject.outcomes);
    visit("search_values", subject.search_values);
    visit("entered", subject.entered);
    visit("left", subject.left);
    visit("acted", subject.acted);
    visit("round", subject.round);
    visit("open_tasks", subject.open_tasks);
    visit("newest_tasks", subject.newest_tasks);
    visit("task_delays_ms", subject.task_delays_ms);
    visit("excludable", subject.excludable);
    visit("unused_decisions", subject.unused_decisions);
}

}  // namespace guildmark
