#pragma once

#include <cstdint>

#include "engine/base/instant.h"

namespace guildmark {

/// The time of day. The engine reads it once a command, in decide.
class Clock {
public:
    virtual ~Clock() = default;

    /// UTC, to the millisecond; may step back when somebody sets the clock.
    virtual Instant now() = 0;
};

/// Unpredictable numbers; in tests, a seeded sequence.
class Random {
public:
    virtual ~Random() = default;

    /// 64 uniformly random bits.
    virtual std::uint64_t next() = 0;
};

}  // namespace guildmark
