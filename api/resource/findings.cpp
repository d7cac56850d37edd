#include <fmt/format.h>

#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"
#include "engine/cases/describe_rows.h"

namespace guildmark {

constexpr auto names_of(Judgement) {
    return std::to_array<std::string_view>({"accepted", "rejected"});
}

}  // namespace guildmark

namespace guildmark::api {
namespace {

constexpr std::size_t evidence_per_response_max = 100;

Result<FindingId> finding_of_path(const Call& call) {
    const auto id = FindingId::parse(call.parameter("finding"));
    if (!id) {
        return not_found(
            "finding_not_found", "the case has no such finding", call.parameter("finding"));
    }
    return *id;
}

std::vector<EvidenceId> evidence_ids(Fields& fields) {
    std::vector<EvidenceId> ids;
    for (const std::string& text :
         fields.texts("evidence", Need::optional, evidence_per_response_max)) {
        const auto id = EvidenceId::parse(text);
        if (!id) {
            fields.note("evidence", "id_malformed", "\"" + text + "\" is no id");
        } else {
            ids.push_back(*id);
        }
    }
    return ids;
}

}  // namespace

Result<Response> list_findings(Call& call) {
    const CaseView view = TRY(view_of(call, *call.case_row));
    Value::Array items;
    for (const rows::Finding& finding : TRY(call.reader.findings(call.case_row->id))) {
        items.push_back(TRY(finding_value(call, view, finding)));
    }
    return json_response(
        Value::Object{{"sequence", call.case_row->sequence}, {"items", std::move(items)}});
}

Result<Command> raise_finding(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    RaiseFinding raise;
    raise.grade = fields.choice<rows::Grade>("grade");
    raise.requirement = fields.text("requirement", Need::required, limits::name_bytes_max);
    raise.statement = fields.text("statement", Need::required);
    raise.objective_evidence = fields.text("objective_evidence", Need::required);
    raise.site = fields.text("site", Need::optional, limits::name_bytes_max);
    raise.due = fields.date("due");
    TRY(fields.finish());
    Command command =
        TRY(command_on_case(call, std::move(raise), &workflow::Permission::raise_findings));
    command.status = 201;
    command.location = fmt::format("/api/v1/cases/{}/findings/", call.case_row->id.to_text());
    return command;
}

Result<Command> respond_to_finding(Call& call) {
    RespondToFinding respond;
    respond.finding = TRY(finding_of_path(call));
    Fields fields = TRY(Fields::of_body(call));
    respond.correction = fields.text("correction", Need::required);
    respond.cause = fields.text("cause", Need::required);
    respond.corrective_action = fields.text("corrective_action", Need::required);
    respond.evidence = evidence_ids(fields);
    TRY(fields.finish());
    return command_on_case(call, std::move(respond), &workflow::Permission::respond_to_findings);
}

Result<Command> judge_response(Call& call) {
    JudgeResponse judge;
    judge.finding = TRY(finding_of_path(call));
    Fields fields = TRY(Fields::of_body(call));
    judge.judgement = fields.choice<Judgement>("judgement");
    const bool needs_reason = judge.judgement == Judgement::rejected;
    judge.note = fields.text("note", needs_reason ? Need::required : Need::optional);
    TRY(fields.finish());
    return command_on_case(call, std::move(judge), &workflow::Permission::judge_findings);
}

Result<Command> verify_finding(Call& call) {
    VerifyFinding verify;
    verify.finding = TRY(finding_of_path(call));
    Fields fields = TRY(Fields::of_body(call));
    verify.method = fields.text("method", Need::required, limits::name_bytes_max);
    if (!verify.method.empty() && verify.method != "documents" && verify.method != "onsite" &&
        verify.method != "next-audit") {
        fields.note("method", "value_unknown", "this is documents, onsite or next-audit");
    }
    verify.note = fields.text("note", Need::optional);
    TRY(fields.finish());
    return command_on_case(call, std::move(verify), &workflow::Permission::judge_findings);
}

}  // namespace guildmark::api
