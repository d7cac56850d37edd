#pragma once

#include "engine/ports/read_model.h"
#include "reports/messages/messages.h"
#include "reports/model/progress.h"

namespace guildmark::reports {

/// Who of an organisation is competent in what, as recorded, on the day of `as_of`: one row for
/// each member who was ever found competent in anything, one column for each area; and one row for
/// each record. Everything is only read.
[[nodiscard]] ProgressReport competence_matrix(const Messages& say,
                                               const rows::OrganisationRows& organisation,
                                               Instant as_of);

}  // namespace guildmark::reports
