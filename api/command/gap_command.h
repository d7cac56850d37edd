#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct GapArguments {
    std::string library_folder;
    std::string data_folder;
    std::string from;     ///< A standard's key: what is there. Empty: that of the case.
    std::string to;       ///< A standard's key: what is wanted.
    std::string case_id;  ///< Count the documents that it has; empty: of no case.
    std::string language = "en";
    Output output = Output::text;
};

/// guildmark gap: how far a second standard is met by having the first, requirement by requirement.
/// Errors, in order: argument_missing (neither --from nor --case), id_malformed, case_not_found and
/// those of the store, standard_not_found, crosswalk_not_found.
int run_gap(const GapArguments& arguments);

}  // namespace guildmark::command
