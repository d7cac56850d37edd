#pragma once

#include <string>
#include <vector>

#include "api/register_report.h"
#include "reports/exchange/export_form.h"

namespace guildmark {

/// The forms of export in standards/exports of the library, by file name.
/// Errors: those of read_file, export_form_malformed.
[[nodiscard]] Result<std::vector<reports::ExportForm>> load_export_forms(const std::string& folder);

/// Writes the certificates that the organisation issued, by number, as they stood on the day of
/// `request.as_of`, in the form that `request.format` names, to a file, which appears when it is
/// whole. Errors: report_format_unknown, organisation_not_found, those of load_export_forms, of
/// visit_issued and of export_row, report_failed.
[[nodiscard]] Result<void> write_certificate_export(StoreReader& reader,
                                                    const ReportRequest& request,
                                                    const std::string& path);

}  // namespace guildmark
