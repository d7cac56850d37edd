#include "api/command/report_command.h"

#include <algorithm>
#include <array>

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
    const auto given = std::array{arguments.case_id, arguments.certificate, arguments.organisation};
    const auto empty = std::ranges::count(given, std::string());
    if (empty == 3) {
        return malformed(
            "argument_missing", "--case, --certificate or --organisation says of what", "--case");
    }
    if (empty < 2) {
        return malformed(
            "argument_conflict", "--case, --certificate and --organisation exclude each other", "");
    }
    if (!arguments.certificate.empty()) {
        return request;  // Its case is looked up when the store is open.
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

/// Errors: certificate_not_found, those of the store.
Result<CaseId> case_of(StoreReader& reader, const std::string& certificate) {
    const auto found = TRY(reader.find_certificate(certificate));
    if (!found) {
        return not_found(
            "certificate_not_found", "there is no certificate with this number", certificate);
    }
    return found->case_id;
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
    if (!arguments.certificate.empty()) {
        request.case_id = TRY(case_of(*reader, arguments.certificate));
    }
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
