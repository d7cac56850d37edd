#include "engine/cases/decide_findings.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/cases/decide_checks.h"

namespace guildmark {
namespace {

using workflow::Permission;

Result<const rows::Finding*> find_finding(const Case& subject, FindingId id) {
    const auto found = subject.findings.find(id);
    if (found == subject.findings.end()) {
        return not_found(
            "finding_not_found", "there is no such finding in this case", id.to_text());
    }
    return &found->second;
}

/// A firm leaves out only what the standard lets it leave out, and says why.
Result<void> check_exclusion(const Case& subject, const AnswerRequirement& command) {
    if (!subject.excludable.contains(command.requirement)) {
        return refused("not_applicable_refused",
                       fmt::format("{} applies to every firm", command.requirement),
                       command.requirement);
    }
    if (command.note.empty()) {
        return malformed(
            "field_missing", "say why the requirement does not apply to the firm", "note");
    }
    return {};
}

Error wrong_status(const rows::Finding& finding, std::string_view wanted) {
    return conflict(
        "finding_settled",
        fmt::format("finding {} is {}; {}", finding.number, to_name(finding.status), wanted),
        finding.id.to_text());
}

}  // namespace

Result<CaseDecision> decide_part(const Case& subject,
                                 const AnswerRequirement& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, &Permission::answer_requirements, "answer requirements"));
    TRY(checks::requirement_known(subject, command.requirement));
    TRY(checks::text_short_enough(command.note, "note"));
    if (command.answer == rows::Answer::not_applicable) {
        TRY(check_exclusion(subject, command));
    }
    return CaseDecision{
        {events::RequirementAnswered{
            command.requirement, command.answer, command.note, command.owner, command.due}},
        {}};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const AssessRequirement& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, &Permission::assess_requirements, "assess requirements"));
    TRY(checks::requirement_known(subject, command.requirement));
    TRY(checks::text_short_enough(command.note, "note"));
    return CaseDecision{
        {events::RequirementAssessed{command.requirement, command.verdict, command.note}}, {}};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const RaiseFinding& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, &Permission::raise_findings, "raise findings"));
    TRY(checks::requirement_known(subject, command.requirement));
    TRY(checks::text_present(command.statement, "statement"));
    TRY(checks::text_present(command.objective_evidence, "objective_evidence"));
    TRY(checks::text_short_enough(command.site, "site", limits::name_bytes_max));
    if (subject.findings.size() >= limits::findings_per_case_max) {
        return too_large(
            "findings_too_many",
            fmt::format("a case holds at most {} findings", limits::findings_per_case_max));
    }
    events::FindingRaised raised;
    raised.id = context.ids.draw_new<FindingId>(context.now, subject);
    raised.number = static_cast<std::uint32_t>(subject.findings.size() + 1);
    raised.grade = command.grade;
    raised.requirement = command.requirement;
    raised.statement = command.statement;
    raised.objective_evidence = command.objective_evidence;
    raised.site = command.site;
    raised.due = command.due;
    const std::string created = raised.id.to_text();
    return CaseDecision{{std::move(raised)}, created};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const RespondToFinding& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, &Permission::respond_to_findings, "respond to findings"));
    const rows::Finding* finding = TRY(find_finding(subject, command.finding));
    if (finding->status == rows::FindingStatus::accepted ||
        finding->status == rows::FindingStatus::verified) {
        return wrong_status(*finding, "its response was accepted already");
    }
    TRY(checks::text_present(command.correction, "correction"));
    TRY(checks::text_present(command.cause, "cause"));
    TRY(checks::text_present(command.corrective_action, "corrective_action"));
    for (const EvidenceId id : command.evidence) {
        if (!subject.evidence.contains(id)) {
            return not_found(
                "evidence_not_found", "there is no such document in this case", id.to_text());
        }
    }
    return CaseDecision{{events::FindingResponded{command.finding,
                                                  finding->responses + 1,
                                                  command.correction,
                                                  command.cause,
                                                  command.corrective_action,
                                                  command.evidence}},
                        {}};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const JudgeResponse& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, &Permission::judge_findings, "judge responses"));
    const rows::Finding* finding = TRY(find_finding(subject, command.finding));
    if (finding->status != rows::FindingStatus::responded) {
        return wrong_status(*finding, "only a response that waits can be judged");
    }
    if (command.judgement == Judgement::rejected) {
        TRY(checks::text_present(command.note, "note"));
    }
    TRY(checks::text_short_enough(command.note, "note"));
    return CaseDecision{
        {events::ResponseJudged{
            command.finding, command.judgement == Judgement::accepted, command.note}},
        {}};
}

Result<CaseDecision> decide_part(const Case& subject,
                                 const VerifyFinding& command,
                                 CaseContext& context) {
    TRY(checks::allowed(subject, context, &Permission::judge_findings, "verify findings"));
    const rows::Finding* finding = TRY(find_finding(subject, command.finding));
    if (finding->status != rows::FindingStatus::accepted) {
        return wrong_status(*finding, "only what was accepted can be verified");
    }
    constexpr auto methods = std::to_array<std::string_view>({"documents", "onsite", "next-audit"});
    if (std::ranges::find(methods, command.method) == methods.end()) {
        return malformed("method_unknown",
                         "a finding is verified by documents, onsite or at the next-audit",
                         "method");
    }
    TRY(checks::text_short_enough(command.note, "note"));
    return CaseDecision{{events::FindingVerified{command.finding, command.method, command.note}},
                        {}};
}

}  // namespace guildmark
