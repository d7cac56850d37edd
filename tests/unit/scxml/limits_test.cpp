// Charts and sessions exactly at each limit, and one beyond it.
#include "engine/base/limits.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/scxml/ecmascript.h"
#include "tests/conformance/scxml/running.h"

namespace guildmark::scxml {
namespace {

using test::Running;

constexpr const char* scxml_start =
    "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>";

std::string repeated(const std::string& one, std::size_t count) {
    std::string text;
    text.reserve(one.size() * count);
    for (std::size_t number = 0; number < count; ++number) {
        text += one;
    }
    return text;
}

/// The code of the first thing that is wrong with a chart; empty when nothing is.
std::string fault_of(const std::string& body) {
    Diagnostics diagnostics;
    const auto root = read_xml(scxml_start + body + "</scxml>", "a.scxml", diagnostics);
    const auto chart = root ? Statechart::compile(*root, diagnostics) : std::nullopt;
    EXPECT_EQ(chart.has_value(), !diagnostics.has_errors());
    return chart ? std::string() : diagnostics.items().front().code;
}

std::string nested_states(std::size_t depth) {
    return repeated("<state>", depth) + repeated("</state>", depth);
}

/// A document that invokes one that invokes one, `depth` times.
std::string nested_documents(std::size_t depth) {
    return repeated(std::string("<state><invoke><content>") + scxml_start, depth) + "<state/>" +
           repeated("</scxml></content></invoke></state>", depth);
}

TEST(ScxmlLimits, hold_the_states_of_a_chart) {
    // The document itself is the first of them.
    EXPECT_EQ(fault_of(repeated("<state/>", limits::states_max)), "states_too_many");
    EXPECT_EQ(fault_of(repeated("<state/>", limits::states_max - 1)), "");
}

TEST(ScxmlLimits, hold_the_transitions_of_a_chart) {
    // The document's own is the first of them.
    const auto chart = [](std::size_t count) {
        return "<state id='a'>" + repeated("<transition event='e'/>", count) + "</state>";
    };
    EXPECT_EQ(fault_of(chart(limits::transitions_max)), "transitions_too_many");
    EXPECT_EQ(fault_of(chart(limits::transitions_max - 1)), "");
}

TEST(ScxmlLimits, hold_the_depth_of_states) {
    EXPECT_EQ(fault_of(nested_states(limits::state_depth_max + 1)), "state_too_deep");
    EXPECT_EQ(fault_of(nested_states(limits::state_depth_max)), "");
}

TEST(ScxmlLimits, hold_the_depth_of_documents_that_hold_each_other) {
    EXPECT_EQ(fault_of(nested_documents(limits::invocation_depth_max + 1)), "invocations_too_deep");
    EXPECT_EQ(fault_of(nested_documents(limits::invocation_depth_max)), "");
}

/// A session that counts in x how often it did something, and ends in "told" by the limit `code`.
std::string counting(const std::string& code, const std::string& inside) {
    return "<datamodel><data id='x' expr='0'/></datamodel><state id='s'>"
           "<transition event='error.execution' cond=\"_event.data.code == '" +
           code + "'\" target='told'/>" + inside + "</state><state id='told'/>";
}

constexpr const char* count_one = "<assign location='x' expr='x + 1'/>";

/// How often the session did it before the event "e" was too much, or before it came to rest.
std::string count_of(const std::string& body) {
    Running run(body);
    run.start();
    EXPECT_EQ(run.process("e"), "");
    return fmt::format("{} {}", run.active(), run.session.data.number_or("x", 0));
}

TEST(ScxmlLimits, hold_the_microsteps_after_an_event) {
    const auto steps = [](std::size_t count) {
        return counting("microsteps_too_many",
                        fmt::format("<state id='a'><transition event='e' target='b'>{}"
                                    "</transition></state><state id='b'><transition "
                                    "cond='x &lt; {}' target='b'>{}</transition></state>",
                                    count_one,
                                    count,
                                    count_one));
    };
    constexpr std::size_t max = limits::microsteps_per_macrostep_max;
    EXPECT_EQ(count_of(steps(max + 1)), fmt::format("told {}", max));
    EXPECT_EQ(count_of(steps(max)), fmt::format("s b {}", max));
}

TEST(ScxmlLimits, hold_the_macrosteps_after_an_event) {
    const auto steps = [](std::size_t count) {
        return counting("macrosteps_too_many",
                        fmt::format("<state id='a'><transition event='e'>{}<if cond='x &lt; {}'>"
                                    "<send event='e'/></if></transition></state>",
                                    count_one,
                                    count));
    };
    constexpr std::size_t max = limits::macrosteps_per_event_max;
    EXPECT_EQ(count_of(steps(max + 1)), fmt::format("told {}", max));
    EXPECT_EQ(count_of(steps(max)), fmt::format("s a {}", max));
}

TEST(ScxmlLimits, hold_the_events_that_wait_inside_a_session) {
    const auto raising = [](std::size_t count) {
        return counting("event_queue_full",
                        "<state id='a'><transition event='e'>" +
                            repeated("<raise event='r'/>", count) + "</transition></state>");
    };
    EXPECT_EQ(count_of(raising(limits::event_queue_max + 1)), "told 0");
    EXPECT_EQ(count_of(raising(limits::event_queue_max)), "s a 0");
}

TEST(ScxmlLimits, hold_the_events_that_a_session_sent_itself) {
    const auto sending = [](std::size_t count) {
        return counting("event_queue_full",
                        "<state id='a'><transition event='e' target='b'>" +
                            repeated("<send event='r'/>", count) +
                            "</transition></state><state id='b'/>");
    };
    EXPECT_EQ(count_of(sending(limits::event_queue_max + 1)), "told 0");
    EXPECT_EQ(count_of(sending(limits::event_queue_max)), "s b 0");
}

TEST(ScxmlLimits, hold_the_steps_of_executable_content_for_one_event) {
    // A transition without a target: its microstep is one step, each <log> another.
    const auto logs = [](std::size_t count) {
        return "<state id='a'><transition event='e'>" + repeated("<log/>", count) +
               "</transition><transition event='error.execution' cond=\"_event.data.code == "
               "'operations_too_many'\" target='told'/></state><state id='told'/>";
    };
    EXPECT_EQ(count_of(logs(limits::operations_per_event_max)), "told 0");
    EXPECT_EQ(count_of(logs(limits::operations_per_event_max - 1)), "a 0");
}

TEST(ScxmlLimits, hold_the_items_that_are_gone_through) {
    const auto run_over = [](std::size_t count) {
        Running run(
            "<datamodel><data id='y' expr='[]'/></datamodel><state id='a'><transition "
            "event='e'><foreach item='i' array='y'/></transition><transition event='error' "
            "target='told'/></state><state id='told'/>");
        run.session.data.set("y", Value(Value::Array(count)));
        run.start();
        run.process("e");
        return run.active();
    };
    EXPECT_EQ(run_over(limits::foreach_items_max + 1), "told");
    EXPECT_EQ(run_over(limits::foreach_items_max), "a");
}

TEST(ScxmlLimits, hold_the_data_of_a_session) {
    const auto run_with = [](std::size_t bytes) {
        Running run(
            "<datamodel><data id='x'/></datamodel><state id='a'><transition event='e'>"
            "<assign location='x' expr='_event.data'/></transition><transition "
            "event='error.execution' cond=\"_event.data.code == 'session_data_too_large'\" "
            "target='told'/></state><state id='told'/>");
        run.start();
        // What a variable called "x" takes beside its text: its name and the quotation marks.
        Value one;
        one.set("x", Value(std::string()));
        run.process("e", Value(std::string(bytes - value_bytes(one), 't')));
        return run.active();
    };
    EXPECT_EQ(run_with(limits::session_data_bytes_max + 1), "told");
    EXPECT_EQ(run_with(limits::session_data_bytes_max), "a");
}

}  // namespace
}  // namespace guildmark::scxml
