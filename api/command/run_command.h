#pragma once

#include <string>
#include <vector>

#include "api/command/console.h"

namespace guildmark::command {

struct RunArguments {
    std::vector<std::string> scenarios;
    std::string report;     ///< Where the last case's report goes; empty: none is written.
    std::string coverage;   ///< Where the chart goes with what was reached; empty: nowhere.
    std::string kept_data;  ///< The data folder; empty: one that is removed afterwards.
    std::string library_folder;
    std::string language = "en";
    Output output = Output::text;
};

/// guildmark run: plays scenarios, each on real parts with a clock of its own, and prints the
/// certificates that came of it; then what all of them together have reached of the workflow's
/// chart, where that is asked. exit_invalid when a scenario cannot be read or an option does not
/// fit, exit_failed when a statement does not come out as it says.
int run_scenario(const RunArguments& arguments);

}  // namespace guildmark::command
