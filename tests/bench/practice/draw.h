#pragma once

#include <cstdint>

#include "tests/support/fault_disk.h"

namespace guildmark::bench {

/// Draws indexes of cases, uniformly.
class Draw {
public:
    Draw(std::uint64_t limit, std::uint64_t seed) : limit_(limit), numbers_(seed) {}

    std::uint64_t next() { return numbers_.below(limit_); }

private:
    std::uint64_t limit_;
    tests::SeededNumbers numbers_;
};

}  // namespace guildmark::bench
