#include "api/command/report_command.h"

#include <fmt/format.h>

#include "adapters/system/system.h"
#include "api/case_report.h"
#include "api/installation.h"
#include "api/register_report.h"

namespace guildmark::command {
namespace {

/// Of what the report is. Errors: argument_missing, argument_conflict, id_malformed.
Result<ReportRequest> request_of(const ReportArguments& arguments) {
    ReportRequest request;
    request.kind = arguments.kind;
    request.format = arguments.format;
    if (request.format.empty() && arguments.out.ends_with(".pdf")) {
        request.format = "pdf";
    }
    if (arguments.case_id.empty() && arguments.organisation.empty()) {
        return malformed("argument_missing", "--case or --organisation says of what", "--case");
    }
    if (!arguments.case_id.empty() && !arguments.organisation.empty()) {
        return malformed("argument_conflict", "--case and --organisation exclude each other", "");
    }
    if (!arguments.case_id.empty()) {
        const auto id = CaseId::parse(arguments.case_id);
        if (!id) {
            return malformed("id_malformed", "a case's id has 13 letters and digits", "case");
        }
        request.case_id = *id;
        return request;
    }
    const auto id = OrganisationId::parse(arguments.organisation);
    if (!id) {
        return malformed(
            "id_malformed", "an organisation's id has 13 letters and digits", "organisation");
    }
    request.organisation = *id;
    return request;
}

Result<void> write(const ReportArguments& arguments) {
    ReportRequest request = TRY(request_of(arguments));
    request.as_of =
        arguments.as_of.empty() ? SystemClock().now() : TRY(Instant::parse(arguments.as_of));
    request.language = TRY(report_language(arguments.language));
    request.library_folder = arguments.library_folder;
    TRY(find_journal(arguments.data_folder));
    auto installation = TRY(
        Installation::open({arguments.data_folder, arguments.library_folder, StoreAccess::read}));
    auto reader = TRY(installation->store().open_reader());
    return write_report(*reader, installation->library(), request, arguments.out);
}

}  // namespace

int run_report(const ReportArguments& arguments) {
    const auto written = write(arguments);
    if (!written) {
        return report_error(written.error(), arguments.output);
    }
    if (arguments.output == Output::json) {
        Value value;
        value.set("report", arguments.out);
        print_json(value);
    } else {
        print(fmt::format("report written to {}", arguments.out));
    }
    return exit_done;
}

}  // namespace guildmark::command
