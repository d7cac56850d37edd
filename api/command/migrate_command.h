#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct MigrateArguments {
    std::string data_folder;
    std::string library_folder;
    std::string plan;
    bool is_dry_run = false;
    Output output = Output::text;
};

/// guildmark migrate: lets running cases go on under the version of their workflow that is loaded,
/// or tells what would become of each. exit_failed when a case was refused, exit_invalid when the
/// plan is wrong.
int run_migrate(const MigrateArguments& arguments);

}  // namespace guildmark::command
