#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct DrawArguments {
    std::string data_folder;
    std::string library_folder;
    std::string path;  ///< A workflow's folder, a file in it, or a plain SCXML document; or empty.
    std::string case_id;  ///< Empty, or the case whose states are marked.
    std::string out;      ///< Empty: standard output.
    std::string language = "en";
};

/// guildmark draw: writes a chart as SVG. Without a path, that of the case.
int run_draw(const DrawArguments& arguments);

}  // namespace guildmark::command
