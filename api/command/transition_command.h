#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct TransitionArguments {
    std::string library_folder;
    std::string standard;  ///< Its id, or the key of one edition.
    std::string on;        ///< A date.
    Output output = Output::text;
};

/// guildmark transition: what may be done to each edition of a standard on a day, and until when,
/// with the source of each date and what is doubtful about it.
/// Errors, in order: date_malformed, date_invalid, library_not_found, standard_not_found.
int run_transition(const TransitionArguments& arguments);

}  // namespace guildmark::command
