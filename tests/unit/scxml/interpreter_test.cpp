#include "engine/scxml/interpreter.h"

#include <chrono>

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/scxml/session_codec.h"
#include "tests/conformance/scxml/running.h"

namespace guildmark::scxml {
namespace {

using test::Running;

TEST(Interpreter, refuses_a_second_start_and_events_before_and_after) {
    Running run("<state id='a'><transition event='e' target='f'/></state><final id='f'/>");
    EXPECT_EQ(run.process("e"), "session_finished");
    EXPECT_EQ(run.start(), "");
    EXPECT_EQ(run.start(), "session_started");
    EXPECT_EQ(run.process("e"), "finished");
    EXPECT_EQ(run.chart.state_id(*run.session.final_state), "f");
    EXPECT_EQ(run.active(), "");
    EXPECT_EQ(run.process("e"), "session_finished");
    EXPECT_EQ(run.start(), "session_started");
}

TEST(Interpreter, tells_its_host_in_the_order_of_the_algorithm) {
    Running run(
        "<state id='a'><onentry><log label='in a' expr='1'/></onentry><onexit><log label='out "
        "a'/></onexit>"
        "<transition event='e' target='c'><log label='between' "
        "expr='_event.name'/></transition></state>"
        "<state id='b'><initial><transition target='c'><log label='unused'/></transition></initial>"
        "<state id='c'/></state>");
    run.start();
    EXPECT_EQ(run.take_trace(), "+a; log in a 1");
    run.process("e");
    EXPECT_EQ(run.take_trace(), "log out a null; -a; log between \"e\"; +b; +c");
}

TEST(Interpreter, tells_its_host_which_transitions_it_takes) {
    // Each on a line of its own; of two in conflict the one inside is taken, not that of "p".
    Running run(
        "<state id='a'>\n"
        "<transition event='e' cond='false' target='p'/>\n"
        "<transition event='e' target='p'/>\n"
        "</state><parallel id='p'>\n"
        "<transition event='f' target='a'/><state id='q'>\n"
        "<transition event='f' type='internal' target='q1'/><state id='q1'/></state><state id='r' "
        "initial='r2'>\n"
        "<transition event='g' target='r1'/><state id='r1'/>\n"
        "<state id='r2'><invoke><content><scxml version='1.0' initial='x'><state id='x'>\n"
        "<transition target='y'/></state><final id='y'/></scxml></content></invoke>\n"
        "<transition event='done.invoke' target='r1'/></state></state></parallel>");
    const auto lines = [&run] {
        std::string text;
        for (const TransitionIndex transition : run.host.transitions) {
            text += std::to_string(run.chart.transition_place(transition).line) + " ";
        }
        run.host.transitions.clear();
        return text;
    };
    run.start();
    EXPECT_EQ(lines(), "");
    run.process("e");
    EXPECT_EQ(lines(), "3 10 ");
    EXPECT_EQ(run.active(), "p q q1 r r1");
    run.process("f");
    EXPECT_EQ(lines(), "6 ");
    run.process("g");
    EXPECT_EQ(lines(), "7 ");
    run.process("nothing");
    EXPECT_EQ(lines(), "");
}

TEST(Interpreter, gives_content_of_other_namespaces_to_the_host) {
    Running run(
        "<datamodel><data id='x' expr='2'/></datamodel>"
        "<state id='a'><onentry><g:task expr='x + fee' cond='x == 1'/></onentry>"
        "<onentry><g:fail/><log label='skipped'/></onentry>"
        "<transition event='error.execution'><log label='code' "
        "expr='_event.data.code'/></transition>"
        "<g:milestone/></state>");
    run.host.facts_to_set().set("fee", Value(40));
    run.start();
    EXPECT_EQ(run.take_trace(), "+a; execute task 42 not; log code \"host_refused\"");
    ASSERT_EQ(run.chart.extensions().size(), 1U);
    EXPECT_EQ(run.chart.extensions().front().element.name, "milestone");
    EXPECT_EQ(run.chart.state_id(run.chart.extensions().front().state), "a");
}

TEST(Interpreter, lets_facts_be_read_and_not_written) {
    Running run(
        "<state id='a'><transition event='e' cond=\"role == 'auditor'\">"
        "<assign location='role' expr='1'/></transition>"
        "<transition event='error' target='b'/></state><state id='b'/>");
    run.host.facts_to_set().set("role", Value("auditor"));
    run.start();
    run.process("e");
    EXPECT_EQ(run.active(), "b");
    EXPECT_EQ(run.data(), "{}");
}

TEST(Interpreter, assigns_inside_values) {
    Running run(
        "<datamodel><data id='x'>{\"a\": [1, {\"b\": 2}]}</data><data id='i' expr='1'/></datamodel>"
        "<state id='s'><transition event='e'><assign location='x.a[i].b' expr='x.a.length + i'/>"
        "<assign location='x.a[2]' expr=\"'new'\"/><assign location='x.c' expr='x.a[1]'/>"
        "<assign location='x.a[1].b' expr='9'/></transition>"
        "<transition event='f'><assign location='x.a[7]' expr='1'/></transition>"
        "<transition event='g'><assign location='i.k' expr='1'/></transition>"
        "<transition event='error'><log label='' expr='_event.data.code'/></transition></state>");
    run.start();
    run.process("e");
    EXPECT_EQ(run.data(), R"({"x":{"a":[1,{"b":9},"new"],"c":{"b":3}},"i":1})");
    run.take_trace();
    run.process("f");
    run.process("g");
    EXPECT_EQ(run.take_trace(), "log  \"location_invalid\"; log  \"location_invalid\"");
}

TEST(Interpreter, keeps_what_json_cannot_hold_out_of_the_data) {
    Running run(
        "<datamodel><data id='x' expr='-0'/></datamodel>"
        "<state id='s'><transition event='e'><assign location='x' expr='1 / 0'/></transition>"
        "<transition event='error' target='t'/></state><state id='t'/>");
    run.start();
    run.process("e");
    EXPECT_EQ(run.active(), "t");
    EXPECT_EQ(run.data(), "{\"x\":0}");
}

TEST(Interpreter, hands_delayed_events_and_cancellations_to_the_host) {
    Running run(
        "<state id='s'><onentry><send event='late' id='i' delay='1.5s'/>"
        "<send event='later' idlocation='x.id' delayexpr=\"'2s'\"/><cancel sendid='i'/></onentry>"
        "<transition event='later' target='t'/></state><final id='t'/>");
    run.session.data.set("x", Value(Value::Object()));
    run.start();
    EXPECT_EQ(run.take_trace(), "+s; send late 1500; send later 2000; cancel i");
    ASSERT_EQ(run.host.pending.size(), 1U);
    const Incoming incoming = run.host.take_next();
    EXPECT_EQ(incoming.event.sendid, "send.1");
    EXPECT_EQ(run.data(), "{\"x\":{\"id\":\"send.1\"}}");
    EXPECT_EQ(run.host.now().milliseconds, 2000);
}

TEST(Interpreter, keeps_data_given_before_the_start) {
    Running run(
        "<datamodel><data id='x' expr='1'/><data id='y' expr='x + 1'/></datamodel><state id='s'/>");
    run.session.data.set("x", Value(5));
    run.start();
    EXPECT_EQ(run.data(), "{\"x\":5,\"y\":6}");
}

TEST(Interpreter, binds_late_at_the_first_entry_only) {
    Running run(
        "<state id='a'><transition event='e' target='b'/></state>"
        "<state id='b'><datamodel><data id='x' expr='1'/></datamodel>"
        "<onentry><assign location='x' expr='x + 1'/></onentry>"
        "<transition event='e' target='a'/></state>",
        "datamodel='ecmascript' binding='late'");
    run.start();
    EXPECT_EQ(run.data(), "{}");
    run.process("e");
    run.process("e");
    run.process("e");
    EXPECT_EQ(run.data(), "{\"x\":3}");
}

TEST(Interpreter, gives_the_data_of_the_final_state) {
    Running run(
        "<datamodel><data id='x' expr='1'/></datamodel>"
        "<state id='a'><transition event='e' target='f'/></state>"
        "<final id='f'><donedata><param name='n' expr='x'/><param name='m' expr='missing'/>"
        "</donedata></final>");
    run.start();
    run.process("e");
    EXPECT_EQ(to_json(*run.session.done_data), "{\"n\":1}");
}

TEST(Interpreter, ends_without_scripts_as_if_nothing_had_been) {
    Running run(
        "<datamodel><data id='x' expr='1'/></datamodel>"
        "<state id='a'><transition event='e' target='b'><assign location='x' "
        "expr='2'/></transition>"
        "</state><state id='b'><onentry><assign location='x' expr='Math.max(x, "
        "3)'/></onentry></state>");
    run.start();
    const Value before = to_value(run.chart, run.session);
    EXPECT_EQ(run.process("e"), "script_unavailable");
    EXPECT_EQ(to_value(run.chart, run.session), before);
}

// Limits. The first in a run is an event of the session, the second leaves it as it was.

struct Limit {
    const char* code;
    const char* content;
};

class InterpreterLimit : public testing::TestWithParam<Limit> {
protected:
    /// A chart that comes to the limit in state c; `handlers` are transitions around it.
    static std::string chart(const std::string& handlers) {
        return "<datamodel><data id='x' expr=\"'0123456789'\"/><data id='y' expr='[1]'/>"
               "<data id='z'/></datamodel>"
               "<state id='a'><history id='h'><transition target='b'/></history>"
               "<transition event='go' target='c'/><state id='b'/></state><state id='d'>" +
               handlers + "<state id='c'>" + GetParam().content + "</state></state>" +
               "<state id='out'><transition event='in' target='mended'/></state>"
               "<state id='mended'/>";
    }
};

TEST_P(InterpreterLimit, is_an_event_of_the_session_after_which_it_works) {
    Running run(chart("<transition event='error.execution' cond='_event.data.code == \"" +
                      std::string(GetParam().code) +
                      "\"' target='out'><log label='told'/></transition>"));
    run.start();
    run.take_trace();
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(run.process("go"), "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    EXPECT_EQ(run.active(), "out");
    EXPECT_NE(run.take_trace().find("log told"), std::string::npos);
    EXPECT_EQ(run.process("in"), "");
    EXPECT_EQ(run.active(), "mended");
}

TEST_P(InterpreterLimit, lets_a_session_rest_that_does_not_react) {
    Running run(chart(""));
    run.start();
    EXPECT_EQ(run.process("go"), "");
    EXPECT_EQ(run.active(), "d c");
    EXPECT_EQ(run.process("harmless"), "");
}

TEST_P(InterpreterLimit, is_an_error_the_second_time_and_leaves_the_session_alone) {
    Running run(chart("<transition event='error'><raise event='error'/></transition>"));
    run.start();
    const Value before = to_value(run.chart, run.session);
    EXPECT_EQ(run.process("go"), "microsteps_too_many");
    EXPECT_EQ(to_value(run.chart, run.session), before);
}

INSTANTIATE_TEST_SUITE_P(
    All,
    InterpreterLimit,
    testing::Values(
        Limit{"microsteps_too_many", "<transition target='c'/>"},
        Limit{"microsteps_too_many",
              "<onentry><raise event='r'/></onentry><transition event='r' target='c'/>"},
        Limit{"macrosteps_too_many",
              "<onentry><send event='r'/></onentry><transition event='r' target='c'/>"},
        Limit{"event_queue_full",
              "<onentry><foreach array='[0,1,2,3,4,5,6,7,8,9]' item='i'><foreach "
              "array='[0,1,2,3,4,5,6,7,8,9]' item='j'><foreach array='[0,1,2,3,4,5,6,7,8,9,10]' "
              "item='k'><send event='r'/></foreach></foreach></foreach></onentry>"},
        Limit{"event_queue_full",
              "<onentry><foreach array='[0,1,2,3,4,5,6,7,8,9]' item='i'><foreach "
              "array='[0,1,2,3,4,5,6,7,8,9]' item='j'><foreach array='[0,1,2,3,4,5,6,7,8,9,10]' "
              "item='k'><raise event='r'/></foreach></foreach></foreach></onentry>"},
        Limit{"evaluation_failed",
              "<onentry><foreach array='[0,1,2,3,4,5,6,7,8,9]' item='i'><foreach "
              "array='[0,1,2,3,4,5,6,7,8,9]' item='j'><assign location='x' expr='x + x'/>"
              "</foreach></foreach></onentry>"},
        Limit{"evaluation_failed",
              "<onentry><foreach array='[0,1,2,3,4,5,6,7,8,9]' item='i'><assign location='x' "
              "expr='[x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]'/></foreach></onentry>"},
        Limit{"session_data_too_large",
              "<onentry><foreach array='[0,1,2,3,4,5,6,7,8,9]' item='i'><assign location='z' "
              "expr='[y, y, y, y]'/><assign location='y' expr='z'/></foreach></onentry>"},
        Limit{"operations_too_many",
              "<onentry><assign location='y' expr='[1,1,1,1,1,1,1,1,1,1]'/>"
              "<foreach item='a1' array='y'><foreach item='a2' array='y'><foreach item='a3' "
              "array='y'>"
              "<foreach item='a4' array='y'><foreach item='a5' array='y'><foreach item='a6' "
              "array='y'>"
              "<log/></foreach></foreach></foreach></foreach></foreach></foreach></onentry>"}));

TEST(Interpreter, refuses_to_go_through_too_many_items) {
    Running run(
        "<datamodel><data id='y' expr='[]'/></datamodel>"
        "<state id='a'><transition event='e'><foreach item='i' "
        "array='y'><log/></foreach></transition>"
        "<transition event='error'><log label='' expr='_event.data.code'/></transition></state>");
    run.session.data.set("y", Value(Value::Array(limits::foreach_items_max + 1)));
    run.start();
    run.take_trace();
    run.process("e");
    EXPECT_EQ(run.take_trace(), "log  \"foreach_items_too_many\"");
}

// Moved by hand.

const char* const moved_chart =
    "<state id='a'><onexit><log label='out a'/></onexit><state id='a1'><onexit><log label='out "
    "a1'/></onexit><transition event='e' target='a2'/></state><state id='a2'/>"
    "<history id='h'><transition target='a1'/></history></state>"
    "<parallel id='p'><onentry><log label='in p'/></onentry>"
    "<state id='q' initial='q2'><state id='q1'/><state id='q2'><onentry><log label='in "
    "q2'/></onentry></state></state>"
    "<state id='r'><initial><transition target='r2'><log "
    "label='default'/></transition></initial><state id='r1'/><state id='r2'/></state></parallel>"
    "<state id='s'><transition target='t'/></state><state id='t'/><final id='f'/>";

TEST(InterpreterMove, is_refused_where_no_transition_could_lead_and_changes_nothing) {
    Running run(moved_chart);
    EXPECT_EQ(run.move({"p"}), "session_finished");
    run.start();
    const Value before = to_value(run.chart, run.session);
    run.take_trace();
    EXPECT_EQ(run.move({}), "targets_conflict");
    EXPECT_EQ(run.move({"a", "p"}), "targets_conflict");
    EXPECT_EQ(run.move({"q1", "q2"}), "targets_conflict");
    EXPECT_EQ(run.move({"q", "q1"}), "targets_conflict");
    EXPECT_EQ(run.move({"a2", "h"}), "targets_conflict");
    EXPECT_EQ(to_value(run.chart, run.session), before);
    EXPECT_EQ(run.take_trace(), "");
    EXPECT_EQ(run.move({"f"}), "finished");
    EXPECT_EQ(run.move({"p"}), "session_finished");
}

TEST(InterpreterMove, leaves_all_and_enters_the_targets_as_a_transition_from_the_root_would) {
    Running run(moved_chart);
    run.start();
    run.take_trace();
    EXPECT_EQ(run.move({"r1"}), "");
    EXPECT_EQ(run.take_trace(),
              "log out a1 null; -a1; log out a null; -a; +p; log in p null; +q; +q2; log in q2 "
              "null; +r; +r1");
    EXPECT_EQ(run.active(), "p q q2 r r1");
    EXPECT_EQ(run.move({"p"}), "");
    EXPECT_EQ(run.take_trace(),
              "-r1; -r; -q2; -q; -p; +p; log in p null; +q; +q2; log in q2 null; +r; log default "
              "null; +r2");
    EXPECT_EQ(run.move({"q1", "r1"}), "");
    EXPECT_EQ(run.active(), "p q q1 r r1");
}

TEST(InterpreterMove, goes_on_by_itself_until_the_chart_rests) {
    Running run(moved_chart);
    run.start();
    EXPECT_EQ(run.move({"s"}), "");
    EXPECT_EQ(run.active(), "t");
}

TEST(InterpreterMove, keeps_and_follows_history) {
    Running run(moved_chart);
    run.start();
    run.process("e");
    EXPECT_EQ(run.move({"t"}), "");
    EXPECT_EQ(run.move({"h"}), "");
    EXPECT_EQ(run.active(), "a a2");
}

TEST(InterpreterMove, ends_what_the_left_states_had_invoked) {
    Running run(
        "<state id='a'><invoke id='i'><content><scxml version='1.0' initial='x'><state id='x'>"
        "<onexit><log label='out x'/></onexit></state></scxml></content></invoke></state>"
        "<state id='b'/>");
    run.start();
    ASSERT_EQ(run.session.invocations.size(), 1u);
    run.take_trace();
    EXPECT_EQ(run.move({"b"}), "");
    EXPECT_TRUE(run.session.invocations.empty());
    EXPECT_NE(run.take_trace().find("log out x"), std::string::npos);
}

// Writing down.

TEST(SessionCodec, refuses_what_it_did_not_write) {
    Running run(
        "<state id='a'/><parallel id='p'><state id='q'/><state id='r'/></parallel>"
        "<state id='s'><history id='h'><transition target='t'/></history><state id='t'/></state>");
    const auto code = [&](const std::string& json) {
        const auto session = session_from_value(run.chart, *parse_json(json));
        return session ? std::string() : session.error().code;
    };
    EXPECT_EQ(code("[]"), "session_malformed");
    EXPECT_EQ(code("{}"), "session_malformed");
    EXPECT_EQ(code(R"({"configuration":[1]})"), "session_malformed");
    EXPECT_EQ(code(R"({"configuration":["b"]})"), "session_state_unknown");
    EXPECT_EQ(code(R"({"configuration":["a"],"running":true})"), "");
    EXPECT_EQ(code(R"({"configuration":[],"running":true})"), "session_configuration_invalid");
    EXPECT_EQ(code(R"({"configuration":["a","s","t"],"running":true})"),
              "session_configuration_invalid");
    EXPECT_EQ(code(R"({"configuration":["p","q"],"running":true})"),
              "session_configuration_invalid");
    EXPECT_EQ(code(R"({"configuration":["p","r","q"],"running":true})"), "");
    EXPECT_EQ(code(R"({"configuration":["t"],"running":true})"), "session_configuration_invalid");
    EXPECT_EQ(code(R"({"configuration":["s","h"],"running":true})"),
              "session_configuration_invalid");
    EXPECT_EQ(code(R"({"configuration":["a"],"history":{"a":[]}})"), "session_malformed");
    EXPECT_EQ(code(R"({"configuration":["a"],"history":{"h":["a"]}})"), "session_state_unknown");
    EXPECT_EQ(code(R"({"configuration":["a"],"data":1})"), "session_malformed");
    EXPECT_EQ(code(R"({"configuration":["a"],"internal_queue":[{}]})"), "session_malformed");
    EXPECT_EQ(code(R"({"configuration":["a"],"external_queue":[{"name":"e","type":"x"}]})"),
              "session_malformed");
    EXPECT_EQ(code(R"({"configuration":["a"],"next_sendid":0})"), "session_malformed");
}

TEST(SessionCodec, writes_ids_and_reads_them_back) {
    Running run(
        "<datamodel><data id='x' expr='1'/></datamodel>"
        "<state id='a'><history id='h' type='deep'><transition target='b'/></history>"
        "<state id='b'/><transition event='e' target='c'/></state><state id='c'/>");
    run.start();
    run.process("e");
    const Value written = to_value(run.chart, run.session);
    EXPECT_EQ(to_json(written),
              R"({"session_id":"s1","running":true,"configuration":["c"],"history":{"h":["b"]},)"
              R"("data":{"x":1},"next_sendid":1})");
    const auto read = session_from_value(run.chart, written);
    ASSERT_TRUE(read);
    EXPECT_EQ(to_value(run.chart, *read), written);
}

}  // namespace
}  // namespace guildmark::scxml
