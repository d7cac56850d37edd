#pragma once

#include <cstdint>

#include "engine/ports/clock.h"

namespace guildmark {

/// The machine's clock, in UTC.
///
/// Thread: any number at once.
class SystemClock : public Clock {
public:
    Instant now() override;
};

/// The kernel's random numbers (getrandom(2)), good for keys and tokens. Waits, once after the
/// machine's start, until the kernel has gathered enough.
///
/// Thread: any number at once.
class SystemRandom : public Random {
public:
    std::uint64_t next() override;
};

}  // namespace guildmark
