#include "api/command/report_command.h"

#include <fmt/format.h>

#include "adapters/system/system.h"
#include "api/case_report.h"
#include "api/installation.h"

namespace guildmark::command {
namespace {

Result<void> write(const ReportArguments& arguments) {
    const auto id = CaseId::parse(arguments.case_id);
    if (!id) {
        return malformed("id_malformed", "a case's id has 13 letters and digits", "case");
    }
    const Instant as_of =
        arguments.as_of.empty() ? SystemClock().now() : TRY(Instant::parse(arguments.as_of));
    TRY(report_language(arguments.language));
    TRY(find_journal(arguments.data_folder));
    auto installation = TRY(
        Installation::open({arguments.data_folder, arguments.library_folder, StoreAccess::read}));
    auto reader = TRY(installation->store().open_reader());
    return write_case_report(
        *reader, installation->library(), {*id, arguments.language, as_of}, arguments.out);
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
