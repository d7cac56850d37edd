#pragma once

#include <string>

#include "engine/base/result.h"
#include "reports/model/certificate.h"

namespace guildmark::reports {

/// Draws the document on A4 as a PDF, fonts within. The first page has what the certificate says
/// and the code that leads to its status; sites and history follow on as many pages as they need.
/// The same document gives the same bytes where the same fonts are installed.
///
/// Errors: font_missing (a name has a character that no installed font has), picture_malformed (the
/// body's mark is no PNG), too_large (over limits::certificate_pages_max), drawing_failed.
[[nodiscard]] Result<std::string> certificate_pdf(const CertificateDocument& document);

}  // namespace guildmark::reports
