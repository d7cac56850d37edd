#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct ReportArguments {
    std::string data_folder;
    std::string library_folder;
    std::string kind = "progress";
    std::string case_id;       ///< One of these three is given.
    std::string certificate;   ///< The number of one that was issued in the case.
    std::string organisation;  ///< Whose cases the report is over.
    std::string out;
    std::string format;  ///< "xlsx" or "pdf"; empty: as the file's name ends, else "xlsx".
    std::string language = "en";
    std::string as_of;  ///< A point in time; empty: now.
    Output output = Output::text;
};

/// guildmark report: writes a report on a case or on an organisation's cases as a workbook or PDF.
int run_report(const ReportArguments& arguments);

}  // namespace guildmark::command
