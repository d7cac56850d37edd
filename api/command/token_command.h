#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct TokenArguments {
    std::string data_folder;
    std::string library_folder;
    std::string organisation;
    std::string person;
    std::string token;  ///< revoke: its id.
    std::string label;
    std::string expires;  ///< make: a date; empty: never.
    Output output = Output::text;
};

/// guildmark token list: organisations, their members and tokens, with the ids that make takes.
int run_token_list(const TokenArguments& arguments);

/// guildmark token make: prints the token once; only its hash is kept.
int run_token_make(const TokenArguments& arguments);

/// guildmark token revoke: it signs nobody in any more.
int run_token_revoke(const TokenArguments& arguments);

/// guildmark token bootstrap: the first organisation of kind operator, its administrator, and a
/// token, for an installation that has none.
int run_token_bootstrap(const TokenArguments& arguments);

}  // namespace guildmark::command
