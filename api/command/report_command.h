#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct ReportArguments {
    std::string data_folder;
    std::string library_folder;
    std::string case_id;
    std::string out;
    std::string language = "en";
    std::string as_of;  ///< A point in time; empty: now.
    Output output = Output::text;
};

/// guildmark report: writes a case's progress and gap report as a workbook.
int run_report(const ReportArguments& arguments);

}  // namespace guildmark::command
