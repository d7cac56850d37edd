#include "api/history.h"

#include <fmt/format.h>

#include "api/case_feed.h"
#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"
#include "api/text.h"

namespace guildmark::api {

Result<Response> list_history(Call& call) {
    const PageRequest page = TRY(page_of(call));
    const std::int64_t after = page.after.empty() ? 0 : number_of(page.after);
    if (after < 0) {
        return malformed("page_malformed", "after is the next of the page before", "after");
    }
    const CaseView view = TRY(view_of(call, *call.case_row));
    const auto records = TRY(call.reader.records(
        stream_of(call.case_row->id), static_cast<std::uint64_t>(after), page.size));
    Value::Array items;
    for (const Record& record : records) {
        items.push_back(TRY(history_item(call, view, record)));
    }
    const bool has_more = records.size() == page.size;
    return json_response(
        page_value(std::move(items), has_more ? fmt::to_string(records.back().sequence) : ""));
}

Result<Response> list_trace(Call& call) {
    const PageRequest page = TRY(page_of(call));
    const std::int64_t after = page.after.empty() ? 0 : number_of(page.after);
    if (after < 0) {
        return malformed("page_malformed", "after is the next of the page before", "after");
    }
    const CaseView view = TRY(view_of(call, *call.case_row));
    const TracePage trace = TRY(read_trace(
        call.reader, stream_of(call.case_row->id), static_cast<std::uint64_t>(after), page.size));
    Value::Array items;
    for (const TraceStep& step : trace.steps) {
        items.push_back(TRY(trace_item(call, view, step)));
    }
    return json_response(
        page_value(std::move(items), trace.next == 0 ? "" : fmt::to_string(trace.next)));
}

Result<Response> follow_case(Call& call) {
    std::uint64_t after = TRY(call.reader.head(stream_of(call.case_row->id))).sequence;
    if (const std::string* last = call.request.find_header("last-event-id")) {
        const std::int64_t sequence = number_of(*last);
        if (sequence < 0) {
            return malformed(
                "event_id_malformed", "Last-Event-ID is a record's sequence", "Last-Event-ID");
        }
        after = std::min(after, static_cast<std::uint64_t>(sequence));
    }
    Response response;
    response.content_type = "text/event-stream";
    response.events = make_case_feed(call.hub, call.reader, call.case_row->id, after);
    return response;
}

namespace {

/// The job that answers with a report. Errors: report_unavailable.
Result<Job> report_job(Call& call, ReportQuery query) {
    ReportWriter* reports = call.services.reports;
    if (reports == nullptr) {
        return unavailable("report_unavailable", "this server was built without reports");
    }
    query.language = call.languages.empty() ? std::string() : call.languages.front();
    return Job([reports, query](StoreReader& reader) -> Result<Response> {
        ReportFile file = TRY(reports->write_report(reader, query));
        Response response;
        response.content_type = file.media_type;
        response.policy = ContentPolicy::document;
        response.set_header("Content-Disposition", attachment_disposition(file.name));
        response.stream = std::move(file.bytes);
        response.stream_bytes = file.size_bytes;
        return response;
    });
}

}  // namespace

Result<Job> get_report(Call& call) {
    Fields fields = Fields::of_query(call);
    ReportQuery query;
    query.kind = fields.text("kind", Need::optional);
    query.format = fields.text("format", Need::optional);
    TRY(fields.finish());
    // It tells all that the body's people wrote, also what they keep from the firm.
    if (query.kind == "dossier" && call.caller->organisation_kind != "body") {
        return forbidden("report_of_body",
                         "only the people of the certification body may have the file of a "
                         "certification; ask them for it",
                         "kind");
    }
    query.case_id = call.case_row->id;
    return report_job(call, std::move(query));
}

Result<Job> get_organisation_report(Call& call) {
    Fields fields = Fields::of_query(call);
    ReportQuery query;
    query.kind = fields.text("kind", Need::required);
    query.format = fields.text("format", Need::optional);
    TRY(fields.finish());
    query.organisation = call.organisation_row->id;
    return report_job(call, std::move(query));
}

}  // namespace guildmark::api
