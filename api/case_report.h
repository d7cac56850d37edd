#pragma once

#include <string>

#include "api/services.h"
#include "engine/ports/store.h"
#include "engine/runtime/library.h"

namespace guildmark {

/// Which report is asked for.
struct CaseReportRequest {
    CaseId id;
    std::string language;
    Instant as_of;
};

/// The language of the report's own words for a BCP 47 tag, itself or its base ("zh" for "zh-TW").
/// Errors: language_unknown, with those that there are.
[[nodiscard]] Result<std::string> report_language(const std::string& tag);

/// The progress and gap report of a case as a workbook's bytes: gathered from the store, put
/// together by reports/model, written by reports/xlsx. Errors: case_not_found, definition_missing,
/// those of the store and of the workbook.
[[nodiscard]] Result<std::string> case_report_bytes(StoreReader& reader,
                                                    const Library& library,
                                                    const CaseReportRequest& request);

/// The same to a file, which appears when it is whole.
[[nodiscard]] Result<void> write_case_report(StoreReader& reader,
                                             const Library& library,
                                             const CaseReportRequest& request,
                                             const std::string& path);

/// The reports that the server hands out.
class CaseReportWriter : public api::ReportWriter {
public:
    CaseReportWriter(const Library& library, Clock& clock) : library_(library), clock_(clock) {}

    Result<api::ReportFile> write_case_report(StoreReader& reader,
                                              CaseId id,
                                              std::string_view language) override;

private:
    const Library& library_;
    Clock& clock_;
};

}  // namespace guildmark
