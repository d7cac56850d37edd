#pragma once

#include <string>
#include <vector>

#include "api/command/console.h"

namespace guildmark::command {

/// As the HTTP interface's filters of cases: what is given must all be met.
struct SearchArguments {
    std::string data_folder;
    std::vector<std::string> states;
    std::vector<std::string> tasks;
    std::vector<std::string> roles;
    std::vector<std::string> organisations;  ///< Ids: one or two parties of the case.
    std::vector<std::string> values;         ///< NAME=VALUE
    std::string workflow;
    std::string status;  ///< "running", "paused", "failed", "finished"; empty: any.
    Output output = Output::text;
};

/// guildmark search: lists cases, newest first, a line each.
int run_search(const SearchArguments& arguments);

}  // namespace guildmark::command
