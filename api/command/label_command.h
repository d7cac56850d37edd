#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct LabelArguments {
    std::string data_folder;
    std::string library_folder;
    std::string number;
    std::string kind;
    std::string out;  ///< Ends with .svg or .png.
    std::string public_origin;
    std::string language = "en";
    Output output = Output::text;
};

/// guildmark label: draws a label that a certificate carries.
int run_label(const LabelArguments& arguments);

}  // namespace guildmark::command
