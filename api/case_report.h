#pragma once

#include <string>

#include "api/services.h"
#include "engine/ports/store.h"
#include "engine/runtime/library.h"

namespace guildmark {

/// Reports that show the whole of one case.
enum class CasePaper { progress, applicability, audit, plan };

/// Which report is asked for.
struct CaseReportRequest {
    CaseId id;
    std::string language;
    Instant as_of;
    CasePaper paper = CasePaper::progress;
};

/// The language of the report's own words for a BCP 47 tag, itself or its base ("zh" for "zh-TW").
/// Errors: language_unknown, with those that there are.
[[nodiscard]] Result<std::string> report_language(const std::string& tag);

/// Writes a report of a case, by default the one on progress and gaps, to a file, which appears
/// when it is whole: gathered from the store, put together by reports/model, written by
/// reports/xlsx. Errors: case_not_found, definition_missing, those of the store and of the
/// workbook.
[[nodiscard]] Result<void> write_case_report(StoreReader& reader,
                                             const Library& library,
                                             const CaseReportRequest& request,
                                             const std::string& path);

/// The reports that the server hands out.
class CaseReportWriter : public api::ReportWriter {
public:
    /// The folders of the installation: what bodies put on their certificates, kinds of labels.
    struct Folders {
        std::string data;
        std::string library;
    };

    CaseReportWriter(const Library& library, Clock& clock, Folders folders)
        : library_(library), clock_(clock), folders_(std::move(folders)) {}

    Result<api::ReportFile> write_report(StoreReader& reader,
                                         const api::ReportQuery& query) override;
    Result<std::string> write_certificate(StoreReader& reader,
                                          const std::string& number,
                                          const std::string& language,
                                          const std::string& origin) override;
    Result<std::string> write_label(StoreReader& reader, const api::LabelRequest& request) override;

private:
    const Library& library_;
    Clock& clock_;
    Folders folders_;
};

}  // namespace guildmark
