#include <algorithm>

#include <fmt/format.h>

#include "api/case_page.h"
#include "api/case_search.h"
#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"
#include "api/wording.h"
#include "engine/base/json.h"

namespace guildmark::api {
namespace {

/// {"client": id, "body": id}: every value must be an id.
std::map<std::string, OrganisationId> parties_of(Fields& fields, const Value& value) {
    std::map<std::string, OrganisationId> parties;
    if (!value.is_object() || value.as_object().empty()) {
        fields.note("parties", "field_missing", "name an organisation for each party");
        return parties;
    }
    for (const auto& [party, organisation] : value.as_object()) {
        const auto id =
            organisation.is_text() ? OrganisationId::parse(organisation.as_text()) : std::nullopt;
        if (!id) {
            fields.note("parties." + party, "id_malformed", "this is no id of thirteen characters");
        } else {
            parties.emplace(party, *id);
        }
    }
    return parties;
}

std::vector<rows::Party> party_rows(const std::map<std::string, OrganisationId>& parties) {
    std::vector<rows::Party> rows;
    for (const auto& [party, organisation] : parties) {
        rows.push_back({party, organisation});
    }
    return rows;
}

Response response_of(const KeptReads::Page& page) {
    Response response;
    response.content_type = "application/json";
    response.body = page.body;
    response.set_header("ETag", fmt::format("\"{}\"", page.sequence));
    return response;
}

/// All that a case's page tells of: the case, who looks at it, and whoever has a name in it.
std::vector<StreamId> streams_of_page(const Call& call, const rows::Case& summary) {
    std::vector<StreamId> streams{stream_of(summary.id),
                                  StreamId(call.caller->organisation.value())};
    for (const rows::Party& party : summary.parties) {
        streams.emplace_back(party.organisation.value());
    }
    for (const OrganisationId organisation : call.names.organisations()) {
        streams.emplace_back(organisation.value());
    }
    return streams;
}

}  // namespace

Result<Response> list_cases(Call& call) {
    Fields fields = Fields::of_query(call);
    CaseFilter filter = filter_of(search_of_query(fields), call.caller->organisation);
    if (const auto finished = fields.boolean("finished")) {
        filter.finished = finished;
    }
    const PageRequest page = TRY(page_of(fields));
    const auto found = TRY(call.reader.cases(filter, page));
    Value::Array items;
    for (const rows::Case& summary : found.items) {
        items.push_back(TRY(case_summary(call, TRY(view_of(call, summary)))));
    }
    Value value = page_value(std::move(items), found.next);
    // What a search finds is not counted, so that its first page costs no more than the next.
    value.set("total", filter.is_search() ? Value() : Value(TRY(call.reader.count_cases(filter))));
    return json_response(value);
}

Result<Command> open_case(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    OpenCase open;
    open.workflow = fields.text("workflow", Need::required, limits::name_bytes_max);
    open.standard = fields.text("standard", Need::optional, limits::name_bytes_max);
    open.title = fields.text("title", Need::required, limits::name_bytes_max);
    open.parties = parties_of(fields, fields.value("parties"));
    const auto workflow = call.library.find_workflow(open.workflow);
    if (!open.workflow.empty() && !workflow) {
        fields.note("workflow", "value_unknown", "there is no workflow of this id");
    }
    TRY(fields.finish());
    Command command;
    command.submission.actor =
        TRY(actor_of_opening(*call.caller, call.request, *workflow, party_rows(open.parties)));
    command.submission.command = CaseCommand(std::move(open));
    command.status = 201;
    command.location = "/api/v1/cases/";
    return command;
}

Result<Response> get_case(Call& call) {
    std::string key = KeptReads::page_key(call.case_row->id, *call.caller, call.languages);
    const KeptReads::Page* kept = call.kept.find_page(key, call.now);
    if (kept != nullptr) {
        return response_of(*kept);
    }
    // The row that access was decided on may be older than the rows read now.
    const rows::CaseOverview rows = TRY(case_overview(call));
    const CaseView view = TRY(view_of(call, rows.summary));
    const Value value = TRY(case_page(call, view, rows));
    KeptReads::Page page{to_json(value), rows.summary.sequence};
    Response response = response_of(page);
    call.kept.keep_page(std::move(key),
                        std::move(page),
                        call.changes_before,
                        streams_of_page(call, rows.summary),
                        period_of_page(call, rows));
    return response;
}

Result<Response> get_case_chart(Call& call) {
    return chart_response(*TRY(workflow_of_case(call, *call.case_row)));
}

Result<Command> command_on_case(Call& call, CaseCommand command, Allowed allowed) {
    const auto workflow = TRY(workflow_of_case(call, *call.case_row));
    const auto open_tasks = [&call]() -> Result<std::vector<rows::Task>> {
        TaskFilter filter;
        filter.case_id = call.case_row->id;
        filter.organisation = call.caller->organisation;
        filter.status = rows::TaskStatus::open;
        return TRY(call.reader.tasks(filter, {"", limits::page_size_max})).items;
    };
    const CaseRoles roles{*workflow, *call.case_row, open_tasks};
    Command made;
    made.submission.actor = TRY(actor_of_case(*call.caller, call.request, roles, allowed));
    made.submission.stream = stream_of(call.case_row->id);
    made.submission.command = std::move(command);
    made.explain = explain_refusal(call, workflow);
    return made;
}

}  // namespace guildmark::api
