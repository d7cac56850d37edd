#include "api/host.h"

#include <gtest/gtest.h>

#include "tests/integration/api/office.h"

namespace guildmark::tests {
namespace {

/// Answers every command, and cannot fire a timer.
class StuckEngine final : public Engine {
public:
    std::vector<Result<Answer>> execute(std::span<const Submission> submissions) override {
        return std::vector<Result<Answer>>(submissions.size(), Answer());
    }

    Result<std::size_t> advance() override {
        return corrupted("chain_broken", "a record of stream 7 was changed", "7/3");
    }

    Result<std::optional<Instant>> next_due() override {
        // Always now, so that every command is followed by another look.
        return std::optional(Instant());
    }

    void set_observer(Observer) override {}
};

TEST(EngineHost, tells_once_what_keeps_timers_and_messages_from_their_turn) {
    testing::internal::CaptureStderr();
    StandingClock clock;
    auto host = start_engine_host(std::make_unique<StuckEngine>(), clock);
    for (int count = 0; count < 3; ++count) {
        EXPECT_TRUE(host->submit_and_wait(Submission()));
    }
    host->stop();
    const std::string told = testing::internal::GetCapturedStderr();
    EXPECT_EQ(told, "guildmark: chain_broken: a record of stream 7 was changed 7/3\n");
}

}  // namespace
}  // namespace guildmark::tests
