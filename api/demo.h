#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"

namespace guildmark {

/// One person of the demo, and the token that signs that person in.
struct Persona {
    std::string name;   ///< "anna-brenner", as the scenario calls her.
    std::string title;  ///< "Anna Brenner, the firm"
    std::string token;
};

/// Plays the library's samples/demo into an empty data folder so that it ends today, and makes a
/// token for each person that its "persona" fields name. The tokens stand in <data>/demo.json, for
/// the owner of the machine alone; when that is there already, nothing is played and they are told
/// again. Errors: data_not_empty (somebody's own data are there), demo_failed (with the
/// diagnostics), those of the installation.
[[nodiscard]] Result<std::vector<Persona>> load_demo(const std::string& data_folder,
                                                     const std::string& library_folder);

}  // namespace guildmark
