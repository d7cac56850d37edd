#include "api/command/label_command.h"

#include <fmt/format.h>

#include "adapters/system/system.h"
#include "api/certificate_label.h"
#include "api/certificate_paper.h"
#include "api/installation.h"
#include "reports/file/temporary_report.h"

namespace guildmark::command {
namespace {

Result<void> write(const LabelArguments& arguments) {
    const std::string language = TRY(certificate_language(arguments.language));
    const std::string format = arguments.out.substr(arguments.out.rfind('.') + 1);
    TRY(find_journal(arguments.data_folder));
    const auto installation = TRY(
        Installation::open({arguments.data_folder, arguments.library_folder, StoreAccess::read}));
    const auto reader = TRY(installation->store().open_reader());
    const CertificateLabelRequest request{
        {arguments.number, arguments.kind, format, language, arguments.public_origin},
        arguments.library_folder,
        Date::of(SystemClock().now())};
    const std::string bytes = TRY(certificate_label(*reader, installation->library(), request));
    return reports::write_report_file(bytes, arguments.out);
}

}  // namespace

int run_label(const LabelArguments& arguments) {
    const auto written = write(arguments);
    if (!written) {
        return report_error(written.error(), arguments.output);
    }
    if (arguments.output == Output::json) {
        Value value;
        value.set("label", arguments.out);
        print_json(value);
    } else {
        print(fmt::format("label written to {}", arguments.out));
    }
    return exit_done;
}

}  // namespace guildmark::command
