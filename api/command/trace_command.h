#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct TraceArguments {
    std::string data_folder;
    std::string case_id;
    Output output = Output::text;
};

/// guildmark trace: tells who did what in a case, when, in which state, and what it led to.
int run_trace(const TraceArguments& arguments);

}  // namespace guildmark::command
