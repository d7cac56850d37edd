#include "api/issued_certificates.h"

#include "engine/base/limits.h"

namespace guildmark {

Result<void> visit_issued(
    StoreReader& reader,
    OrganisationId issuer,
    const std::function<Result<void>(const IssuedCertificate& issued)>& visit) {
    PageRequest page{"", limits::page_size_max};
    do {
        const auto found = TRY(reader.certificates({}, page));
        for (const rows::Certificate& certificate : found.items) {
            if (certificate.issuer != issuer) {
                continue;
            }
            const auto records = TRY(reader.certificate_acts_of(certificate.case_id));
            const auto acts = TRY(acts_on_certificate(certificate.number, records));
            if (!acts.empty()) {
                auto holder = TRY(reader.find_organisation(certificate.holder));
                const IssuedCertificate issued{acts, holder.value_or(rows::Organisation())};
                TRY(visit(issued));
            }
        }
        page.after = found.next;
    } while (!page.after.empty());
    return {};
}

}  // namespace guildmark
