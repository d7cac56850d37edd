#pragma once

#include <cstdint>
#include <string>

#include "engine/simulation/generator.h"

namespace guildmark::simulation {

/// How long something takes, or how long it is to the next: lengths of time in milliseconds, drawn
/// in whole seconds, never negative.
struct Distribution {
    enum class Kind {
        fixed,        ///< Always `first`.
        triangular,   ///< From `first` over the likeliest `second` to `third`.
        lognormal,    ///< `first` is the median; nine in ten are at most `second`.
        exponential,  ///< `first` is the mean: events that know nothing of each other.
    };

    Kind kind = Kind::fixed;
    std::int64_t first = 0;
    std::int64_t second = 0;
    std::int64_t third = 0;

    [[nodiscard]] std::int64_t draw(Generator& generator) const;
};

}  // namespace guildmark::simulation
