#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct StoreArguments {
    std::string data_folder;
    std::string case_id;  ///< replay only; empty: every case, in a line each.
    Output output = Output::text;
};

/// guildmark verify: checks chains, positions and read models. exit_damaged names the first fault.
int run_verify(const StoreArguments& arguments);

/// guildmark rebuild: writes every read model anew from the journal.
int run_rebuild(const StoreArguments& arguments);

/// guildmark replay: tells what happened, record by record, from the journal alone.
int run_replay(const StoreArguments& arguments);

}  // namespace guildmark::command
