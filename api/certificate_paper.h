#pragma once

#include <string>

#include "engine/base/date.h"
#include "engine/ports/store.h"
#include "engine/runtime/library.h"

namespace guildmark {

/// Which certificate is put on paper, and how.
struct CertificatePaperRequest {
    std::string number;
    std::string language;     ///< Of those that certificates have; else English is taken.
    std::string origin;       ///< "https://guildmark.example"; empty: no code leads to the status.
    std::string data_folder;  ///< Holds issuers.xml and the marks that it names.
    Date as_of;
};

/// The language of a certificate's own words for a BCP 47 tag, itself or its base.
/// Errors: language_unknown, with those that there are.
[[nodiscard]] Result<std::string> certificate_language(const std::string& tag);

/// A certificate's document as a PDF: gathered from the store, put together by reports/model, drawn
/// by reports/pdf. Errors, in order: certificate_not_found, issuers_malformed,
/// certificate_issuer_missing (issuers.xml tells nothing of the body), definition_missing, those of
/// reports::sites_told and reports::certificate_pdf; those of the store.
[[nodiscard]] Result<std::string> certificate_paper(StoreReader& reader,
                                                    const Library& library,
                                                    const CertificatePaperRequest& request);

}  // namespace guildmark
