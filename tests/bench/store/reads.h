#pragma once

#include <string>
#include <vector>

#include "tests/bench/figures.h"

namespace guildmark::bench {

/// How the read measurements are made.
struct ReadOptions {
    std::string folder;
    std::uint64_t case_count = 100'000;
    std::size_t samples = 5'000;
};

/// Fills a store with cases, then reads it warm and cold, writes to it, and verifies it.
[[nodiscard]] std::vector<Figure> measure_reads(const ReadOptions& options);

}  // namespace guildmark::bench
