#pragma once

#include <string>

#include "engine/base/result.h"
#include "reports/model/progress.h"

namespace guildmark::reports {

/// Writes the report as an Office Open XML workbook (ECMA-376), which Excel and LibreOffice open.
///
/// The file appears at `path` when it is whole, in the place of one that was there; until then a
/// temporary file stands beside it. The same report gives the same bytes. Texts are texts whatever
/// they begin with, so nothing in them is ever calculated; a text of more than 32,767 characters is
/// cut and ends with "[…]".
///
/// Errors: report_too_large (a table of more than 1,048,575 rows), report_failed.
[[nodiscard]] Result<void> write_progress_report(const ProgressReport& report,
                                                 const std::string& path);

}  // namespace guildmark::reports
