#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"
#include "engine/cases/describe_rows.h"

namespace guildmark::api {
namespace {

Result<IncidentId> incident_of_path(const Call& call) {
    const auto id = IncidentId::parse(call.parameter("incident"));
    if (!id) {
        return not_found(
            "incident_not_found", "the case has no such incident", call.parameter("incident"));
    }
    return *id;
}

/// Incident
Result<Value> incident_value(Call& call,
                             const rows::Case& summary,
                             const rows::Incident& incident) {
    Value by = TRY(call.names.person(call.reader, incident.resolved_by, summary.parties));
    const bool is_open = incident.status == rows::IncidentStatus::open;
    return Value(
        Value::Object{{"id", incident.id.to_text()},
                      {"case", titled(summary.id.to_text(), summary.title)},
                      {"kind", to_name(incident.kind)},
                      {"status", to_name(incident.status)},
                      {"code", incident.code},
                      {"message", incident.message},
                      {"where", incident.where},
                      {"opened_at", incident.opened_at.to_text()},
                      {"resolution", is_open ? Value() : Value(to_name(incident.resolution))},
                      {"reason", text_or_null(incident.reason)},
                      {"resolved_by", std::move(by)},
                      {"resolved_at", or_null(incident.resolved_at)}});
}

/// A page of those that the filter and the query's status find.
Result<Response> incident_page(Call& call, IncidentFilter filter) {
    Fields fields = Fields::of_query(call);
    filter.status = fields.optional_choice<rows::IncidentStatus>("status");
    const PageRequest page = TRY(page_of(fields));
    const auto found = TRY(call.reader.incidents(filter, page));
    Value::Array items;
    for (const rows::Incident& incident : found.items) {
        const auto summary = TRY(call.reader.find_case(incident.case_id));
        if (!summary) {
            return corrupted(
                "case_missing", "an incident's case is not there", incident.id.to_text());
        }
        items.push_back(TRY(incident_value(call, *summary, incident)));
    }
    return json_response(page_value(std::move(items), found.next));
}

}  // namespace

Result<Response> list_case_incidents(Call& call) {
    IncidentFilter filter;
    filter.case_id = call.case_row->id;
    return incident_page(call, filter);
}

Result<Response> list_incidents(Call& call) {
    IncidentFilter filter;
    filter.organisation = call.caller->organisation;
    return incident_page(call, filter);
}

Result<Command> retry_incident(Call& call) {
    const RetryIncident retry{TRY(incident_of_path(call))};
    return command_on_case(call, retry, &workflow::Permission::operate);
}

Result<Command> skip_incident(Call& call) {
    SkipIncident skip;
    skip.incident = TRY(incident_of_path(call));
    Fields fields = TRY(Fields::of_body(call));
    skip.reason = fields.text("reason", Need::required);
    TRY(fields.finish());
    return command_on_case(call, std::move(skip), &workflow::Permission::operate);
}

}  // namespace guildmark::api
