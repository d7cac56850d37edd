#pragma once

#include <string>

namespace guildmark::reports {

/// What a command of the shell writes to its standard output.
[[nodiscard]] std::string output_of(const std::string& command);

}  // namespace guildmark::reports
