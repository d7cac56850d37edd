#pragma once

#include <vector>

#include "reports/model/audit_visits.h"
#include "reports/model/progress.h"

namespace guildmark::reports {

/// The audits of a certification over its cycle: when each may be held, for when it was planned,
/// who audits, what became of it, the months of the present cycle as a picture, the audit time
/// that was told beside the days that were held, and the nonconformities that the next audit looks
/// at (ISO/IEC 17021-1:2015, 9.1.3). Everything is by the workflow and the rows; what they do not
/// tell stays empty.
[[nodiscard]] ProgressReport build_programme_report(const ProgressInput& input,
                                                    const Messages& messages);

/// The months of the present cycle, one a column and at most 60, from the certificate's first or
/// the first audit's to the certificate's last; a row for the certificate and one for each audit
/// that falls into them. `titles` are those of the audits.
[[nodiscard]] Table programme_calendar(const Context& context,
                                       const std::vector<AuditVisit>& visits,
                                       const std::vector<std::string>& titles);

}  // namespace guildmark::reports
