#pragma once

#include <string>
#include <vector>

#include "api/command/console.h"

namespace guildmark::command {

struct CheckArguments {
    std::vector<std::string> paths;
    std::string library_folder;
    Output output = Output::text;
};

/// guildmark check: reads workflows (a folder or its .scxml), standards, evidence rules and
/// scenarios, told apart by their content, and reports every diagnostic. exit_invalid when there is
/// an error among them.
int run_check(const CheckArguments& arguments);

}  // namespace guildmark::command
