#pragma once

#include <string>

#include "engine/base/result.h"
#include "reports/model/progress.h"

namespace guildmark::reports {

/// Draws the report on A4, lying, as a PDF, fonts within: what its cover says, the summary and each
/// table, whose titles stand on each page again; columns to be filled in by hand have room. Charts
/// are left out: they count what the tables show. What no installed font has is drawn as a box with
/// its number. The same report gives the same bytes where the same fonts are installed.
///
/// Errors: drawing_failed.
[[nodiscard]] Result<std::string> report_pdf(const ProgressReport& report);

}  // namespace guildmark::reports
