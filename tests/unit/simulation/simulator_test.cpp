#include "engine/simulation/simulator.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/simulation/tiny_workflow.h"

namespace guildmark::simulation {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;

SimulationResult simulate_tiny(const std::string& attributes,
                               const std::string& content,
                               std::uint64_t cases,
                               std::uint64_t seed = 1) {
    const workflow::Workflow workflow = test::tiny_workflow();
    Diagnostics diagnostics;
    const auto assumptions = test::assume(workflow, attributes, content, diagnostics);
    EXPECT_TRUE(assumptions) << diagnostics.to_text();
    test::NoScripts scripts;
    std::uint64_t told = 0;
    auto result = simulate({workflow, nullptr, *assumptions, scripts, cases, seed},
                           [&told](std::uint64_t done) { told = done; });
    EXPECT_TRUE(result) << result.error().message;
    EXPECT_EQ(told, cases);
    return std::move(*result);
}

/// Work by day and night, so that a length of work is a length of time.
const char* around_the_clock = "hours-per-week='168'";
const char* apply_at_once =
    "<task id='apply'><waiting><fixed time='PT0S'/></waiting><work><fixed time='PT0S'/></work>"
    "<value field='hives'>3</value></task>";

TEST(Simulator, adds_up_what_is_fixed) {
    const SimulationResult result = simulate_tiny(
        around_the_clock,
        "<task id='apply'><waiting><fixed time='P1D'/></waiting><work><fixed time='PT8H'/></work>"
        "<value field='hives'>3</value></task>"
        "<task id='decide'><waiting><fixed time='P2D'/></waiting><work><fixed "
        "time='PT4H'/></work></task>",
        20);
    const std::int64_t expected = 3 * day_ms + 12 * hour_ms;
    EXPECT_EQ(result.certified.count, 20u);
    EXPECT_EQ(result.certified.mean_ms, static_cast<double>(expected));
    EXPECT_EQ(result.certified.deviation_ms, 0);
    EXPECT_EQ(result.certified.least_ms, expected);
    EXPECT_EQ(result.certified.most_ms, expected);
    ASSERT_EQ(result.endings.size(), 1u);
    EXPECT_EQ(result.endings.front().kind, EndKind::certified);
    ASSERT_EQ(result.tasks.size(), 2u);
    EXPECT_EQ(result.tasks[1].waiting_ms, 20 * 2 * day_ms);
    EXPECT_EQ(result.tasks[1].queued_ms, 0);
    EXPECT_EQ(result.tasks[1].work_ms, 20 * 4 * hour_ms);
    EXPECT_EQ(result.roles[1].done, 20u);
    ASSERT_EQ(result.states.size(), 3u);
    EXPECT_EQ(result.states[2].total_ms, 0) << "nobody looks at what comes after a certificate";
    EXPECT_EQ(result.states[0].name, "applying");
    EXPECT_EQ(result.states[0].total_ms, 20 * (day_ms + 8 * hour_ms));
    ASSERT_EQ(result.milestones.size(), 1u);
    EXPECT_EQ(result.milestones[0].total_ms, 20 * expected);
}

TEST(Simulator, counts_nights_and_weekends_of_who_works_forty_hours_a_week) {
    const SimulationResult result =
        simulate_tiny("hours-per-week='40'",
                      std::string(apply_at_once) +
                          "<task id='decide'><waiting><fixed time='PT0S'/></waiting>"
                          "<work><fixed time='PT10H'/></work></task>",
                      3);
    EXPECT_EQ(result.certified.p50_ms, 42 * hour_ms);
    EXPECT_EQ(result.tasks[1].work_ms, 30 * hour_ms);
    EXPECT_EQ(result.tasks[1].elapsed_ms, 126 * hour_ms);
}

TEST(Simulator, lets_tasks_queue_for_the_one_who_does_them) {
    // A case a day, two days of work each: case n waits n days.
    const SimulationResult result = simulate_tiny(
        around_the_clock,
        std::string("<arrivals><fixed time='P1D'/></arrivals><role id='decider' people='1'/>") +
            apply_at_once +
            "<task id='decide'><waiting><fixed time='PT0S'/></waiting>"
            "<work><fixed time='PT48H'/></work></task>",
        5);
    EXPECT_EQ(result.certified.least_ms, 2 * day_ms);
    EXPECT_EQ(result.certified.p50_ms, 4 * day_ms);
    EXPECT_EQ(result.certified.most_ms, 6 * day_ms);
    EXPECT_EQ(result.tasks[1].queued_ms, (0 + 1 + 2 + 3 + 4) * day_ms);
    EXPECT_EQ(result.roles[1].work_ms, 5 * 2 * day_ms);
    EXPECT_EQ(result.roles[1].queue_most, 2u);
    ASSERT_EQ(result.months.size(), 1u);
    EXPECT_EQ(result.months[0].length_ms, 10 * day_ms);
    EXPECT_EQ(result.roles[1].months[0].queued_ms, 10 * day_ms);
    EXPECT_EQ(result.months[0].open_ms, (2 + 3 + 4 + 5 + 6) * day_ms);
}

TEST(Simulator, agrees_with_the_recursion_of_a_single_server_queue) {
    constexpr std::uint64_t cases = 400;
    const std::string content = std::string(
                                    "<arrivals><exponential mean='P1D'/></arrivals>"
                                    "<role id='decider' people='1'/>") +
                                apply_at_once +
                                "<task id='decide'><waiting><fixed time='PT0S'/></waiting>"
                                "<work><fixed time='PT20H'/></work></task>";
    const SimulationResult result = simulate_tiny(around_the_clock, content, cases, 42);
    // Lindley, 1952: a wait is the one before, and the service, less what has gone by since.
    Generator arrivals(42, cases);
    const Distribution pause{Distribution::Kind::exponential, day_ms, 0, 0};
    std::vector<std::int64_t> times;
    std::int64_t wait = 0;
    std::int64_t waits = 0;
    for (std::uint64_t number = 0; number < cases; ++number) {
        times.push_back(wait + 20 * hour_ms);
        waits += wait;
        wait = std::max<std::int64_t>(0, wait + 20 * hour_ms - pause.draw(arrivals));
    }
    EXPECT_GT(waits, 0);
    EXPECT_EQ(result.tasks[1].queued_ms, waits);
    EXPECT_EQ(result.certified, spread_of(times));
}

TEST(Simulator, takes_another_likely_outcome_when_a_gate_is_shut) {
    const std::string one_hive =
        "<task id='apply'><value field='hives'>1</value></task>"
        "<task id='decide'><outcome id='grant' weight='1000000'/><outcome id='refuse' "
        "weight='0.001'/></task>";
    const SimulationResult result = simulate_tiny("", one_hive, 10);
    EXPECT_EQ(result.gates_shut, 10u);
    ASSERT_EQ(result.endings.size(), 1u);
    EXPECT_EQ(result.endings[0].kind, EndKind::ended);
    EXPECT_EQ(result.endings[0].name, "refused");
}

TEST(Simulator, tells_which_cases_could_not_go_on_and_which_were_given_up) {
    const std::string never = "<task id='apply'><value field='hives'>1</value></task>";
    const SimulationResult stuck = simulate_tiny("", never, 4);
    ASSERT_EQ(stuck.endings.size(), 1u);
    EXPECT_EQ(stuck.endings[0].kind, EndKind::stuck);
    EXPECT_EQ(stuck.endings[0].name, "gate_not_met");
    EXPECT_EQ(stuck.certified.count, 0u);
    const SimulationResult late = simulate_tiny("horizon='P5D'", never, 4);
    ASSERT_EQ(late.endings.size(), 1u);
    EXPECT_EQ(late.endings[0].kind, EndKind::unfinished);
    EXPECT_EQ(late.endings[0].time.most_ms, 5 * day_ms);
}

TEST(Simulator, draws_what_is_stated) {
    const std::string content =
        "<task id='apply'><waiting><lognormal median='P10D' p90='P30D'/></waiting>"
        "<work><fixed time='PT0S'/></work><value field='hives'>3</value></task>"
        "<task id='decide'><waiting><triangular least='P1D' likely='P2D' most='P6D'/></waiting>"
        "<work><fixed time='PT0S'/></work><outcome id='grant' weight='3'/><outcome id='refuse' "
        "weight='1'/></task>";
    const SimulationResult result = simulate_tiny("", content, 4'000, 5);
    const auto mean_days = [](const TaskTimes& task) {
        return static_cast<double>(task.waiting_ms) / static_cast<double>(day_ms) /
               static_cast<double>(task.opened);
    };
    // exp(sigma^2 / 2) times the median, with sigma = ln 3 / 1.2816; (1 + 2 + 6) / 3.
    EXPECT_NEAR(mean_days(result.tasks[0]), 14.44, 0.6);
    EXPECT_NEAR(mean_days(result.tasks[1]), 3.0, 0.05);
    EXPECT_NEAR(static_cast<double>(result.certified.count), 3'000, 100);
}

TEST(Simulator, gives_the_same_for_the_same_seed_and_something_else_for_another) {
    const std::string content =
        "<arrivals><exponential mean='P1D'/></arrivals><role id='decider' people='1'/>"
        "<task id='apply'><waiting><lognormal median='P10D' p90='P30D'/></waiting>"
        "<value field='hives'>3</value></task>";
    const SimulationResult first = simulate_tiny("", content, 200, 9);
    const SimulationResult again = simulate_tiny("", content, 200, 9);
    const SimulationResult other = simulate_tiny("", content, 200, 10);
    EXPECT_EQ(first.certified, again.certified);
    EXPECT_EQ(first.commands, again.commands);
    EXPECT_EQ(first.end, again.end);
    EXPECT_NE(first.certified, other.certified);
}

TEST(Spread, is_told_by_nearest_rank) {
    EXPECT_EQ(spread_of({}).count, 0u);
    const Spread spread = spread_of({40, 10, 20, 30});
    EXPECT_EQ(spread.p25_ms, 10);
    EXPECT_EQ(spread.p50_ms, 20);
    EXPECT_EQ(spread.p75_ms, 30);
    EXPECT_EQ(spread.p90_ms, 40);
    EXPECT_EQ(spread.mean_ms, 25);
    EXPECT_NEAR(spread.deviation_ms, 11.18, 0.01);
}

}  // namespace
}  // namespace guildmark::simulation
