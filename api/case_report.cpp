#include "api/case_report.h"

#include <algorithm>
#include <cerrno>
#include <fstream>

#include <fmt/format.h>

#include "api/certificate_label.h"
#include "api/certificate_paper.h"
#include "api/register_report.h"
#include "engine/base/ensure.h"
#include "reports/file/temporary_report.h"
#include "reports/model/case_papers.h"
#include "reports/model/dossier.h"
#include "reports/model/programme.h"
#include "reports/model/progress.h"
#include "reports/pdf/report_pdf.h"
#include "reports/xlsx/progress_workbook.h"

namespace guildmark {
namespace {

constexpr std::size_t records_per_read = 512;

/// A report that was written to a file, read from the first byte to the last.
class ReportStream : public ByteStream {
public:
    explicit ReportStream(std::ifstream bytes) : bytes_(std::move(bytes)) {}

    Result<std::size_t> read(std::span<char> buffer) override {
        bytes_.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        if (bytes_.bad()) {
            return reports::report_failed(EIO, "reading it back", "");
        }
        return static_cast<std::size_t>(bytes_.gcount());
    }

private:
    std::ifstream bytes_;
};

/// All that the report is made from, owned.
struct Gathered {
    rows::CaseRows rows;
    std::shared_ptr<const workflow::Workflow> workflow;
    std::shared_ptr<const Standard> standard;
    std::map<OrganisationId, std::string> organisations;
    std::map<PersonId, std::string> people;
    std::vector<rows::OrganisationRows> parties;
    std::vector<Record> records;
};

Result<std::vector<Record>> all_records(StoreReader& reader, StreamId stream) {
    std::vector<Record> all;
    while (true) {
        const std::uint64_t last = all.empty() ? 0 : all.back().sequence;
        auto records = TRY(reader.records(stream, last, records_per_read));
        const bool at_end = records.size() < records_per_read;
        std::ranges::move(records, std::back_inserter(all));
        if (at_end) {
            return all;
        }
    }
}

Result<Gathered> gather(StoreReader& reader, const Library& library, CaseId id) {
    Gathered gathered;
    auto rows = TRY(reader.find_case_rows(id));
    if (!rows) {
        return not_found("case_not_found", "there is no such case", id.to_text());
    }
    gathered.rows = std::move(*rows);
    gathered.workflow = library.find_version(gathered.rows.summary.workflow_version);
    if (gathered.workflow == nullptr) {
        return corrupted("definition_missing",
                         "the case's version of its workflow is not in the store",
                         id.to_text());
    }
    gathered.standard = library.find_standard(gathered.rows.summary.standard);
    for (const rows::Party& party : gathered.rows.summary.parties) {
        if (auto organisation = TRY(reader.find_organisation_rows(party.organisation))) {
            gathered.organisations.emplace(party.organisation, organisation->summary.name);
            for (const rows::Member& member : organisation->members) {
                gathered.people.emplace(member.person, member.name);
            }
            gathered.parties.push_back(*std::move(organisation));
        }
    }
    gathered.records = TRY(all_records(reader, stream_of(id)));
    return gathered;
}

Result<reports::ProgressReport> build(StoreReader& reader,
                                      const Library& library,
                                      const CaseReportRequest& request) {
    const Gathered gathered = TRY(gather(reader, library, request.id));
    const reports::ProgressInput input{gathered.rows,
                                       gathered.standard.get(),
                                       *gathered.workflow,
                                       gathered.organisations,
                                       gathered.people,
                                       gathered.records,
                                       request.as_of};
    const reports::Messages messages = reports::messages_in(request.language);
    switch (request.paper) {
        case CasePaper::progress:
            return reports::build_progress_report(input, messages);
        case CasePaper::applicability:
            return reports::build_applicability_report(input, messages);
        case CasePaper::audit:
            return reports::build_audit_report(input, messages);
        case CasePaper::plan:
            return reports::build_plan_report(input, gathered.parties, messages);
        case CasePaper::programme:
            return reports::build_programme_report(input, messages);
        case CasePaper::dossier:
            return reports::build_dossier_report(input, gathered.parties, messages);
    }
    ENSURE(false, "a CasePaper outside its enumeration");
}

/// Of a report in a format that there is.
std::string media_type_of(const std::string& format) {
    return format == "pdf" ? "application/pdf"
           : is_report_format(format)
               ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
               : "application/xml";
}

}  // namespace

Result<std::string> report_language(const std::string& tag) {
    const std::string base = tag.substr(0, tag.find('-'));
    std::vector<std::string> known;
    for (const reports::MessageFile& file : reports::embedded_messages()) {
        if (file.language == tag || file.language == base) {
            return file.language;
        }
        known.push_back(file.language);
    }
    return malformed(
        "language_unknown",
        fmt::format(
            "there is no report in the language \"{}\"; there is {}", tag, fmt::join(known, ", ")),
        tag);
}

bool is_report_format(const std::string& name) {
    return name.empty() || name == "xlsx" || name == "pdf";
}

Result<ReportFormat> report_format(const std::string& name) {
    if (name.empty() || name == "xlsx") {
        return ReportFormat::workbook;
    }
    if (name == "pdf") {
        return ReportFormat::pdf;
    }
    return malformed("report_format_unknown",
                     fmt::format("there is no report as \"{}\"; there is xlsx, pdf", name),
                     "format");
}

Result<void> write_whole_report(const reports::ProgressReport& report,
                                ReportFormat format,
                                const std::string& path) {
    switch (format) {
        case ReportFormat::workbook:
            return reports::write_progress_report(report, path);
        case ReportFormat::pdf:
            return reports::write_report_file(TRY(reports::report_pdf(report)), path);
    }
    ENSURE(false, "a ReportFormat outside its enumeration");
}

Result<void> write_case_report(StoreReader& reader,
                               const Library& library,
                               const CaseReportRequest& request,
                               const std::string& path) {
    return write_whole_report(TRY(build(reader, library, request)), request.format, path);
}

Result<api::ReportFile> CaseReportWriter::write_report(StoreReader& reader,
                                                       const api::ReportQuery& query) {
    const ReportRequest request{query, clock_.now(), folders_.library};
    auto written = TRY(reports::open_temporary_report([&](const std::string& path) {
        return guildmark::write_report(reader, library_, request, path);
    }));
    api::ReportFile file;
    file.size_bytes = written.size_bytes;
    file.media_type = media_type_of(query.format);
    file.name = fmt::format(
        "{}-{}.{}",
        query.kind.empty() || query.kind == "progress" ? "case" : query.kind,
        query.case_id.is_none() ? query.organisation.to_text() : query.case_id.to_text(),
        query.format.empty()             ? "xlsx"
        : is_report_format(query.format) ? query.format
                                         : "xml");
    file.bytes = std::make_unique<ReportStream>(std::move(written.bytes));
    return file;
}

Result<std::string> CaseReportWriter::write_certificate(StoreReader& reader,
                                                        const std::string& number,
                                                        const std::string& language,
                                                        const std::string& origin) {
    return certificate_paper(
        reader, library_, {number, language, origin, folders_.data, Date::of(clock_.now())});
}

Result<std::string> CaseReportWriter::write_label(StoreReader& reader,
                                                  const api::LabelRequest& request) {
    return certificate_label(reader, library_, {request, folders_.library, Date::of(clock_.now())});
}

}  // namespace guildmark
