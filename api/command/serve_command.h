#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct ServeArguments {
    std::string data_folder;
    std::string library_folder;
    std::string listen = "127.0.0.1:8080";
    std::string public_origin;
    std::string web_root;  ///< A folder with the pages; empty: those that the program carries.
    bool demo = false;
    Output output = Output::text;
};

/// guildmark demo: plays the demo into an empty data folder and prints a link for each persona.
int run_demo(const ServeArguments& arguments);

/// guildmark serve: serves until SIGINT or SIGTERM, then finishes what runs and ends.
int run_serve(const ServeArguments& arguments);

}  // namespace guildmark::command
