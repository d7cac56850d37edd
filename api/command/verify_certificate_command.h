#pragma once

#include <string>
#include <vector>

#include "api/command/console.h"

namespace guildmark::command {

struct VerifyCertificateArguments {
    std::string file;     ///< What /api/v1/certificates/{number}/credential or /bundle gave.
    std::string keys;     ///< What /api/v1/keys gave, when the reader came to trust it.
    std::string on;       ///< A date; empty: today, and of a bundle the day it was made.
    std::string earlier;  ///< For a bundle: a checkpoint that was kept; empty: none was.
    std::vector<std::string> status_lists;  ///< For a credential: what /status-lists/{list} gave.
    Output output = Output::text;
};

/// guildmark verify-certificate: what a downloaded certificate proves, as of which time, and what
/// it cannot prove. Needs no network. Exit: 0 it counts, 1 it proves nothing, is over, or
/// a list tells it revoked or suspended, 2 a file cannot be read.
int run_verify_certificate(const VerifyCertificateArguments& arguments);

}  // namespace guildmark::command
