#include "api/certificate_label.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "api/library_folder.h"
#include "engine/cases/certificate_history.h"
#include "reports/label/label.h"
#include "reports/messages/messages.h"
#include "reports/model/certificate.h"

namespace guildmark {
namespace {

namespace fs = std::filesystem;

/// The organisations of the certificate's case, by the parts that they take.
struct Parties {
    std::vector<std::string> names;
    rows::Organisation holder;
    std::string issuer;
    std::string group;
};

Result<std::string> name_of(StoreReader& reader, OrganisationId id) {
    const auto row = TRY(reader.find_organisation(id));
    return row ? row->name : std::string();
}

Result<Parties> parties_of(StoreReader& reader, const rows::Certificate& certificate) {
    Parties parties;
    parties.holder =
        TRY(reader.find_organisation(certificate.holder)).value_or(rows::Organisation());
    parties.issuer = TRY(name_of(reader, certificate.issuer));
    if (const auto row = TRY(reader.find_case(certificate.case_id))) {
        for (const rows::Party& party : row->parties) {
            parties.names.push_back(party.party);
            if (party.party == "group") {
                parties.group = TRY(name_of(reader, party.organisation));
            }
        }
    }
    return parties;
}

Result<const reports::LabelKind*> find_kind(const std::vector<reports::LabelKind>& kinds,
                                            const std::string& id) {
    const auto found = std::ranges::find(kinds, id, &reports::LabelKind::id);
    if (found != kinds.end()) {
        return &*found;
    }
    std::vector<std::string> known;
    std::ranges::transform(kinds, std::back_inserter(known), &reports::LabelKind::id);
    return not_found(
        "label_kind_unknown",
        fmt::format("there is no kind of label \"{}\"; there is {}", id, fmt::join(known, ", ")),
        id);
}

Result<std::string> draw(const CertificateLabelRequest& request,
                         const reports::LabelKind& kind,
                         const rows::Certificate& certificate,
                         const Parties& parties,
                         const std::string& standard) {
    if (request.label.origin.empty()) {
        return conflict("public_origin_missing",
                        "a label is checked by its code, and this server was not told its public "
                        "address",
                        "public-origin");
    }
    const std::string& language = request.label.language;
    reports::LabelContent content;
    content.language = language;
    content.name_language = reports::language_of_country(parties.holder.country, language);
    content.title = fmt::format("{}: {}", certificate.number, kind.title.in(language));
    content.text = reports::filled(kind.text.in(language),
                                   {{"holder", parties.holder.name},
                                    {"issuer", parties.issuer},
                                    {"group", parties.group},
                                    {"scope", certificate.scope},
                                    {"standard", standard}});
    content.number = certificate.number;
    content.page = fmt::format("{}/c/{}", request.label.origin, certificate.number);
    return reports::draw_label(
        content,
        request.label.format == "png" ? reports::LabelFormat::png : reports::LabelFormat::svg);
}

}  // namespace

Result<std::vector<reports::LabelKind>> load_label_kinds(const std::string& folder) {
    std::vector<fs::path> files;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "labels", code)) {
        if (entry.path().extension() == ".xml") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    std::vector<reports::LabelKind> kinds;
    for (const fs::path& file : files) {
        Diagnostics diagnostics;
        auto kind = reports::read_label_kind(
            TRY(read_file(file.string())), file.filename().string(), diagnostics);
        if (!kind) {
            return failed("label_kind_malformed", diagnostics.to_text());
        }
        kinds.push_back(std::move(*kind));
    }
    return kinds;
}

Result<std::string> certificate_label(StoreReader& reader,
                                      const Library& library,
                                      const CertificateLabelRequest& request) {
    if (request.label.format != "svg" && request.label.format != "png") {
        return malformed("label_format_unknown", "a label is drawn as svg or png", "format");
    }
    const auto certificate = TRY(reader.find_certificate(request.label.number));
    if (!certificate) {
        return not_found("certificate_not_found",
                         "no certificate of this number was issued here",
                         request.label.number);
    }
    if (status_on(*certificate, request.as_of) != rows::CertificateStatus::active) {
        return conflict("certificate_not_active",
                        "a label says that the certificate counts, and it does not at present",
                        certificate->number);
    }
    const auto kinds = TRY(load_label_kinds(request.library_folder));
    const reports::LabelKind* const kind = TRY(find_kind(kinds, request.label.kind));
    const auto standard = library.find_standard(certificate->standard);
    const std::string certifies = standard == nullptr ? std::string() : standard->certifies;
    const Parties parties = TRY(parties_of(reader, *certificate));
    if (!reports::fits(*kind, certifies, parties.names)) {
        return reports::does_not_fit(
            *kind, kinds, certifies, parties.names, request.label.language);
    }
    return draw(request,
                *kind,
                *certificate,
                parties,
                standard == nullptr ? certificate->standard : standard->designation);
}

}  // namespace guildmark
