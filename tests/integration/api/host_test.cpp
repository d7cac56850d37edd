#include "api/host.h"

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "engine/base/limits.h"
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

/// Answers every command, and tells which thread carried it out, with how many others.
class WatchedEngine final : public Engine {
public:
    struct Work {
        std::thread::id thread;
        std::size_t commands = 0;
    };

    explicit WatchedEngine(std::function<void()> commit) : commit_(std::move(commit)) {}

    std::vector<Result<Answer>> execute(std::span<const Submission> submissions) override {
        EXPECT_EQ(++at_work_, 1) << "two threads work with the engine";
        commit_();
        works_.push_back({std::this_thread::get_id(), submissions.size()});
        --at_work_;
        return std::vector<Result<Answer>>(submissions.size(), Answer());
    }

    Result<std::size_t> advance() override { return std::size_t{0}; }

    Result<std::optional<Instant>> next_due() override { return std::optional<Instant>(); }

    void set_observer(Observer) override {}

    /// To be read when nothing is at work.
    [[nodiscard]] const std::vector<Work>& works() const { return works_; }

private:
    std::function<void()> commit_;
    std::vector<Work> works_;
    std::atomic<int> at_work_{0};
};

TEST(EngineHost, has_a_command_that_comes_alone_carried_out_by_who_brings_it) {
    StandingClock clock;
    auto engine = std::make_unique<WatchedEngine>([] {});
    const WatchedEngine& watched = *engine;
    auto host = start_engine_host(std::move(engine), clock);
    EXPECT_TRUE(host->submit_and_wait(Submission()));  // Nobody knows yet how long a commit takes.
    EXPECT_TRUE(host->submit_and_wait(Submission()));
    host->stop();
    ASSERT_EQ(watched.works().size(), 2u);
    EXPECT_NE(watched.works()[0].thread, std::this_thread::get_id());
    EXPECT_EQ(watched.works()[1].thread, std::this_thread::get_id());
}

TEST(EngineHost, keeps_nobody_for_commits_that_are_slow) {
    StandingClock clock;
    auto engine = std::make_unique<WatchedEngine>(
        [&clock] { clock.set(Instant{clock.now().milliseconds + 3}); });
    const WatchedEngine& watched = *engine;
    auto host = start_engine_host(std::move(engine), clock);
    for (int count = 0; count < 3; ++count) {
        EXPECT_TRUE(host->submit_and_wait(Submission()));
    }
    host->stop();
    for (const WatchedEngine::Work& work : watched.works()) {
        EXPECT_NE(work.thread, std::this_thread::get_id());
    }
}

TEST(EngineHost, commits_together_what_comes_while_a_command_is_carried_out) {
    constexpr int count_waiting = 5;
    StandingClock clock;
    std::latch begun(1);
    std::latch gathered(1);
    std::atomic<int> commits{0};
    auto engine = std::make_unique<WatchedEngine>([&] {
        if (++commits == 2) {
            begun.count_down();
            gathered.wait();
        }
    });
    const WatchedEngine& watched = *engine;
    auto host = start_engine_host(std::move(engine), clock);
    EXPECT_TRUE(host->submit_and_wait(Submission()));
    std::jthread alone([&] { EXPECT_TRUE(host->submit_and_wait(Submission())); });
    begun.wait();
    std::atomic<int> answered{0};
    for (int count = 0; count < count_waiting; ++count) {
        host->submit(Submission(), [&answered](const Result<Answer>& answer) {
            answered += answer.has_value() ? 1 : 0;
        });
    }
    EXPECT_EQ(answered, 0);
    gathered.count_down();
    host->stop();
    EXPECT_EQ(answered, count_waiting);
    ASSERT_EQ(watched.works().size(), 3u);
    EXPECT_EQ(watched.works()[2].commands, std::size_t{count_waiting});
}

TEST(EngineHost, lets_as_many_commands_wait_as_the_limit_says_and_commits_them_in_portions) {
    StandingClock clock;
    std::latch begun(1);
    std::latch gathered(1);
    std::atomic<int> commits{0};
    auto engine = std::make_unique<WatchedEngine>([&] {
        if (++commits == 1) {
            begun.count_down();
            gathered.wait();
        }
    });
    const WatchedEngine& watched = *engine;
    auto host = start_engine_host(std::move(engine), clock);
    std::jthread first([&] { EXPECT_TRUE(host->submit_and_wait(Submission())); });
    begun.wait();
    std::atomic<std::size_t> answered{0};
    std::vector<std::string> refused;
    const auto submit = [&] {
        host->submit(Submission(), [&](const Result<Answer>& answer) {
            answer ? static_cast<void>(++answered) : refused.push_back(answer.error().code);
        });
    };
    for (std::size_t count = 0; count < limits::command_queue_max; ++count) {
        submit();
    }
    EXPECT_EQ(refused, std::vector<std::string>());
    submit();
    EXPECT_EQ(refused, std::vector<std::string>{"overloaded"});
    gathered.count_down();
    host->stop();
    EXPECT_EQ(answered, limits::command_queue_max);
    std::size_t largest = 0;
    for (const WatchedEngine::Work& work : watched.works()) {
        largest = std::max(largest, work.commands);
    }
    EXPECT_EQ(largest, limits::commands_per_commit_max);
}

TEST(EngineHost, refuses_commands_when_it_has_stopped) {
    StandingClock clock;
    auto host = start_engine_host(std::make_unique<WatchedEngine>([] {}), clock);
    EXPECT_TRUE(host->submit_and_wait(Submission()));
    host->stop();
    const auto refused = host->submit_and_wait(Submission());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "stopping");
}

}  // namespace
}  // namespace guildmark::tests
