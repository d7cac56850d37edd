#pragma once

#include <string>

#include "api/services.h"
#include "engine/ports/store.h"
#include "engine/runtime/library.h"

namespace guildmark {

/// Which report is asked for, as of when.
struct ReportRequest : api::ReportQuery {
    Instant as_of;
    std::string library_folder;  ///< Where forms of export are, which certificates may be told in.
};

/// Writes the report of any kind to a file, which appears when it is whole. Errors:
/// report_format_unknown, report_kind_unknown, report_format_refused (a register as a PDF: it may
/// have any number of rows), case_not_found, organisation_not_found, definition_missing, those of
/// the store, report_too_large, report_failed.
[[nodiscard]] Result<void> write_report(StoreReader& reader,
                                        const Library& library,
                                        const ReportRequest& request,
                                        const std::string& path);

/// Writes the register of nonconformities to a file, which appears when it is whole: of one case,
/// or of every case in which the organisation takes part, the newest first. Cases are read page by
/// page, so that what is kept does not grow with them.
///
/// Errors: case_not_found, organisation_not_found, those of the store, report_too_large,
/// report_failed.
[[nodiscard]] Result<void> write_nonconformities(StoreReader& reader,
                                                 const ReportRequest& request,
                                                 const std::string& path);

/// Writes the register of the certificates that the organisation issued, by number, as they stood
/// on the day of `request.as_of`; likewise. Errors: organisation_not_found, those of
/// decode_case_event, of the store, report_too_large, report_failed.
[[nodiscard]] Result<void> write_certificates(StoreReader& reader,
                                              const ReportRequest& request,
                                              const std::string& path);

/// Writes who of the organisation is competent in what, likewise. Errors: organisation_not_found,
/// those of the store, report_too_large, report_failed.
[[nodiscard]] Result<void> write_competences(StoreReader& reader,
                                             const ReportRequest& request,
                                             const std::string& path);

}  // namespace guildmark
