#include <map>

#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"
#include "api/text.h"
#include "engine/cases/describe_rows.h"
#include "engine/cases/gate.h"

namespace guildmark::api {
namespace {

/// Ids of current evidence by the requirement that it serves.
std::map<std::string, Value::Array> evidence_by_requirement(const rows::CaseRows& rows) {
    std::map<std::string, Value::Array> found;
    for (const rows::Evidence& evidence : rows.evidence) {
        if (evidence.status != rows::EvidenceStatus::current) {
            continue;
        }
        for (const std::string& number : split(evidence.requirements, ' ')) {
            found[number].emplace_back(evidence.id.to_text());
        }
    }
    return found;
}

Result<Value> answer_value(Call& call, const rows::Requirement& row) {
    const auto& parties = call.case_row->parties;
    Value owner = TRY(call.names.person(call.reader, row.owner, parties));
    return Value(Value::Object{{"value", to_name(row.answer)},
                               {"note", row.answer_note},
                               {"owner", std::move(owner)},
                               {"due", or_null(row.due)}});
}

Result<Value> verdict_value(Call& call, const rows::Requirement& row) {
    const auto& parties = call.case_row->parties;
    Value assessed_by = TRY(call.names.person(call.reader, row.assessed_by, parties));
    return Value(Value::Object{{"value", to_name(row.verdict)},
                               {"note", row.verdict_note},
                               {"assessed_by", std::move(assessed_by)},
                               {"assessed_at", or_null(row.assessed_at)}});
}

/// A requirement that the case has must be named, or the answer would be on nothing.
Result<std::string> number_of_call(Call& call) {
    const std::string& number = call.parameter("number");
    const auto standard = call.library.find_standard(call.case_row->standard);
    if (!standard || standard->find_requirement(number) == nullptr) {
        return not_found("requirement_not_found",
                         "the case's standard has no requirement of this number",
                         number);
    }
    return number;
}

}  // namespace

Result<Response> list_requirements(Call& call) {
    const auto rows = TRY(call.reader.find_case_rows(call.case_row->id));
    const auto standard = call.library.find_standard(call.case_row->standard);
    Value::Array items;
    if (rows && standard) {
        std::map<std::string, const rows::Requirement*> by_number;
        for (const rows::Requirement& row : rows->requirements) {
            by_number.emplace(row.requirement, &row);
        }
        auto evidence = evidence_by_requirement(*rows);
        for (const Requirement& requirement : standard->requirements) {
            const auto known = by_number.find(requirement.id);
            const rows::Requirement row =
                known != by_number.end() ? *known->second : rows::Requirement{};
            Value value = catalogue_requirement(call, requirement);
            value.set("applicable", is_applicable(row));
            value.set("answer", TRY(answer_value(call, row)));
            value.set("verdict", TRY(verdict_value(call, row)));
            value.set("evidence", std::move(evidence[requirement.id]));
            items.push_back(std::move(value));
        }
    }
    return json_response(
        Value::Object{{"sequence", rows ? rows->summary.sequence : call.case_row->sequence},
                      {"standard", standard_reference(call, call.case_row->standard)},
                      {"sections", standard ? section_values(call, *standard) : Value::Array()},
                      {"items", std::move(items)}});
}

Result<Command> answer_requirement(Call& call) {
    AnswerRequirement answer;
    answer.requirement = TRY(number_of_call(call));
    Fields fields = TRY(Fields::of_body(call));
    answer.answer = fields.choice<rows::Answer>("value");
    const bool needs_reason = answer.answer == rows::Answer::not_applicable;
    answer.note = fields.text("note", needs_reason ? Need::required : Need::optional);
    answer.owner = fields.id<PersonId>("owner", Need::optional);
    answer.due = fields.date("due");
    TRY(fields.finish());
    return command_on_case(call, std::move(answer), &workflow::Permission::answer_requirements);
}

Result<Command> assess_requirement(Call& call) {
    AssessRequirement assess;
    assess.requirement = TRY(number_of_call(call));
    Fields fields = TRY(Fields::of_body(call));
    assess.verdict = fields.choice<rows::Verdict>("value");
    assess.note = fields.text("note", Need::optional);
    TRY(fields.finish());
    return command_on_case(call, std::move(assess), &workflow::Permission::assess_requirements);
}

}  // namespace guildmark::api
