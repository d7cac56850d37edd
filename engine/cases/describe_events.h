#pragma once

#include <type_traits>

#include "engine/cases/event.h"

/// How events are called and written in the journal. Released names and fields never change.
namespace guildmark::events {

constexpr std::string_view kind_of(std::type_identity<CaseOpened>) {
    return "case_opened";
}

constexpr std::string_view kind_of(std::type_identity<ChartAdvanced>) {
    return "chart_advanced";
}

constexpr std::string_view kind_of(std::type_identity<TaskOpened>) {
    return "task_opened";
}

constexpr std::string_view kind_of(std::type_identity<TaskCompleted>) {
    return "task_completed";
}

constexpr std::string_view kind_of(std::type_identity<TaskWithdrawn>) {
    return "task_withdrawn";
}

constexpr std::string_view kind_of(std::type_identity<TimerSet>) {
    return "timer_set";
}

constexpr std::string_view kind_of(std::type_identity<TimerCancelled>) {
    return "timer_cancelled";
}

constexpr std::string_view kind_of(std::type_identity<TimerFired>) {
    return "timer_fired";
}

constexpr std::string_view kind_of(std::type_identity<CasePaused>) {
    return "case_paused";
}

constexpr std::string_view kind_of(std::type_identity<CaseMigrated>) {
    return "case_migrated";
}

constexpr std::string_view kind_of(std::type_identity<CaseResumed>) {
    return "case_resumed";
}

constexpr std::string_view kind_of(std::type_identity<CaseMoved>) {
    return "case_moved";
}

constexpr std::string_view kind_of(std::type_identity<IncidentOpened>) {
    return "incident_opened";
}

constexpr std::string_view kind_of(std::type_identity<IncidentResolved>) {
    return "incident_resolved";
}

constexpr std::string_view kind_of(std::type_identity<SignalReceived>) {
    return "signal_received";
}

constexpr std::string_view kind_of(std::type_identity<SearchValuesChanged>) {
    return "search_values_changed";
}

constexpr std::string_view kind_of(std::type_identity<EvidenceAdded>) {
    return "evidence_added";
}

constexpr std::string_view kind_of(std::type_identity<EvidenceMatched>) {
    return "evidence_matched";
}

constexpr std::string_view kind_of(std::type_identity<EvidenceWithdrawn>) {
    return "evidence_withdrawn";
}

constexpr std::string_view kind_of(std::type_identity<RequirementAnswered>) {
    return "requirement_answered";
}

constexpr std::string_view kind_of(std::type_identity<RequirementAssessed>) {
    return "requirement_assessed";
}

constexpr std::string_view kind_of(std::type_identity<FindingRaised>) {
    return "finding_raised";
}

constexpr std::string_view kind_of(std::type_identity<FindingResponded>) {
    return "finding_responded";
}

constexpr std::string_view kind_of(std::type_identity<ResponseJudged>) {
    return "response_judged";
}

constexpr std::string_view kind_of(std::type_identity<FindingVerified>) {
    return "finding_verified";
}

constexpr std::string_view kind_of(std::type_identity<FindingRegraded>) {
    return "finding_regraded";
}

constexpr std::string_view kind_of(std::type_identity<RoundBegan>) {
    return "round_began";
}

constexpr std::string_view kind_of(std::type_identity<DecisionRecorded>) {
    return "decision_recorded";
}

constexpr std::string_view kind_of(std::type_identity<CertificateActed>) {
    return "certificate_acted";
}

constexpr std::string_view kind_of(std::type_identity<ChargeMade>) {
    return "charge_made";
}

constexpr std::string_view kind_of(std::type_identity<EffectRequested>) {
    return "effect_requested";
}

constexpr std::string_view kind_of(std::type_identity<EffectClosed>) {
    return "effect_closed";
}

constexpr std::string_view kind_of(std::type_identity<CommandRejected>) {
    return "command_rejected";
}

constexpr std::string_view kind_of(std::type_identity<OrganisationCreated>) {
    return "organisation_created";
}

constexpr std::string_view kind_of(std::type_identity<MemberAdmitted>) {
    return "member_admitted";
}

constexpr std::string_view kind_of(std::type_identity<TokenMade>) {
    return "token_made";
}

constexpr std::string_view kind_of(std::type_identity<TokenRevoked>) {
    return "token_revoked";
}

constexpr std::string_view kind_of(std::type_identity<CompetenceRecorded>) {
    return "competence_recorded";
}

constexpr std::string_view kind_of(std::type_identity<CompetenceEnded>) {
    return "competence_ended";
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CaseOpened>& event) {
    visit("workflow", event.workflow);
    visit("workflow_version", event.workflow_version);
    visit("standard", event.standard);
    visit("title", event.title);
    visit("parties", event.parties);
    visit("requirements", event.requirements);
    visit("excludable", event.excludable);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, ChartAdvanced>& event) {
    visit("trigger", event.trigger);
    visit("left", event.left);
    visit("entered", event.entered);
    visit("session", event.session);
    visit("states", event.states);
    visit("finished", event.finished);
    visit("milestone", event.milestone);
    visit("milestones_done", event.milestones_done);
    visit("log", event.log);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, TaskOpened>& event) {
    visit("id", event.id);
    visit("task", event.task);
    visit("role", event.role);
    visit("organisation", event.organisation);
    visit("optional", event.optional);
    visit("due", event.due);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, TaskCompleted>& event) {
    visit("id", event.id);
    visit("outcome", event.outcome);
    visit("values", event.values);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, TaskWithdrawn>& event) {
    visit("id", event.id);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, TimerSet>& event) {
    visit("id", event.id);
    visit("due", event.due);
    visit("sendid", event.sendid);
    visit("event", event.event);
    visit("data", event.data);
    visit("has_data", event.has_data);
    visit("task", event.task);
    visit("escalation", event.escalation);
    visit("session", event.session);
    visit("target", event.target);
    visit("overdue", event.overdue);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, TimerCancelled>& event) {
    visit("id", event.id);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, TimerFired>& event) {
    visit("id", event.id);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CasePaused>& event) {
    visit("reason", event.reason);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, NewDue<TimerId>>& due) {
    visit("id", due.id);
    visit("due", due.due);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, NewDue<TaskId>>& due) {
    visit("id", due.id);
    visit("due", due.due);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Renaming>& renaming) {
    visit("from", renaming.from);
    visit("to", renaming.to);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, TaskRedefined>& task) {
    visit("id", task.id);
    visit("task", task.task);
    visit("role", task.role);
    visit("organisation", task.organisation);
    visit("optional", task.optional);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, TimerRenamed>& timer) {
    visit("id", timer.id);
    visit("event", timer.event);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CaseMigrated>& event) {
    visit("from_version", event.from_version);
    visit("to_version", event.to_version);
    visit("reason", event.reason);
    visit("session", event.session);
    visit("states", event.states);
    visit("milestone", event.milestone);
    visit("milestones_done", event.milestones_done);
    visit("states_renamed", event.states_renamed);
    visit("tasks_renamed", event.tasks_renamed);
    visit("tasks", event.tasks);
    visit("timers", event.timers);
    visit("dropped", event.dropped);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CaseResumed>& event) {
    visit("reason", event.reason);
    visit("timers", event.timers);
    visit("tasks", event.tasks);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CaseMoved>& event) {
    visit("from", event.from);
    visit("to", event.to);
    visit("reason", event.reason);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Retry>& retry) {
    visit("has_event", retry.has_event);
    visit("event", retry.event);
    visit("data", retry.data);
    visit("has_data", retry.has_data);
    visit("sendid", retry.sendid);
    visit("session", retry.session);
    visit("target", retry.target);
    visit("task", retry.task);
    visit("escalation", retry.escalation);
    visit("effect", retry.effect);
    visit("payload", retry.payload);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, IncidentOpened>& event) {
    visit("id", event.id);
    visit("kind", event.kind);
    visit("organisation", event.organisation);
    visit("code", event.code);
    visit("message", event.message);
    visit("where", event.where);
    visit("retry", event.retry);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, IncidentResolved>& event) {
    visit("id", event.id);
    visit("resolution", event.resolution);
    visit("reason", event.reason);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, SignalReceived>& event) {
    visit("signal", event.signal);
    visit("values", event.values);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, SearchValuesChanged>& event) {
    visit("values", event.values);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, EvidenceAdded>& event) {
    visit("id", event.id);
    visit("revision", event.revision);
    visit("digest", event.digest);
    visit("size_bytes", event.size_bytes);
    visit("media_type", event.media_type);
    visit("name", event.name);
    visit("title", event.title);
    visit("origin", event.origin);
    visit("origin_modified_at", event.origin_modified_at);
    visit("requirements", event.requirements);
    visit("owner", event.owner);
    visit("valid_from", event.valid_from);
    visit("valid_until", event.valid_until);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, EvidenceMatched>& event) {
    visit("id", event.id);
    visit("requirements", event.requirements);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, EvidenceWithdrawn>& event) {
    visit("id", event.id);
    visit("reason", event.reason);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, RequirementAnswered>& event) {
    visit("requirement", event.requirement);
    visit("answer", event.answer);
    visit("note", event.note);
    visit("owner", event.owner);
    visit("due", event.due);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, RequirementAssessed>& event) {
    visit("requirement", event.requirement);
    visit("verdict", event.verdict);
    visit("note", event.note);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, FindingRaised>& event) {
    visit("id", event.id);
    visit("number", event.number);
    visit("grade", event.grade);
    visit("requirement", event.requirement);
    visit("statement", event.statement);
    visit("objective_evidence", event.objective_evidence);
    visit("site", event.site);
    visit("due", event.due);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, FindingResponded>& event) {
    visit("id", event.id);
    visit("response", event.response);
    visit("correction", event.correction);
    visit("cause", event.cause);
    visit("corrective_action", event.corrective_action);
    visit("evidence", event.evidence);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, ResponseJudged>& event) {
    visit("id", event.id);
    visit("accepted", event.accepted);
    visit("note", event.note);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, FindingVerified>& event) {
    visit("id", event.id);
    visit("method", event.method);
    visit("note", event.note);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, FindingRegraded>& event) {
    visit("id", event.id);
    visit("grade", event.grade);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, RoundBegan>& event) {
    visit("number", event.number);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, DecisionRecorded>& event) {
    visit("id", event.id);
    visit("kind", event.kind);
    visit("reason", event.reason);
    visit("task", event.task);
    visit("on_sequence", event.on_sequence);
    visit("on_hash", event.on_hash);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CertificateActed>& event) {
    visit("action", event.action);
    visit("certificate", event.certificate);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, ChargeMade>& event) {
    visit("id", event.id);
    visit("charge", event.charge);
    visit("title", event.title);
    visit("payer", event.payer);
    visit("amount_minor", event.amount_minor);
    visit("currency", event.currency);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, EffectRequested>& event) {
    visit("id", event.id);
    visit("kind", event.kind);
    visit("payload", event.payload);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, EffectClosed>& event) {
    visit("id", event.id);
    visit("failure", event.failure);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CommandRejected>& event) {
    visit("command", event.command);
    visit("code", event.code);
    visit("message", event.message);
    visit("subject", event.subject);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, OrganisationCreated>& event) {
    visit("name", event.name);
    visit("kind", event.kind);
    visit("country", event.country);
    visit("region", event.region);
    visit("personnel", event.personnel);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, MemberAdmitted>& event) {
    visit("person", event.person);
    visit("name", event.name);
    visit("email", event.email);
    visit("roles", event.roles);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, TokenMade>& event) {
    visit("id", event.id);
    visit("person", event.person);
    visit("hash", event.hash);
    visit("label", event.label);
    visit("expires_at", event.expires_at);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, TokenRevoked>& event) {
    visit("id", event.id);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CompetenceRecorded>& event) {
    visit("person", event.person);
    visit("area", event.area);
    visit("from", event.from);
    visit("until", event.until);
    visit("basis", event.basis);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CompetenceEnded>& event) {
    visit("person", event.person);
    visit("area", event.area);
    visit("reason", event.reason);
}

}  // namespace guildmark::events
