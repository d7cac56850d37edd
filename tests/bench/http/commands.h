#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/practice/practice.h"

namespace guildmark::bench {

/// How the commands are measured.
struct CommandOptions {
    std::string folder;  ///< For the yardsticks' files, on the disk of the practice.
    std::size_t rounds = 3;
    std::chrono::milliseconds duration{1'500};
};

/// Durable commands over HTTP by one client and by 64, each on another case, beside the disk's
/// syncs and beside bare SQLite that commits the same rows, one command or 64 at a time. Over a hot
/// set, and over all cases when there are many more. Ratios are medians over rounds.
void measure_commands(const Practice& practice,
                      const CommandOptions& options,
                      std::vector<Figure>& figures);

}  // namespace guildmark::bench
