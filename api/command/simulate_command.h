#pragma once

#include <cstdint>
#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct SimulateArguments {
    std::string workflow;  ///< Its id, or the folder that it lies in.
    std::string library_folder;
    std::string assumptions;  ///< Empty: simulation.xml in the workflow's folder, if it is there.
    std::string cases = "1000";
    std::string seed = "1";
    std::string out;  ///< The workbook; empty: none.
    std::string language = "en";
    Output output = Output::text;
};

/// guildmark simulate: walks cases through the engine by assumptions, and tells how long they take,
/// where they wait, and who has how much to do.
int run_simulate(const SimulateArguments& arguments);

}  // namespace guildmark::command
