#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tests/bench/figures.h"

namespace guildmark::bench {

/// Measures durable commits against the disk's syncs and against bare SQLite, in `rounds` rounds of
/// `duration` for each. The ratios are medians over the rounds; each is taken within one round,
/// because the disk of one minute is not that of the next.
[[nodiscard]] std::vector<Figure> measure_commits(const std::string& folder,
                                                  std::size_t rounds,
                                                  std::chrono::milliseconds duration,
                                                  std::size_t log_pages_max);

}  // namespace guildmark::bench
