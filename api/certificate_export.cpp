#include "api/certificate_export.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "api/issued_certificates.h"
#include "api/library_folder.h"
#include "reports/file/temporary_report.h"
#include "reports/model/status.h"

namespace guildmark {
namespace {

namespace fs = std::filesystem;

Result<const reports::ExportForm*> find_form(const std::vector<reports::ExportForm>& forms,
                                             const std::string& id) {
    const auto found = std::ranges::find(forms, id, &reports::ExportForm::id);
    if (found != forms.end()) {
        return &*found;
    }
    std::vector<std::string> known{"xlsx"};
    std::ranges::transform(forms, std::back_inserter(known), &reports::ExportForm::id);
    return malformed("report_format_unknown",
                     fmt::format("there is no register of certificates as \"{}\"; there is {}",
                                 id,
                                 fmt::join(known, ", ")),
                     "format");
}

/// How the certificate stood on the day; empty: it was not valid yet.
reports::ExportedCertificate exported(const IssuedCertificate& issued,
                                      const std::string& issuer,
                                      Date day) {
    const CertificateAct* last = last_act_by(issued.acts, day);
    if (last == nullptr) {
        return {};
    }
    const rows::Certificate& certificate = last->certificate;
    return {{"number", certificate.number},
            {"status", std::string(reports::to_text(status_on(certificate, day)))},
            {"standard", certificate.standard},
            {"scope", certificate.scope},
            {"valid-from", certificate.valid_from.to_text()},
            {"valid-until", certificate.valid_until.to_text()},
            {"first-granted", certificate.first_granted.to_text()},
            {"holder", issued.holder.name},
            {"holder-country", issued.holder.country},
            {"holder-region", issued.holder.region},
            {"issuer", issuer},
            {"last-act", last->action},
            {"last-act-on", Date::of(last->at).to_text()},
            {"as-of", day.to_text()}};
}

Result<void> write_rows(StoreReader& reader,
                        const ReportRequest& request,
                        const reports::ExportForm& form,
                        const std::string& issuer,
                        const std::string& path) {
    std::ofstream file(path, std::ios::binary);
    file << reports::export_head(form);
    const Date day = Date::of(request.as_of);
    TRY(visit_issued(
        reader, request.organisation, [&](const IssuedCertificate& issued) -> Result<void> {
            const reports::ExportedCertificate row = exported(issued, issuer, day);
            if (!row.empty()) {
                file << TRY(reports::export_row(form, row));
            }
            return {};
        }));
    file << reports::export_foot(form);
    file.close();
    return file.fail() ? Result<void>(reports::report_failed(errno, "writing it", path))
                       : Result<void>();
}

}  // namespace

Result<std::vector<reports::ExportForm>> load_export_forms(const std::string& folder) {
    std::vector<fs::path> files;
    std::error_code code;
    for (const auto& entry :
         fs::directory_iterator(fs::path(folder) / "standards" / "exports", code)) {
        if (entry.path().extension() == ".xml") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    std::vector<reports::ExportForm> forms;
    for (const fs::path& file : files) {
        Diagnostics diagnostics;
        const std::string bytes = TRY(read_file(file.string()));
        auto form = reports::read_export_form(bytes, file.filename().string(), diagnostics);
        if (!form) {
            return failed("export_form_malformed", diagnostics.to_text());
        }
        forms.push_back(std::move(*form));
    }
    return forms;
}

Result<void> write_certificate_export(StoreReader& reader,
                                      const ReportRequest& request,
                                      const std::string& path) {
    const auto forms = TRY(load_export_forms(request.library_folder));
    const reports::ExportForm* form = TRY(find_form(forms, request.format));
    const auto issuer = TRY(reader.find_organisation(request.organisation));
    if (!issuer) {
        return not_found("organisation_not_found",
                         "there is no such organisation",
                         request.organisation.to_text());
    }
    auto temporary = TRY(reports::TemporaryReport::make_beside(path, 0666));
    TRY(write_rows(reader, request, *form, issuer->name, temporary.path()));
    return temporary.publish(path);
}

}  // namespace guildmark
