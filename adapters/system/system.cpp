#include "adapters/system/system.h"

#include <cerrno>
#include <chrono>
#include <sys/random.h>

#include "engine/base/ensure.h"

namespace guildmark {

Instant SystemClock::now() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::floor<std::chrono::milliseconds>(since_1970).count()};
}

std::uint64_t SystemRandom::next() {
    std::uint64_t bits = 0;
    ssize_t count = 0;
    do {
        count = ::getrandom(&bits, sizeof bits, 0);
    } while (count < 0 && errno == EINTR);
    // Up to 256 bytes come whole, and the only other error is a kernel without the call; going on
    // with predictable ids and tokens would be worse than ending.
    ENSURE(count == static_cast<ssize_t>(sizeof bits), "getrandom gave no random numbers");
    return bits;
}

}  // namespace guildmark
