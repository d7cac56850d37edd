#include "api/certificate_paper.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "api/library_folder.h"
#include "engine/base/limits.h"
#include "reports/model/certificate.h"
#include "reports/pdf/certificate_pdf.h"

namespace guildmark {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view issuers_file = "issuers.xml";

/// What the body puts on its certificates. Messages name no folder: anybody may read them.
struct Letterhead {
    reports::Issuer issuer;
    std::string mark;
};

Error issuer_missing(const std::string& name) {
    return conflict("certificate_issuer_missing",
                    fmt::format("{} does not tell the address and the mark of {}, which stand on "
                                "a certificate",
                                issuers_file,
                                name),
                    name);
}

Result<std::string> read_mark(const std::string& folder, const std::string& name) {
    const std::string path = folder + "/" + name;
    std::error_code code;
    const auto size = fs::file_size(path, code);
    if (code || size > limits::picture_bytes_max) {
        return failed("issuers_malformed",
                      fmt::format("the mark \"{}\" is not there, or is larger than {} bytes",
                                  name,
                                  limits::picture_bytes_max),
                      name);
    }
    return read_file(path);
}

Result<Letterhead> letterhead_of(const std::string& folder, const rows::Organisation& body) {
    const std::string path = fmt::format("{}/{}", folder, issuers_file);
    std::error_code code;
    if (!fs::exists(path, code)) {
        return issuer_missing(body.name);
    }
    Diagnostics diagnostics;
    const auto issuers =
        reports::read_issuers(TRY(read_file(path)), std::string(issuers_file), diagnostics);
    if (!issuers) {
        return failed("issuers_malformed", diagnostics.to_text());
    }
    const reports::Issuer* issuer = reports::find_issuer(*issuers, body);
    if (issuer == nullptr) {
        return issuer_missing(body.name);
    }
    std::string mark = TRY(read_mark(folder, issuer->mark));
    return Letterhead{*issuer, std::move(mark)};
}

Result<std::vector<rows::Task>> tasks_done(StoreReader& reader, CaseId id) {
    TaskFilter filter;
    filter.case_id = id;
    filter.status = rows::TaskStatus::done;
    std::vector<rows::Task> all;
    PageRequest page{{}, limits::page_size_max};
    while (true) {
        auto found = TRY(reader.tasks(filter, page));
        std::ranges::move(found.items, std::back_inserter(all));
        if (found.next.empty()) {
            return all;
        }
        page.after = found.next;
    }
}

Result<std::vector<reports::Site>> sites_of(StoreReader& reader,
                                            const Library& library,
                                            const rows::Certificate& certificate,
                                            const std::vector<CertificateAct>& acts) {
    const auto row = TRY(reader.find_case(certificate.case_id));
    const auto workflow = row ? library.find_version(row->workflow_version) : nullptr;
    if (workflow == nullptr) {
        return corrupted("definition_missing",
                         "the case's version of its workflow is not in the store",
                         certificate.number);
    }
    const auto tasks = TRY(tasks_done(reader, certificate.case_id));
    return reports::sites_told(*workflow, tasks, acts);
}

}  // namespace

Result<std::string> certificate_language(const std::string& tag) {
    const std::string base = tag.substr(0, tag.find('-'));
    std::vector<std::string> known;
    for (const reports::MessageFile& file : reports::embedded_certificate_messages()) {
        if (file.language == tag || file.language == base) {
            return file.language;
        }
        known.push_back(file.language);
    }
    return malformed("language_unknown",
                     fmt::format("there is no certificate in the language \"{}\"; there is {}",
                                 tag,
                                 fmt::join(known, ", ")),
                     tag);
}

Result<std::string> certificate_paper(StoreReader& reader,
                                      const Library& library,
                                      const CertificatePaperRequest& request) {
    const auto certificate = TRY(reader.find_certificate(request.number));
    if (!certificate) {
        return not_found("certificate_not_found",
                         "no certificate of this number was issued here",
                         request.number);
    }
    const auto holder = TRY(reader.find_organisation(certificate->holder));
    const auto body = TRY(reader.find_organisation(certificate->issuer));
    if (!holder || !body) {
        return corrupted("organisation_not_found",
                         "an organisation that the certificate names is not in the store",
                         request.number);
    }
    const Letterhead letterhead = TRY(letterhead_of(request.data_folder, *body));
    const auto acts = TRY(acts_on_certificate(
        certificate->number, TRY(reader.certificate_acts_of(certificate->case_id))));
    const auto standard = library.find_standard(certificate->standard);
    auto sites = TRY(sites_of(reader, library, *certificate, acts));
    const reports::CertificateInput input{*certificate,
                                          acts,
                                          *holder,
                                          *body,
                                          standard.get(),
                                          letterhead.issuer,
                                          letterhead.mark,
                                          std::move(sites),
                                          request.origin,
                                          request.as_of};
    return reports::certificate_pdf(reports::build_certificate_document(
        input, reports::certificate_messages_in(request.language)));
}

}  // namespace guildmark
