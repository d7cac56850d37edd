#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct RunArguments {
    std::string scenario;
    std::string report;     ///< Where the last case's report goes; empty: none is written.
    std::string kept_data;  ///< The data folder; empty: one that is removed afterwards.
    std::string library_folder;
    std::string language = "en";
    Output output = Output::text;
};

/// guildmark run: plays a scenario on real parts with a clock of its own, and prints the
/// certificate that came of it, if one did. exit_invalid when the scenario cannot be read,
/// exit_failed when a statement does not come out as it says.
int run_scenario(const RunArguments& arguments);

}  // namespace guildmark::command
