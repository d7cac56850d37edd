#include "adapters/system/system.h"

#include <chrono>
#include <set>

#include <gtest/gtest.h>

namespace guildmark {
namespace {

TEST(SystemClock, tells_the_time_of_day) {
    SystemClock clock;
    const auto before = std::chrono::system_clock::now() - std::chrono::milliseconds(1);
    const Instant now = clock.now();
    const auto after = std::chrono::system_clock::now();
    const auto told =
        std::chrono::system_clock::time_point(std::chrono::milliseconds(now.milliseconds));
    EXPECT_LE(before, told);
    EXPECT_LE(told, after);
}

TEST(SystemRandom, gives_other_bits_every_time_and_uses_all_64) {
    SystemRandom random;
    std::set<std::uint64_t> seen;
    std::uint64_t ones = 0;
    std::uint64_t zeros = 0;
    for (int draw = 0; draw < 1000; ++draw) {
        const std::uint64_t bits = random.next();
        seen.insert(bits);
        ones |= bits;
        zeros |= ~bits;
    }
    EXPECT_EQ(seen.size(), 1000u);
    EXPECT_EQ(ones, ~std::uint64_t{0});
    EXPECT_EQ(zeros, ~std::uint64_t{0});
}

}  // namespace
}  // namespace guildmark
