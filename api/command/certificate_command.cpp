#include "api/command/certificate_command.h"

#include <fmt/format.h>

#include "adapters/system/system.h"
#include "api/certificate_paper.h"
#include "api/installation.h"
#include "reports/file/temporary_report.h"

namespace guildmark::command {
namespace {

Result<void> write(const CertificateArguments& arguments) {
    const std::string language = TRY(certificate_language(arguments.language));
    TRY(find_journal(arguments.data_folder));
    const auto installation = TRY(
        Installation::open({arguments.data_folder, arguments.library_folder, StoreAccess::read}));
    const auto reader = TRY(installation->store().open_reader());
    const std::string bytes = TRY(certificate_paper(*reader,
                                                    installation->library(),
                                                    {arguments.number,
                                                     language,
                                                     arguments.public_origin,
                                                     arguments.data_folder,
                                                     Date::of(SystemClock().now())}));
    return reports::write_report_file(bytes, arguments.out);
}

}  // namespace

int run_certificate(const CertificateArguments& arguments) {
    const auto written = write(arguments);
    if (!written) {
        return report_error(written.error(), arguments.output);
    }
    if (arguments.output == Output::json) {
        Value value;
        value.set("certificate", arguments.out);
        print_json(value);
    } else {
        print(fmt::format("certificate written to {}", arguments.out));
    }
    return exit_done;
}

}  // namespace guildmark::command
