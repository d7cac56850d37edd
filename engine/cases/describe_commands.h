#pragma once

#include <type_traits>

#include "engine/base/describe.h"
#include "engine/cases/command.h"
#include "engine/cases/describe_rows.h"

/// How commands are called and written: for the digest behind an idempotency key, for rejections in
/// the journal, and for scenarios.
namespace guildmark {

constexpr auto names_of(Judgement) {
    return std::to_array<std::string_view>({"accepted", "rejected"});
}

constexpr std::string_view kind_of(std::type_identity<OpenCase>) {
    return "open_case";
}

constexpr std::string_view kind_of(std::type_identity<CompleteTask>) {
    return "complete_task";
}

constexpr std::string_view kind_of(std::type_identity<AddEvidence>) {
    return "add_evidence";
}

constexpr std::string_view kind_of(std::type_identity<MatchEvidence>) {
    return "match_evidence";
}

constexpr std::string_view kind_of(std::type_identity<WithdrawEvidence>) {
    return "withdraw_evidence";
}

constexpr std::string_view kind_of(std::type_identity<AnswerRequirement>) {
    return "answer_requirement";
}

constexpr std::string_view kind_of(std::type_identity<AssessRequirement>) {
    return "assess_requirement";
}

constexpr std::string_view kind_of(std::type_identity<RaiseFinding>) {
    return "raise_finding";
}

constexpr std::string_view kind_of(std::type_identity<RespondToFinding>) {
    return "respond_to_finding";
}

constexpr std::string_view kind_of(std::type_identity<JudgeResponse>) {
    return "judge_response";
}

constexpr std::string_view kind_of(std::type_identity<VerifyFinding>) {
    return "verify_finding";
}

constexpr std::string_view kind_of(std::type_identity<PauseCase>) {
    return "pause_case";
}

constexpr std::string_view kind_of(std::type_identity<ResumeCase>) {
    return "resume_case";
}

constexpr std::string_view kind_of(std::type_identity<MoveCase>) {
    return "move_case";
}

constexpr std::string_view kind_of(std::type_identity<SignalCase>) {
    return "signal_case";
}

constexpr std::string_view kind_of(std::type_identity<MigrateCase>) {
    return "migrate_case";
}

constexpr std::string_view kind_of(std::type_identity<RetryIncident>) {
    return "retry_incident";
}

constexpr std::string_view kind_of(std::type_identity<SkipIncident>) {
    return "skip_incident";
}

constexpr std::string_view kind_of(std::type_identity<FireTimer>) {
    return "fire_timer";
}

constexpr std::string_view kind_of(std::type_identity<CloseEffect>) {
    return "close_effect";
}

constexpr std::string_view kind_of(std::type_identity<CreateOrganisation>) {
    return "create_organisation";
}

constexpr std::string_view kind_of(std::type_identity<AdmitMember>) {
    return "admit_member";
}

constexpr std::string_view kind_of(std::type_identity<MakeToken>) {
    return "make_token";
}

constexpr std::string_view kind_of(std::type_identity<RevokeToken>) {
    return "revoke_token";
}

constexpr std::string_view kind_of(std::type_identity<RecordCompetence>) {
    return "record_competence";
}

constexpr std::string_view kind_of(std::type_identity<EndCompetence>) {
    return "end_competence";
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, OpenCase>& command) {
    visit("workflow", command.workflow);
    visit("standard", command.standard);
    visit("title", command.title);
    visit("parties", command.parties);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CompleteTask>& command) {
    visit("task", command.task);
    visit("outcome", command.outcome);
    visit("values", command.values);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, AddEvidence>& command) {
    visit("revises", command.revises);
    visit("digest", command.digest);
    visit("size_bytes", command.size_bytes);
    visit("media_type", command.media_type);
    visit("name", command.name);
    visit("title", command.title);
    visit("origin", command.origin);
    visit("origin_modified_at", command.origin_modified_at);
    visit("requirements", command.requirements);
    visit("owner", command.owner);
    visit("valid_from", command.valid_from);
    visit("valid_until", command.valid_until);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, MatchEvidence>& command) {
    visit("evidence", command.evidence);
    visit("requirements", command.requirements);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, WithdrawEvidence>& command) {
    visit("evidence", command.evidence);
    visit("reason", command.reason);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, AnswerRequirement>& command) {
    visit("requirement", command.requirement);
    visit("answer", command.answer);
    visit("note", command.note);
    visit("owner", command.owner);
    visit("due", command.due);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, AssessRequirement>& command) {
    visit("requirement", command.requirement);
    visit("verdict", command.verdict);
    visit("note", command.note);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, RaiseFinding>& command) {
    visit("grade", command.grade);
    visit("requirement", command.requirement);
    visit("statement", command.statement);
    visit("objective_evidence", command.objective_evidence);
    visit("site", command.site);
    visit("due", command.due);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, RespondToFinding>& command) {
    visit("finding", command.finding);
    visit("correction", command.correction);
    visit("cause", command.cause);
    visit("corrective_action", command.corrective_action);
    visit("evidence", command.evidence);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, JudgeResponse>& command) {
    visit("finding", command.finding);
    visit("judgement", command.judgement);
    visit("note", command.note);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, VerifyFinding>& command) {
    visit("finding", command.finding);
    visit("method", command.method);
    visit("note", command.note);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, PauseCase>& command) {
    visit("reason", command.reason);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, ResumeCase>& command) {
    visit("reason", command.reason);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, MoveCase>& command) {
    visit("states", command.states);
    visit("reason", command.reason);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, SignalCase>& command) {
    visit("signal", command.signal);
    visit("values", command.values);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, MigrateCase>& command) {
    visit("version", command.version);
    visit("plan", command.plan);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, RetryIncident>& command) {
    visit("incident", command.incident);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, SkipIncident>& command) {
    visit("incident", command.incident);
    visit("reason", command.reason);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, FireTimer>& command) {
    visit("timer", command.timer);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CloseEffect>& command) {
    visit("effect", command.effect);
    visit("failure", command.failure);
    visit("code", command.code);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, CreateOrganisation>& command) {
    visit("name", command.name);
    visit("kind", command.kind);
    visit("country", command.country);
    visit("region", command.region);
    visit("personnel", command.personnel);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, AdmitMember>& command) {
    visit("person", command.person);
    visit("name", command.name);
    visit("email", command.email);
    visit("roles", command.roles);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, MakeToken>& command) {
    visit("person", command.person);
    visit("hash", command.hash);
    visit("label", command.label);
    visit("expires_at", command.expires_at);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, RevokeToken>& command) {
    visit("token", command.token);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, RecordCompetence>& command) {
    visit("person", command.person);
    visit("area", command.area);
    visit("from", command.from);
    visit("until", command.until);
    visit("basis", command.basis);
}

template <typename Visitor>
void describe(Visitor& visit, Match<Visitor, EndCompetence>& command) {
    visit("person", command.person);
    visit("area", command.area);
    visit("reason", command.reason);
}

}  // namespace guildmark
