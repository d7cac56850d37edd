#pragma once

#include <functional>
#include <string>

#include "engine/base/result.h"
#include "reports/model/progress.h"

namespace guildmark::reports {

/// How many rows a report may come to: so few that the workbook is held in memory, where charts
/// bring their numbers along, or so many that rows go to the disk one by one.
enum class Extent { small, unbounded };

/// Gives all rows of a report's tables to the sink, in their order within each table, and fills in
/// the report's summary when the last was given. Errors: its own and those of the sink.
using RowSource = std::function<Result<void>(ProgressReport& report, const RowSink& sink)>;

/// Writes a report whose rows are made while it is written, otherwise as write_progress_report: the
/// tables of `report` have columns and no rows. With Extent::unbounded no more than one row of each
/// is in memory.
///
/// Errors: report_too_large (a table of more than 1,048,575 rows), those of `source`,
/// report_failed; no file appears then.
[[nodiscard]] Result<void> write_streamed_report(ProgressReport report,
                                                 const RowSource& source,
                                                 Extent extent,
                                                 const std::string& path);

}  // namespace guildmark::reports
