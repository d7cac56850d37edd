// How long a macrostep takes beside other engines, what the size of a chart and the start of a
// session cost, how much memory a session needs, and how soon a hostile script is over.
#include <algorithm>
#include <cstdio>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tests/bench/figures.h"
#include "tests/bench/scxml/charts.h"
#include "tests/bench/scxml/hostile.h"
#include "tests/bench/scxml/peers.h"
#include "tests/bench/scxml/runner.h"

namespace guildmark::bench {
namespace {

constexpr std::size_t ring_events = 200'000;

Figure rate_figure(std::string name, const Timings& timings, std::size_t steps_per_timing) {
    Figure figure;
    figure.name = std::move(name);
    figure.value = timings.rate() * static_cast<double>(steps_per_timing);
    figure.unit = "steps/s";
    return figure;
}

/// The rate of our own ring, and of each peer's; ours is held against the fastest.
void measure_ring(const std::string& name,
                  const std::string& guard,
                  std::size_t events,
                  double aim,
                  const std::string& peers_folder,
                  std::vector<Figure>& figures) {
    Runner runner(ring_chart(guard));
    scxml::Session session = runner.start();
    const Timings timings = repeat(10, [&] {
        for (std::size_t at = 0; at < events / 10; ++at) {
            runner.tick(session);
        }
    });
    Figure own = rate_figure(name, timings, events / 10);
    const auto peers = run_peers(peers_folder, guard.find('(') != std::string::npos, events);
    for (const PeerRate& peer : peers) {
        Figure figure;
        figure.name = fmt::format("the same by {}", peer.name);
        figure.value = peer.macrosteps_per_second;
        figure.unit = "steps/s";
        figure.against = "ours";
        figure.ratio = peer.macrosteps_per_second / own.value;
        figures.push_back(figure);
    }
    if (!peers.empty()) {
        const PeerRate& fastest =
            *std::ranges::max_element(peers, {}, &PeerRate::macrosteps_per_second);
        own.against = fastest.name;
        own.ratio = own.value / fastest.macrosteps_per_second;
        own.aim = fmt::format(">= {:.0f}", aim);
        own.reached = own.ratio >= aim;
    }
    figures.push_back(own);
}

void measure_starts(std::vector<Figure>& figures) {
    constexpr double aim_us = 50;
    Runner runner(ring_chart(plain_guard));
    const Timings timings = repeat(20'000, [&] { static_cast<void>(runner.start()); });
    Figure figure = rate_figure("start of a session", timings, 1);
    figure.unit = "starts/s";
    figure.timings = timings;
    figure.aim = "p50 <= 50 us";
    figure.reached = timings.percentile(50) <= aim_us;
    figures.push_back(figure);
}

void measure_memory(std::vector<Figure>& figures) {
    constexpr std::size_t count = 10'000;
    constexpr double aim_bytes = 4'096;
    Runner runner(ring_chart(plain_guard));
    std::vector<scxml::Session> sessions;
    sessions.reserve(count);
    const std::size_t before = ::mallinfo2().uordblks;
    for (std::size_t at = 0; at < count; ++at) {
        sessions.push_back(runner.start());
        runner.tick(sessions.back());
    }
    const std::size_t gained = ::mallinfo2().uordblks - before;
    Figure figure;
    figure.name = "memory of an active session";
    figure.value = static_cast<double>(gained) / count + sizeof(scxml::Session);
    figure.unit = "bytes";
    figure.aim = "<= 4096";
    figure.reached = figure.value <= aim_bytes;
    figures.push_back(figure);
}

/// Steps of one chart, each counted as `weight` of them.
Figure steps_figure(std::string name,
                    const std::string& chart,
                    std::size_t steps,
                    std::size_t weight) {
    Runner runner(chart);
    scxml::Session session = runner.start();
    const Timings timings = repeat(10, [&] {
        for (std::size_t at = 0; at < steps; ++at) {
            runner.tick(session);
        }
    });
    return rate_figure(std::move(name), timings, steps * weight);
}

/// Holds each but the first against that, which `against` calls.
void hold_against_first(std::vector<Figure> series,
                        const std::string& against,
                        std::vector<Figure>& figures) {
    constexpr double ratio_aim = 0.5;
    for (std::size_t at = 1; at < series.size(); ++at) {
        Figure& figure = series[at];
        figure.against = against;
        figure.ratio = figure.value / series.front().value;
        figure.aim = ">= 0.5";
        figure.reached = figure.ratio >= ratio_aim;
    }
    figures.insert(figures.end(), series.begin(), series.end());
}

/// What the size of a chart costs.
void measure_sizes(std::vector<Figure>& figures) {
    std::vector<Figure> series;
    for (const std::size_t states : {10u, 100u, 1'000u, 10'000u}) {
        series.push_back(steps_figure(
            fmt::format("a ring of {} states", states), large_chart(states), ring_events / 10, 1));
    }
    hold_against_first(std::move(series), "10 states", figures);
}

/// What each active state costs.
void measure_active_states(std::vector<Figure>& figures) {
    std::vector<Figure> series;
    for (const std::size_t regions : {10u, 100u, 1'000u, 5'000u}) {
        series.push_back(steps_figure(fmt::format("{} regions that all move", regions),
                                      wide_chart(regions),
                                      ring_events / 10 / regions,
                                      regions));
        series.back().unit = "moves/s";
    }
    hold_against_first(std::move(series), "10 regions", figures);
}

}  // namespace
}  // namespace guildmark::bench

int main(int argc, char** argv) {
    using namespace guildmark::bench;
    std::string peers = GUILDMARK_PEERS_FOLDER;
    bool json = false;
    CLI::App app{
        "Measures the statechart engine, beside others where they are installed:\n"
        "npm install --prefix build/bench-peers xstate @scion-scxml/core\n"
        "apt-get install qt6-scxml-dev, then build again"};
    app.add_option("--peers", peers, "The folder that has them")->capture_default_str();
    app.add_flag("--json", json, "JSON instead of a table");
    CLI11_PARSE(app, argc, argv);
    std::vector<Figure> figures;
    measure_ring("ring and plain guard", plain_guard, ring_events, 10, peers, figures);
    measure_ring("ring and scripted guard", scripted_guard, ring_events, 1, peers, figures);
    measure_starts(figures);
    measure_memory(figures);
    measure_sizes(figures);
    measure_active_states(figures);
    measure_hostile_scripts(figures);
    print("scxml", figures, json);
    return 0;
}
