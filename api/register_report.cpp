#include "api/register_report.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "api/case_report.h"
#include "api/certificate_export.h"
#include "api/issued_certificates.h"
#include "engine/base/limits.h"
#include "engine/cases/certificate_history.h"
#include "reports/model/certificate_register.h"
#include "reports/model/competence_matrix.h"
#include "reports/model/nonconformities.h"
#include "reports/xlsx/progress_workbook.h"
#include "reports/xlsx/streamed_workbook.h"

namespace guildmark {
namespace {

constexpr std::size_t records_per_page = 512;
constexpr std::size_t organisations_kept_max = 256;

/// Names of organisations and their people, of which no more than some are kept.
class PartyNames {
public:
    /// Looks the parties of a case up. Errors: those of the store.
    Result<void> take(StoreReader& reader, const std::vector<rows::Party>& parties) {
        if (organisations_.size() > organisations_kept_max) {
            organisations_.clear();
            people_.clear();
        }
        for (const rows::Party& party : parties) {
            if (organisations_.contains(party.organisation)) {
                continue;
            }
            const auto found = TRY(reader.find_organisation_rows(party.organisation));
            if (found) {
                organisations_.emplace(party.organisation, found->summary.name);
                for (const rows::Member& member : found->members) {
                    people_.emplace(member.person, member.name);
                }
            }
        }
        return {};
    }

    [[nodiscard]] const std::map<OrganisationId, std::string>& organisations() const {
        return organisations_;
    }

    [[nodiscard]] const std::map<PersonId, std::string>& people() const { return people_; }

private:
    std::map<OrganisationId, std::string> organisations_;
    std::map<PersonId, std::string> people_;
};

/// The records of a case that say something of findings.
Result<std::vector<Record>> finding_records(StoreReader& reader, CaseId id) {
    std::vector<Record> kept;
    std::uint64_t last = 0;
    while (true) {
        auto records = TRY(reader.records(stream_of(id), last, records_per_page));
        for (Record& record : records) {
            last = record.sequence;
            if (record.kind.starts_with("finding_") || record.kind == "response_judged") {
                kept.push_back(std::move(record));
            }
        }
        if (records.size() < records_per_page) {
            return kept;
        }
    }
}

Result<void> add_case(StoreReader& reader,
                      const rows::Case& summary,
                      PartyNames& names,
                      reports::NonconformityRegister& list,
                      const reports::RowSink& sink) {
    const auto findings = TRY(reader.findings(summary.id));
    if (findings.empty()) {
        return {};
    }
    TRY(names.take(reader, summary.parties));
    const auto records = TRY(finding_records(reader, summary.id));
    return list.add({summary, findings, records, names.organisations(), names.people()}, sink);
}

Result<void> write_of_case(StoreReader& reader,
                           const ReportRequest& request,
                           const std::string& path) {
    const reports::Messages say = reports::messages_in(request.language);
    const auto summary = TRY(reader.find_case(request.case_id));
    if (!summary) {
        return not_found("case_not_found", "there is no such case", request.case_id.to_text());
    }
    PartyNames names;
    TRY(names.take(reader, summary->parties));
    std::vector<reports::Fact> cover;
    for (const rows::Party& party : summary->parties) {
        const auto name = names.organisations().find(party.organisation);
        if (name != names.organisations().end()) {
            cover.push_back({say.text("cover", party.party), name->second});
        }
    }
    cover.push_back({say.text("cover.standard"), summary->standard});
    cover.push_back({say.text("cover.title"), summary->title});
    cover.push_back({say.text("cover.id"), summary->id.to_text()});
    cover.push_back({say.text("cover.as_of"), reports::Value(request.as_of)});
    reports::NonconformityRegister list(say, request.as_of);
    const auto source = [&](reports::ProgressReport& report,
                            const reports::RowSink& sink) -> Result<void> {
        TRY(add_case(reader, *summary, names, list, sink));
        list.summarize(report);
        return {};
    };
    return reports::write_streamed_report(
        list.begin(summary->title, std::move(cover)), source, reports::Extent::small, path);
}

Result<void> write_of_organisation(StoreReader& reader,
                                   const ReportRequest& request,
                                   const std::string& path) {
    const reports::Messages say = reports::messages_in(request.language);
    const auto organisation = TRY(reader.find_organisation(request.organisation));
    if (!organisation) {
        return not_found("organisation_not_found",
                         "there is no such organisation",
                         request.organisation.to_text());
    }
    CaseFilter filter;
    filter.organisation = request.organisation;
    std::vector<reports::Fact> cover{{say.text("register.cases"), organisation->name},
                                     {say.text("cover.as_of"), reports::Value(request.as_of)}};
    reports::NonconformityRegister list(say, request.as_of);
    const auto source = [&](reports::ProgressReport& report,
                            const reports::RowSink& sink) -> Result<void> {
        PartyNames names;
        std::uint64_t cases = 0;
        PageRequest page{"", limits::page_size_max};
        do {
            const auto found = TRY(reader.cases(filter, page));
            for (const rows::Case& summary : found.items) {
                TRY(add_case(reader, summary, names, list, sink));
            }
            cases += found.items.size();
            page.after = found.next;
        } while (!page.after.empty());
        report.cover.push_back({say.text("register.count"), std::to_string(cases)});
        list.summarize(report);
        return {};
    };
    return reports::write_streamed_report(
        list.begin(organisation->name, std::move(cover)), source, reports::Extent::unbounded, path);
}

constexpr std::array papers{
    std::pair<std::string_view, CasePaper>{"plan", CasePaper::plan},
    std::pair<std::string_view, CasePaper>{"programme", CasePaper::programme},
    std::pair<std::string_view, CasePaper>{"", CasePaper::progress},
    std::pair<std::string_view, CasePaper>{"progress", CasePaper::progress},
    std::pair<std::string_view, CasePaper>{"applicability", CasePaper::applicability},
    std::pair<std::string_view, CasePaper>{"audit", CasePaper::audit},
    std::pair<std::string_view, CasePaper>{"dossier", CasePaper::dossier}};

const CasePaper* find_paper(std::string_view kind) {
    const auto found =
        std::ranges::find(papers, kind, &std::pair<std::string_view, CasePaper>::first);
    return found == papers.end() ? nullptr : &found->second;
}

}  // namespace

Result<void> write_nonconformities(StoreReader& reader,
                                   const ReportRequest& request,
                                   const std::string& path) {
    return request.case_id.is_none() ? write_of_organisation(reader, request, path)
                                     : write_of_case(reader, request, path);
}

Result<void> write_certificates(StoreReader& reader,
                                const ReportRequest& request,
                                const std::string& path) {
    const reports::Messages say = reports::messages_in(request.language);
    const auto issuer = TRY(reader.find_organisation(request.organisation));
    if (!issuer) {
        return not_found("organisation_not_found",
                         "there is no such organisation",
                         request.organisation.to_text());
    }
    std::vector<reports::Fact> cover{{say.text("certificates.issued_by"), issuer->name},
                                     {say.text("cover.as_of"), reports::Value(request.as_of)}};
    reports::CertificateRegister list(say, request.as_of);
    const auto source = [&](reports::ProgressReport& report,
                            const reports::RowSink& sink) -> Result<void> {
        TRY(visit_issued(
            reader, request.organisation, [&](const IssuedCertificate& issued) -> Result<void> {
                return list.add({issued.acts, issued.holder.name, issued.holder.country}, sink);
            }));
        list.summarize(report);
        return {};
    };
    return reports::write_streamed_report(
        list.begin(issuer->name, std::move(cover)), source, reports::Extent::unbounded, path);
}

Result<void> write_competences(StoreReader& reader,
                               const ReportRequest& request,
                               const std::string& path) {
    const auto organisation = TRY(reader.find_organisation_rows(request.organisation));
    if (!organisation) {
        return not_found("organisation_not_found",
                         "there is no such organisation",
                         request.organisation.to_text());
    }
    const reports::Messages say = reports::messages_in(request.language);
    return write_whole_report(reports::competence_matrix(say, *organisation, request.as_of),
                              TRY(report_format(request.format)),
                              path);
}

Result<void> write_report(StoreReader& reader,
                          const Library& library,
                          const ReportRequest& request,
                          const std::string& path) {
    const bool of_case = !request.case_id.is_none();
    if (!of_case && request.kind == "certificates" && !is_report_format(request.format)) {
        return write_certificate_export(reader, request, path);
    }
    const ReportFormat format = TRY(report_format(request.format));
    const CasePaper* paper = of_case ? find_paper(request.kind) : nullptr;
    if (paper != nullptr) {
        const CaseReportRequest whole{
            request.case_id, request.language, request.as_of, *paper, format};
        return write_case_report(reader, library, whole, path);
    }
    if (!of_case && request.kind == "competence") {
        return write_competences(reader, request, path);
    }
    const bool is_register =
        request.kind == "nonconformities" || (!of_case && request.kind == "certificates");
    if (is_register && format == ReportFormat::pdf) {
        return malformed(
            "report_format_refused",
            fmt::format("the register \"{}\" is a workbook: it may have more rows than "
                        "paper has room for",
                        request.kind),
            "format");
    }
    if (request.kind == "nonconformities") {
        return write_nonconformities(reader, request, path);
    }
    if (!of_case && request.kind == "certificates") {
        return write_certificates(reader, request, path);
    }
    return malformed(
        "report_kind_unknown",
        fmt::format(
            "there is no report \"{}\" of {}; there is {}",
            request.kind,
            of_case ? "a case" : "an organisation",
            of_case ? "progress, plan, programme, applicability, audit, dossier, nonconformities"
                    : "nonconformities, certificates, competence"),
        "kind");
}

}  // namespace guildmark
