#pragma once

#include <functional>
#include <vector>

#include "engine/cases/certificate_history.h"
#include "engine/ports/store.h"

namespace guildmark {

/// A certificate with every act on it, at least one, and who holds it.
struct IssuedCertificate {
    const std::vector<CertificateAct>& acts;
    rows::Organisation holder;
};

/// Calls `visit` for each certificate that the organisation issued, by number. They are read page
/// by page, so that what is kept does not grow with them. Errors: those of the store, of
/// decode_case_event and of `visit`.
[[nodiscard]] Result<void> visit_issued(
    StoreReader& reader,
    OrganisationId issuer,
    const std::function<Result<void>(const IssuedCertificate& issued)>& visit);

}  // namespace guildmark
