#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct SizeClassArguments {
    std::string library_folder;
    std::string rule;
    std::string headcount;      ///< Of the whole undertaking, in work units of a year.
    std::string turnover;       ///< "2000000 EUR"; empty: not known.
    std::string balance_sheet;  ///< As turnover.
    std::string language = "en";
    Output output = Output::text;
};

/// guildmark size-class: how large an enterprise is, by a rule of the library.
int run_size_class(const SizeClassArguments& arguments);

}  // namespace guildmark::command
