#pragma once

#include "engine/base/describe.h"
#include "engine/cases/command.h"
#include "engine/ports/read_model.h"

/// How the rows are written in snapshots. A name that stands here stands in stored data: it is
/// never changed, only joined by new ones.
namespace guildmark::rows {

constexpr auto names_of(TaskStatus) {
    return std::to_array<std::string_view>({"open", "done", "withdrawn"});
}

constexpr auto names_of(Answer) {
    return std::to_array<std::string_view>(
        {"none", "in_place", "partly", "not_yet", "not_applicable"});
}

constexpr auto names_of(Verdict) {
    return std::to_array<std::string_view>(
        {"none", "conforming", "nonconforming", "not_applicable"});
}

constexpr auto names_of(EvidenceStatus) {
    return std::to_array<std::string_view>({"current", "superseded", "withdrawn"});
}

constexpr auto names_of(Grade) {
    return std::to_array<std::string_view>({"major", "minor", "opportunity"});
}

constexpr auto names_of(FindingStatus) {
    return std::to_array<std::string_view>(
        {"open", "responded", "accepted", "rejected", "verified"});
}

constexpr auto names_of(CertificateStatus) {
    return std::to_array<std::string_view>(
        {"active", "suspended", "withdrawn", "expired", "superseded"});
}

constexpr auto names_of(IncidentKind) {
    return std::to_array<std::string_view>({"script", "chart", "effect", "timer"});
}

constexpr auto names_of(IncidentStatus) {
    return std::to_array<std::string_view>({"open", "resolved"});
}

constexpr auto names_of(IncidentResolution) {
    return std::to_array<std::string_view>({"none", "retried", "skipped", "moved"});
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Incident>& incident) {
    visit("id", incident.id);
    visit("case", incident.case_id);
    visit("kind", incident.kind);
    visit("status", incident.status);
    visit("organisation", incident.organisation);
    visit("code", incident.code);
    visit("message", incident.message);
    visit("where", incident.where);
    visit("opened_at", incident.opened_at);
    visit("resolution", incident.resolution);
    visit("reason", incident.reason);
    visit("resolved_by", incident.resolved_by);
    visit("resolved_at", incident.resolved_at);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Party>& party) {
    visit("party", party.party);
    visit("organisation", party.organisation);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Case>& summary) {
    visit("id", summary.id);
    visit("workflow", summary.workflow);
    visit("workflow_version", summary.workflow_version);
    visit("standard", summary.standard);
    visit("title", summary.title);
    visit("parties", summary.parties);
    visit("opened_at", summary.opened_at);
    visit("changed_at", summary.changed_at);
    visit("sequence", summary.sequence);
    visit("hash", summary.hash);
    visit("finished", summary.finished);
    visit("states", summary.states);
    visit("milestone", summary.milestone);
    visit("milestones_done", summary.milestones_done);
    visit("open_tasks", summary.open_tasks);
    visit("next_due", summary.next_due);
    visit("requirements_applicable", summary.requirements_applicable);
    visit("requirements_answered", summary.requirements_answered);
    visit("requirements_covered", summary.requirements_covered);
    visit("requirements_conforming", summary.requirements_conforming);
    visit("majors_open", summary.majors_open);
    visit("minors_open", summary.minors_open);
    visit("paused_at", summary.paused_at);
    visit("paused_by", summary.paused_by);
    visit("paused_reason", summary.paused_reason);
    visit("incidents_open", summary.incidents_open);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Task>& task) {
    visit("id", task.id);
    visit("case", task.case_id);
    visit("task", task.task);
    visit("role", task.role);
    visit("organisation", task.organisation);
    visit("status", task.status);
    visit("optional", task.optional);
    visit("opened_at", task.opened_at);
    visit("due", task.due);
    visit("closed_at", task.closed_at);
    visit("outcome", task.outcome);
    visit("closed_by", task.closed_by);
    visit("values", task.values);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Requirement>& requirement) {
    visit("case", requirement.case_id);
    visit("requirement", requirement.requirement);
    visit("ordinal", requirement.ordinal);
    visit("answer", requirement.answer);
    visit("answer_note", requirement.answer_note);
    visit("owner", requirement.owner);
    visit("due", requirement.due);
    visit("verdict", requirement.verdict);
    visit("verdict_note", requirement.verdict_note);
    visit("assessed_by", requirement.assessed_by);
    visit("assessed_at", requirement.assessed_at);
    visit("evidence_count", requirement.evidence_count);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Evidence>& evidence) {
    visit("id", evidence.id);
    visit("case", evidence.case_id);
    visit("revision", evidence.revision);
    visit("status", evidence.status);
    visit("title", evidence.title);
    visit("name", evidence.name);
    visit("media_type", evidence.media_type);
    visit("size_bytes", evidence.size_bytes);
    visit("digest", evidence.digest);
    visit("origin", evidence.origin);
    visit("origin_modified_at", evidence.origin_modified_at);
    visit("added_at", evidence.added_at);
    visit("added_by", evidence.added_by);
    visit("owner", evidence.owner);
    visit("valid_from", evidence.valid_from);
    visit("valid_until", evidence.valid_until);
    visit("requirements", evidence.requirements);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Finding>& finding) {
    visit("id", finding.id);
    visit("case", finding.case_id);
    visit("number", finding.number);
    visit("grade", finding.grade);
    visit("status", finding.status);
    visit("requirement", finding.requirement);
    visit("statement", finding.statement);
    visit("objective_evidence", finding.objective_evidence);
    visit("site", finding.site);
    visit("raised_by", finding.raised_by);
    visit("raised_at", finding.raised_at);
    visit("due", finding.due);
    visit("responses", finding.responses);
    visit("correction", finding.correction);
    visit("cause", finding.cause);
    visit("corrective_action", finding.corrective_action);
    visit("judgement_note", finding.judgement_note);
    visit("verification_method", finding.verification_method);
    visit("verified_by", finding.verified_by);
    visit("verified_at", finding.verified_at);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Decision>& decision) {
    visit("id", decision.id);
    visit("case", decision.case_id);
    visit("kind", decision.kind);
    visit("reason", decision.reason);
    visit("decided_by", decision.decided_by);
    visit("decided_at", decision.decided_at);
    visit("on_sequence", decision.on_sequence);
    visit("on_hash", decision.on_hash);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Certificate>& certificate) {
    visit("id", certificate.id);
    visit("case", certificate.case_id);
    visit("number", certificate.number);
    visit("status", certificate.status);
    visit("holder", certificate.holder);
    visit("issuer", certificate.issuer);
    visit("standard", certificate.standard);
    visit("scope", certificate.scope);
    visit("valid_from", certificate.valid_from);
    visit("valid_until", certificate.valid_until);
    visit("first_granted", certificate.first_granted);
    visit("decision", certificate.decision);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Charge>& charge) {
    visit("id", charge.id);
    visit("case", charge.case_id);
    visit("charge", charge.charge);
    visit("title", charge.title);
    visit("payer", charge.payer);
    visit("amount_minor", charge.amount_minor);
    visit("currency", charge.currency);
    visit("charged_at", charge.charged_at);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Organisation>& organisation) {
    visit("id", organisation.id);
    visit("name", organisation.name);
    visit("kind", organisation.kind);
    visit("country", organisation.country);
    visit("region", organisation.region);
    visit("personnel", organisation.personnel);
    visit("created_at", organisation.created_at);
    visit("sequence", organisation.sequence);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Member>& member) {
    visit("organisation", member.organisation);
    visit("person", member.person);
    visit("name", member.name);
    visit("email", member.email);
    visit("roles", member.roles);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Competence>& competence) {
    visit("organisation", competence.organisation);
    visit("person", competence.person);
    visit("area", competence.area);
    visit("from", competence.from);
    visit("until", competence.until);
    visit("basis", competence.basis);
    visit("ended", competence.ended);
    visit("ended_reason", competence.ended_reason);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, Token>& token) {
    visit("id", token.id);
    visit("hash", token.hash);
    visit("organisation", token.organisation);
    visit("person", token.person);
    visit("label", token.label);
    visit("created_at", token.created_at);
    visit("expires_at", token.expires_at);
    visit("revoked", token.revoked);
}

}  // namespace guildmark::rows
