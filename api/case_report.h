#pragma once

#include <string>

#include "api/services.h"
#include "engine/ports/store.h"
#include "engine/runtime/library.h"
#include "reports/model/progress.h"

namespace guildmark {

/// Reports that show the whole of one case.
enum class CasePaper { progress, applicability, audit, plan, programme, dossier };

/// What a report is written as.
enum class ReportFormat { workbook, pdf };

/// Whether it is one that report_format knows.
[[nodiscard]] bool is_report_format(const std::string& name);

/// "xlsx" or "pdf"; empty: "xlsx". Errors: report_format_unknown.
[[nodiscard]] Result<ReportFormat> report_format(const std::string& name);

/// Writes a report that is put together to a file, which appears when it is whole.
/// Errors: report_too_large, drawing_failed, report_failed.
[[nodiscard]] Result<void> write_whole_report(const reports::ProgressReport& report,
                                              ReportFormat format,
                                              const std::string& path);

/// Which report is asked for.
struct CaseReportRequest {
    CaseId id;
    std::string language;
    Instant as_of;
    CasePaper paper = CasePaper::progress;
    ReportFormat format = ReportFormat::workbook;
};

/// The language of the report's own words for a BCP 47 tag, itself or its base ("zh" for "zh-TW").
/// Errors: language_unknown, with those that there are.
[[nodiscard]] Result<std::string> report_language(const std::string& tag);

/// Writes a report of a case, by default the one on progress and gaps, to a file, which appears
/// when it is whole: gathered from the store, put together by reports/model.
/// Errors: case_not_found, definition_missing, those of the store and of write_whole_report.
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
