// Random charts and events: the interpreter does what the reference model does, and goes on the
// same way when its session was written down and read back after every step.
#include "tests/conformance/scxml/random_chart.h"

#include <random>

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/scxml/session_codec.h"
#include "engine/scxml/session_migration.h"
#include "tests/conformance/scxml/virtual_host.h"

namespace guildmark::scxml::test {
namespace {

constexpr int charts = 150;
constexpr int events_per_chart = 15;

std::unique_ptr<ReferenceState> chart_of(unsigned seed) {
    std::mt19937 random(seed);
    return random_chart([&](std::size_t count) { return random() % count; });
}

Event event_of(const std::string& name) {
    Event event;
    event.name = name;
    return event;
}

/// One chart under the interpreter.
struct Subject {
    explicit Subject(const std::string& text) : chart(*compile_text(text)), host(chart) {}

    /// Whether it came to rest without a limit.
    bool step(const std::string* event) {
        Interpreter interpreter(chart, host, scripts);
        host.trace.clear();
        const Result<RunEnd> end = event == nullptr
                                       ? interpreter.start(session)
                                       : interpreter.process(session, event_of(*event));
        const bool has_exceeded = std::ranges::any_of(
            host.trace, [](const std::string& line) { return line.starts_with("exceeded"); });
        EXPECT_TRUE(end || has_exceeded) << end.error().code;
        return end && !has_exceeded;
    }

    void write_and_read() {
        const std::string text = to_json(to_value(chart, session));
        auto read = session_from_value(chart, *parse_json(text));
        ASSERT_TRUE(read) << read.error().message << "\n" << text;
        session = std::move(read).value();
        ASSERT_EQ(to_json(to_value(chart, session)), text);
    }

    [[nodiscard]] std::vector<std::string> active() const {
        std::vector<std::string> ids;
        for (const StateIndex state : session.configuration) {
            ids.push_back(chart.state_id(state));
        }
        return ids;
    }

    Statechart chart;
    VirtualHost host;
    NoScripts scripts;
    Session session;
};

/// Compares one step; false when the chart does not come to rest or is finished.
bool compare_step(ReferenceModel& model, Subject& kept, Subject& stored, const std::string* event) {
    model.trace.clear();
    event == nullptr ? model.start() : model.process(*event);
    const bool kept_rests = kept.step(event);
    const bool stored_rests = stored.step(event);
    EXPECT_EQ(kept_rests, stored_rests);
    EXPECT_EQ(kept_rests, model.steps <= 1000 && model.waiting_max <= 1000)
        << model.steps << " " << model.waiting_max;
    if (!kept_rests) {
        return false;
    }
    EXPECT_EQ(kept.host.trace, model.trace);
    EXPECT_EQ(stored.host.trace, model.trace);
    EXPECT_EQ(kept.active(), model.active());
    EXPECT_EQ(kept.session.data.number_or("v", -1), model.variables["v"]);
    EXPECT_EQ(kept.session.data.number_or("w", -1), model.variables["w"]);
    EXPECT_EQ(kept.session.running, model.running);
    if (!model.running) {
        EXPECT_EQ(kept.chart.state_id(*kept.session.final_state), model.final_state);
    }
    stored.write_and_read();
    return model.running;
}

TEST(RandomChart, runs_as_the_reference_model_does) {
    static constexpr std::array<const char*, 5> names = {"a", "b", "c", "a.x", "r"};
    int steps = 0;
    for (unsigned seed = 0; seed < charts; ++seed) {
        const std::unique_ptr<ReferenceState> root = chart_of(seed);
        const std::string text = document(*root);
        SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
        ReferenceModel model(*root);
        Subject kept(text);
        Subject stored(text);
        std::mt19937 random(seed);
        bool goes_on = compare_step(model, kept, stored, nullptr);
        for (int event = 0; event < events_per_chart && goes_on; ++event) {
            const std::string name = names[random() % names.size()];
            goes_on = compare_step(model, kept, stored, &name);
            ++steps;
        }
        ASSERT_FALSE(HasFailure());
    }
    EXPECT_GT(steps, charts * 3);
}

/// The same text with every state called otherwise: "s7" becomes "renamed7", and back.
std::string renamed(const std::string& text, const std::string& from, const std::string& to) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const bool begins = at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0;
        const std::size_t digit = at + from.size();
        const bool is_id = begins && text.compare(at, from.size(), from) == 0 &&
                           digit < text.size() &&
                           std::isdigit(static_cast<unsigned char>(text[digit])) != 0;
        out += is_id ? to : text.substr(at, 1);
        at += is_id ? from.size() : 1;
    }
    return out;
}

/// Lets the session go on under another chart, as a case that is migrated.
void migrate(Subject& from, Subject& to, const SessionMapping& mapping) {
    SessionMigration migration = migrate_session(from.chart, from.session, to.chart, mapping);
    ASSERT_TRUE(migration.faults.empty()) << migration.faults.front().message;
    to.session = std::move(migration.session);
}

SessionMapping mapping_between(const Statechart& chart,
                               const std::string& from,
                               const std::string& to) {
    SessionMapping mapping;
    for (StateIndex state = 1; state < chart.state_count(); ++state) {
        mapping.states.emplace(chart.state_id(state), renamed(chart.state_id(state), from, to));
    }
    return mapping;
}

std::vector<std::string> renamed(std::vector<std::string> lines) {
    for (std::string& line : lines) {
        line = renamed(line, "renamed", "s");
    }
    return lines;
}

/// Before each event one subject is migrated to the chart that it has, and one to the chart with
/// all states called otherwise, or back: neither may be told from the one that was left alone.
TEST(RandomChart, goes_on_after_a_migration_as_if_nothing_had_been) {
    static constexpr std::array<const char*, 5> names = {"a", "b", "c", "a.x", "r"};
    int steps = 0;
    for (unsigned seed = 0; seed < charts; ++seed) {
        const std::string text = document(*chart_of(seed));
        SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
        Subject alone(text);
        Subject same(text);
        std::array<Subject, 2> moved{Subject(text), Subject(renamed(text, "s", "renamed"))};
        const SessionMapping there = mapping_between(moved[0].chart, "s", "renamed");
        const SessionMapping back = mapping_between(moved[1].chart, "renamed", "s");
        bool goes_on = alone.step(nullptr) && same.step(nullptr) && moved[0].step(nullptr);
        std::mt19937 random(seed);
        for (std::size_t event = 0; event < events_per_chart && goes_on; ++event) {
            if (!alone.session.running) {
                break;
            }
            const std::string name = names[random() % names.size()];
            Subject& before = moved[event % 2];
            Subject& after = moved[(event + 1) % 2];
            migrate(same, same, {});
            migrate(before, after, event % 2 == 0 ? there : back);
            ASSERT_FALSE(HasFatalFailure());
            goes_on = alone.step(&name);
            EXPECT_EQ(same.step(&name), goes_on);
            EXPECT_EQ(after.step(&name), goes_on);
            EXPECT_EQ(same.host.trace, alone.host.trace);
            EXPECT_EQ(renamed(after.host.trace), alone.host.trace);
            EXPECT_EQ(to_json(to_value(same.chart, same.session)),
                      to_json(to_value(alone.chart, alone.session)));
            EXPECT_EQ(renamed(to_json(to_value(after.chart, after.session)), "renamed", "s"),
                      to_json(to_value(alone.chart, alone.session)));
            ++steps;
        }
        ASSERT_FALSE(HasFailure());
    }
    EXPECT_GT(steps, charts * 3);
}

}  // namespace
}  // namespace guildmark::scxml::test
