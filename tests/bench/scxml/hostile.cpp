#include "tests/bench/scxml/hostile.h"

#include <array>
#include <atomic>
#include <thread>

#include <fmt/format.h>

#include "tests/bench/child_process.h"
#include "tests/bench/scxml/charts.h"
#include "tests/bench/scxml/runner.h"

namespace guildmark::bench {
namespace {

constexpr std::size_t rounds = 20;
constexpr double aim_us = 100'000;
constexpr double neighbor_aim = 0.8;
constexpr std::chrono::milliseconds neighbor_time{2'000};

struct Hostile {
    const char* name;
    const char* script;
};

constexpr std::array<Hostile, 9> hostile_scripts = {{
    {"loop", "while (true) {}"},
    {"allocation", "const a = []; while (true) { a.push(new Array(1000).fill(1.5)); }"},
    {"recursion", "function f() { return f() + 1; } f()"},
    {"huge text", "let s = 'x'; while (true) { s += s; if (s.length > 1e9) { s.at(5); } }"},
    {"huge result", "var x = 'x'.repeat(2e7)"},
    {"backtracking pattern", "/^(a+)+$/.test('a'.repeat(40) + 'b')"},
    {"getter without end", "var x = { get y() { while (true) {} } }"},
    {"throwing", "throw new Error('no')"},
    {"tampering", "Object.defineProperty(Array.prototype, 'map', { value: () => 1 });"},
}};

/// Runs the script on "tick", and takes the error.
std::string chart_of(const std::string& script) {
    return R"(<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">)"
           R"(<state id="a"><transition event="tick"><script><![CDATA[)" +
           script +
           R"(]]></script></transition><transition event="error.execution" target="told"/></state>)"
           R"(<state id="told"/></scxml>)";
}

/// A new session each time: one that was ended too often gets no more contexts.
Figure measure(const Hostile& hostile, ScriptWorkers& scripts) {
    Runner runner(chart_of(hostile.script), &scripts);
    Timings timings;
    for (std::size_t round = 0; round < rounds; ++round) {
        scxml::Session session = runner.start();
        timings.add(repeat(1, [&] { runner.tick(session); }));
        ENSURE(session.configuration == std::vector<scxml::StateIndex>{2}, "the error is told");
    }
    Figure figure;
    figure.name = fmt::format("error.execution after {}", hostile.name);
    figure.value = timings.percentile(50) / 1'000;
    figure.unit = "ms";
    figure.timings = timings;
    figure.aim = "p99 <= 100 ms";
    figure.reached = timings.percentile(99) <= aim_us;
    return figure;
}

double neighbor_rate(Runner& runner, scxml::Session& session) {
    constexpr std::size_t ticks = 100;
    const Timings timings = repeat_for(neighbor_time, [&] {
        for (std::size_t at = 0; at < ticks; ++at) {
            runner.tick(session);
        }
    });
    return static_cast<double>(ticks) * 1e6 / timings.percentile(50);
}

double rate_beside_hostile_scripts(Runner& neighbor,
                                   scxml::Session& session,
                                   ScriptWorkers& scripts) {
    std::atomic<bool> is_over = false;
    std::thread hostile([&] {
        for (std::size_t round = 0; !is_over; ++round) {
            const Hostile& one = hostile_scripts[round % hostile_scripts.size()];
            Runner runner(chart_of(one.script), &scripts);
            scxml::Session other = runner.start();
            runner.tick(other);
        }
    });
    const double rate = neighbor_rate(neighbor, session);
    is_over = true;
    hostile.join();
    return rate;
}

/// A script may use a processor for its time, so what is held against is the same session beside
/// another program that does: whatever is lost more, the engine loses.
void measure_neighbor(ScriptWorkers& scripts, std::vector<Figure>& figures) {
    Runner neighbor(ring_chart(scripted_guard), &scripts);
    scxml::Session session = neighbor.start();
    Figure alone;
    alone.name = "a session with a scripted guard, alone";
    alone.value = neighbor_rate(neighbor, session);
    alone.unit = "steps/s";

    Figure disturbed = alone;
    disturbed.name = "the same beside a program that loops";
    {
        const ChildProcess looping({"/bin/sh", "-c", "while :; do :; done"});
        disturbed.value = neighbor_rate(neighbor, session);
    }
    disturbed.against = "alone";
    disturbed.ratio = disturbed.value / alone.value;

    Figure beside = alone;
    beside.name = "the same beside hostile scripts";
    beside.value = rate_beside_hostile_scripts(neighbor, session, scripts);
    beside.against = "beside a program";
    beside.ratio = beside.value / disturbed.value;
    beside.aim = ">= 0.8";
    beside.reached = beside.ratio >= neighbor_aim;
    figures.insert(figures.end(), {alone, disturbed, beside});
}

}  // namespace

void measure_hostile_scripts(std::vector<Figure>& figures) {
    ScriptWorkers scripts;
    for (const Hostile& hostile : hostile_scripts) {
        figures.push_back(measure(hostile, scripts));
    }
    measure_neighbor(scripts, figures);
}

}  // namespace guildmark::bench
