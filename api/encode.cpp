#include "api/encode.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/language.h"
#include "api/text.h"
#include "engine/base/json.h"
#include "engine/cases/describe_rows.h"
#include "engine/cases/gate.h"
#include "engine/runtime/aggregates.h"

namespace guildmark::api {
namespace {

Result<Value> party_values(Call& call, const CaseView& view) {
    Value::Array parties;
    for (const rows::Party& party : view.summary.parties) {
        const auto declared = std::find_if(
            view.workflow->parties.begin(), view.workflow->parties.end(), [&](const auto& other) {
                return other.id == party.party;
            });
        const bool is_declared = declared != view.workflow->parties.end();
        const bool is_ours = call.caller && call.caller->organisation == party.organisation;
        Value organisation = TRY(call.names.organisation(call.reader, party.organisation));
        parties.emplace_back(
            Value::Object{{"party", party.party},
                          {"title", is_declared ? call.text(declared->title) : party.party},
                          {"organisation", std::move(organisation)},
                          {"is_mine", is_ours}});
    }
    return Value(std::move(parties));
}

Value milestone_value(const Call& call, const CaseView& view) {
    for (const workflow::Milestone& milestone : view.workflow->milestones) {
        if (milestone.id == view.summary.milestone) {
            return titled(milestone.id, call.text(milestone.title));
        }
    }
    return {};
}

Value counts_value(const rows::Case& summary) {
    return Value::Object{{"applicable", std::uint64_t{summary.requirements_applicable}},
                         {"answered", std::uint64_t{summary.requirements_answered}},
                         {"covered", std::uint64_t{summary.requirements_covered}},
                         {"conforming", std::uint64_t{summary.requirements_conforming}}};
}

std::string requirement_title(const Call& call, const CaseView& view, const std::string& number) {
    const Requirement* requirement =
        view.standard ? view.standard->find_requirement(number) : nullptr;
    return requirement != nullptr ? call.text(requirement->title) : std::string();
}

/// Pause, or null.
Result<Value> pause_value(Call& call, const rows::Case& summary) {
    if (!summary.paused_at) {
        return Value();
    }
    Value by = TRY(call.names.person(call.reader, summary.paused_by, summary.parties));
    return Value(Value::Object{{"since", summary.paused_at->to_text()},
                               {"by", std::move(by)},
                               {"reason", summary.paused_reason}});
}

}  // namespace

Response json_response(const Value& value) {
    Response response;
    response.content_type = "application/json";
    response.body.reserve(1024);
    append_json(response.body, value);
    return response;
}

Value text_or_null(const std::string& text) {
    return text.empty() ? Value() : Value(text);
}

Value or_null(const std::optional<Instant>& instant) {
    return instant ? Value(instant->to_text()) : Value();
}

Value or_null(const std::optional<Date>& date) {
    return date ? Value(date->to_text()) : Value();
}

Value titled(std::string_view id, std::string title) {
    return Value::Object{{"id", id}, {"title", std::move(title)}};
}

Value page_value(Value::Array items, const std::string& next) {
    return Value::Object{{"items", std::move(items)}, {"next", text_or_null(next)}};
}

std::string money_text(std::int64_t amount_minor, const std::string& currency) {
    auto found = Currency::find(currency);
    return found ? Money(amount_minor, *found).to_text()
                 : fmt::format("{} {}", amount_minor, currency);
}

Result<std::shared_ptr<const workflow::Workflow>> workflow_of_case(Call& call,
                                                                   const rows::Case& summary) {
    return find_version(call.reader, call.library, summary.workflow_version);
}

Result<CaseView> view_of(Call& call, const rows::Case& summary) {
    auto workflow = TRY(workflow_of_case(call, summary));
    return CaseView{summary, std::move(workflow), call.library.find_standard(summary.standard)};
}

Value standard_reference(const Call& call, const std::string& key) {
    if (key.empty()) {
        return {};
    }
    const auto standard = call.library.find_standard(key);
    return Value::Object{{"key", key},
                         {"designation", standard ? standard->designation : key},
                         {"title", standard ? call.text(standard->title) : std::string()}};
}

Result<Value> case_summary(Call& call, const CaseView& view) {
    const rows::Case& summary = view.summary;
    const workflow::Workflow& workflow = *view.workflow;
    Value parties = TRY(party_values(call, view));
    Value paused = TRY(pause_value(call, summary));
    return Value(Value::Object{
        {"id", summary.id.to_text()},
        {"title", summary.title},
        {"workflow",
         Value::Object{{"id", workflow.id},
                       {"version", summary.workflow_version.to_text()},
                       {"title", call.text(workflow.title)}}},
        {"standard", standard_reference(call, summary.standard)},
        {"parties", std::move(parties)},
        {"opened_at", summary.opened_at.to_text()},
        {"changed_at", summary.changed_at.to_text()},
        {"sequence", summary.sequence},
        {"finished", summary.finished},
        {"paused", std::move(paused)},
        {"milestone", milestone_value(call, view)},
        {"milestones_done", std::uint64_t{split(summary.milestones_done, ' ').size()}},
        {"milestones_total", std::uint64_t{workflow.milestones.size()}},
        {"open_tasks", std::uint64_t{summary.open_tasks}},
        {"next_due", or_null(summary.next_due)},
        {"counts", counts_value(summary)},
        {"majors_open", std::uint64_t{summary.majors_open}},
        {"minors_open", std::uint64_t{summary.minors_open}},
        {"incidents_open", std::uint64_t{summary.incidents_open}}});
}

bool is_mine(const Caller& caller, const rows::Task& task) {
    return task.status == rows::TaskStatus::open && task.organisation == caller.organisation &&
           caller.has_role(task.role);
}

Result<Value> task_summary(Call& call, const CaseView& view, const rows::Task& task) {
    const workflow::TaskDefinition* definition = view.workflow->find_task(task.task);
    const workflow::Role* role = view.workflow->find_role(task.role);
    const workflow::Outcome* outcome =
        definition != nullptr ? definition->find_outcome(task.outcome) : nullptr;
    const bool is_overdue =
        task.status == rows::TaskStatus::open && task.due && *task.due < call.now;
    Value organisation = TRY(call.names.organisation(call.reader, task.organisation));
    Value closed_by = TRY(call.names.person(call.reader, task.closed_by, view.summary.parties));
    return Value(Value::Object{
        {"id", task.id.to_text()},
        {"case", titled(task.case_id.to_text(), view.summary.title)},
        {"task", task.task},
        {"title", definition != nullptr ? call.text(definition->title) : task.task},
        {"role", task.role},
        {"role_title", role != nullptr ? call.text(role->title) : task.role},
        {"organisation", std::move(organisation)},
        {"status", to_name(task.status)},
        {"optional", task.optional},
        {"opened_at", task.opened_at.to_text()},
        {"due", or_null(task.due)},
        {"overdue", is_overdue},
        {"is_mine", is_mine(*call.caller, task)},
        {"closed_at", or_null(task.closed_at)},
        {"outcome", text_or_null(task.outcome)},
        {"outcome_title", outcome != nullptr ? Value(call.text(outcome->title)) : Value()},
        {"closed_by", std::move(closed_by)}});
}

Result<Value> finding_value(Call& call, const CaseView& view, const rows::Finding& finding) {
    const auto& parties = view.summary.parties;
    const bool is_settled = finding.status == rows::FindingStatus::verified ||
                            finding.status == rows::FindingStatus::accepted;
    const bool is_overdue = !is_settled && finding.due && end_of(*finding.due) < call.now;
    Value raised_by = TRY(call.names.person(call.reader, finding.raised_by, parties));
    Value verified_by = TRY(call.names.person(call.reader, finding.verified_by, parties));
    return Value(
        Value::Object{{"id", finding.id.to_text()},
                      {"number", std::uint64_t{finding.number}},
                      {"grade", to_name(finding.grade)},
                      {"status", to_name(finding.status)},
                      {"requirement", finding.requirement},
                      {"requirement_title", requirement_title(call, view, finding.requirement)},
                      {"statement", finding.statement},
                      {"objective_evidence", finding.objective_evidence},
                      {"site", finding.site},
                      {"raised_by", std::move(raised_by)},
                      {"raised_at", finding.raised_at.to_text()},
                      {"due", or_null(finding.due)},
                      {"overdue", is_overdue},
                      {"responses", std::uint64_t{finding.responses}},
                      {"correction", finding.correction},
                      {"cause", finding.cause},
                      {"corrective_action", finding.corrective_action},
                      {"judgement_note", finding.judgement_note},
                      {"verification_method", text_or_null(finding.verification_method)},
                      {"verified_by", std::move(verified_by)},
                      {"verified_at", or_null(finding.verified_at)}});
}

Result<Value> evidence_value(Call& call,
                             const rows::Case& summary,
                             const rows::Evidence& evidence) {
    Value::Array requirements;
    for (std::string& number : split(evidence.requirements, ' ')) {
        requirements.emplace_back(std::move(number));
    }
    Value added_by = TRY(call.names.person(call.reader, evidence.added_by, summary.parties));
    Value owner = TRY(call.names.person(call.reader, evidence.owner, summary.parties));
    return Value(Value::Object{{"id", evidence.id.to_text()},
                               {"revision", std::uint64_t{evidence.revision}},
                               {"status", to_name(evidence.status)},
                               {"title", evidence.title},
                               {"name", evidence.name},
                               {"media_type", evidence.media_type},
                               {"size_bytes", evidence.size_bytes},
                               {"digest", evidence.digest.to_text()},
                               {"origin", evidence.origin},
                               {"origin_modified_at", or_null(evidence.origin_modified_at)},
                               {"added_at", evidence.added_at.to_text()},
                               {"added_by", std::move(added_by)},
                               {"owner", std::move(owner)},
                               {"valid_from", or_null(evidence.valid_from)},
                               {"valid_until", or_null(evidence.valid_until)},
                               {"requirements", std::move(requirements)},
                               {"content",
                                fmt::format("/api/v1/cases/{}/evidence/{}/content?revision={}",
                                            summary.id.to_text(),
                                            evidence.id.to_text(),
                                            evidence.revision)}});
}

Result<Value> certificate_value(Call& call, const rows::Certificate& certificate) {
    Value holder = TRY(call.names.organisation(call.reader, certificate.holder));
    Value issuer = TRY(call.names.organisation(call.reader, certificate.issuer));
    return Value(Value::Object{{"id", certificate.id.to_text()},
                               {"number", certificate.number},
                               {"status", to_name(certificate.status)},
                               {"holder", std::move(holder)},
                               {"issuer", std::move(issuer)},
                               {"standard", standard_reference(call, certificate.standard)},
                               {"scope", certificate.scope},
                               {"valid_from", certificate.valid_from.to_text()},
                               {"valid_until", certificate.valid_until.to_text()},
                               {"first_granted", certificate.first_granted.to_text()},
                               {"decision", text_or_null(certificate.decision.to_text())}});
}

Value::Object catalogue_requirement(const Call& call, const Requirement& requirement) {
    Value::Array typical;
    for (const TypicalEvidence& evidence : requirement.evidence) {
        typical.push_back(titled(evidence.id, call.text(evidence.title)));
    }
    return {{"number", requirement.id},
            {"section", requirement.section},
            {"title", call.text(requirement.title)},
            {"guidance", call.text(requirement.guidance)},
            {"typical_evidence", std::move(typical)},
            {"may_be_not_applicable", requirement.may_be_not_applicable},
            {"documented", requirement.documented}};
}

Value::Array section_values(const Call& call, const Standard& standard) {
    Value::Array sections;
    for (const StandardSection& section : standard.sections) {
        sections.emplace_back(Value::Object{{"id", section.id},
                                            {"parent", text_or_null(section.parent)},
                                            {"title", call.text(section.title)}});
    }
    return sections;
}

std::string state_title(const std::vector<std::string>& languages,
                        const workflow::Workflow& workflow,
                        scxml::StateIndex state) {
    for (const auto& [index, title] : workflow.state_titles) {
        if (index == state) {
            return text_in(title, languages);
        }
    }
    return workflow.chart->state_id(state);
}

Value::Array state_values(const std::vector<std::string>& languages,
                          const workflow::Workflow& workflow,
                          std::string_view states) {
    Value::Array values;
    for (const std::string& id : split_words(states)) {
        const auto state = workflow.chart->find_state(id);
        values.push_back(titled(id, state ? state_title(languages, workflow, *state) : id));
    }
    return values;
}

Instant end_of(const Date& day) {
    return Instant{day.plus_days(1).begin().milliseconds - 1};
}

OrganisationId organisation_of_party(const rows::Case& summary, std::string_view party) {
    const auto found = std::find_if(summary.parties.begin(),
                                    summary.parties.end(),
                                    [&](const auto& other) { return other.party == party; });
    return found == summary.parties.end() ? OrganisationId() : found->organisation;
}

}  // namespace guildmark::api
