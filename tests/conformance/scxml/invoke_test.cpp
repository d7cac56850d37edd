// <invoke>: sessions beside the one that starts them (SCXML 6.4, 6.5).
#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "engine/scxml/session_codec.h"
#include "tests/conformance/scxml/running.h"

namespace guildmark::scxml::test {
namespace {

/// A document to invoke, as it stands in <content>.
std::string content(const std::string& body,
                    const std::string& attributes = "datamodel='ecmascript'") {
    return "<content><scxml version='1.0' " + attributes + ">" + body + "</scxml></content>";
}

/// Logs the name of each event that arrives.
const std::string tells =
    "<transition event='*'><log label='got' expr='_event.name'/></transition>";

/// A session with invoked ones, written down and taken up again.
void write_and_read(Running& run) {
    run.session = session_from_value(run.chart, to_value(run.chart, run.session)).value();
}

/// Lets the next delayed event arrive.
std::string deliver_next(Running& run) {
    return Running::code(run.interpreter.deliver(run.session, run.host.take_next()));
}

TEST(Invoke, tells_the_parent_when_the_session_is_done_and_what_it_gives) {
    Running run("<state id='a'><invoke id='i'>" +
                content("<final id='f'><donedata><param name='d' expr='7'/></donedata></final>") +
                "</invoke><transition event='done.invoke.i' cond='_event.data.d == 7' "
                "target='b'><log label='id' expr='_event.invokeid'/></transition></state>"
                "<state id='b'/>");
    run.start();
    EXPECT_EQ(run.active(), "b");
    EXPECT_EQ(run.take_trace(), "+a; ended s1.1; -a; log id \"i\"; +b");
    EXPECT_TRUE(run.session.invocations.empty());
}

TEST(Invoke, starts_no_session_for_a_state_that_is_left_in_the_same_macrostep) {
    Running run("<state id='a'><invoke>" + content("<final id='f'/>") +
                "</invoke><transition target='b'/></state><state id='b'>" + tells + "</state>");
    run.start();
    EXPECT_EQ(run.take_trace(), "+a; -a; +b");
}

TEST(Invoke, gives_values_to_the_data_that_the_document_declares_at_its_top_and_to_no_other) {
    Running run(
        "<datamodel><data id='n' expr='4'/></datamodel><state id='a'><invoke id='i' namelist='n'>"
        "<param name='p' expr='n + 1'/><param name='other' expr='1'/>"
        "<param name='inner' expr='1'/>" +
        content("<datamodel><data id='n' expr='0'/><data id='p' expr='0'/></datamodel>"
                "<state id='s'><datamodel><data id='inner' expr='3'/></datamodel></state>") +
        "</invoke></state>");
    run.start();
    ASSERT_EQ(run.session.invocations.size(), 1u);
    EXPECT_EQ(to_json(run.session.invocations[0].session.data), R"({"n":4,"p":5,"inner":3})");
}

TEST(Invoke, ends_the_session_when_its_state_is_left_and_hears_it_no_more) {
    Running run("<state id='a'><invoke id='i'>" +
                content("<state id='s'><onentry><send event='late' delay='5s'/></onentry>"
                        "<onexit><log label='bye'/><send event='bye' target='#_parent'/></onexit>"
                        "</state>") +
                "</invoke><transition event='e' target='b'/></state><state id='b'>" + tells +
                "</state>");
    run.start();
    EXPECT_EQ(run.host.pending.size(), 1u);
    run.take_trace();
    run.process("e");
    EXPECT_EQ(run.take_trace(), "log bye null; ended s1.1; -a; +b");
    EXPECT_TRUE(run.host.pending.empty());
}

TEST(Invoke, ends_the_session_when_the_parent_is_done) {
    Running run("<state id='a'><invoke>" +
                content("<state id='s'><onexit><log label='bye'/></onexit></state>") +
                "</invoke><transition event='e' target='f'/></state><final id='f'/>");
    run.start();
    EXPECT_EQ(run.process("e"), "finished");
    EXPECT_NE(run.take_trace().find("log bye"), std::string::npos);
}

TEST(Invoke, names_the_session_by_its_state_and_a_number_when_it_has_no_name) {
    Running run(
        "<datamodel><data id='where'/></datamodel><state id='a'><invoke idlocation='where'>" +
        content("<state id='s'/>") + "</invoke></state>");
    run.start();
    EXPECT_EQ(run.data(), R"({"where":"a.1"})");
    EXPECT_EQ(run.session.invocations[0].invokeid, "a.1");
}

TEST(Invoke, refuses_to_send_to_a_session_that_is_not_there) {
    Running run("<state id='a'><invoke id='i'>" + content("<final id='f'/>") +
                "</invoke><onentry><send event='x' target='#_parent' id='p'/></onentry>"
                "<transition event='e'><send event='x' target='#_i' id='q'/></transition>"
                "<transition event='error'><log label='no' expr='_event.name + "
                "_event.sendid'/></transition></state>");
    run.start();
    run.process("e");
    const std::string trace = run.take_trace();
    EXPECT_NE(trace.find(R"(log no "error.communicationp")"), std::string::npos) << trace;
    EXPECT_NE(trace.find(R"(log no "error.communicationq")"), std::string::npos) << trace;
}

TEST(Invoke, hears_with_the_address_to_answer_to) {
    Running run("<state id='a'><invoke id='i'>" +
                content("<state id='s'><onentry><send event='ask' target='#_parent'/></onentry>"
                        "<transition event='answer'><log label='child' "
                        "expr='_event.origin'/></transition></state>") +
                "</invoke><transition event='ask'><log label='from' expr='_event.origin + "
                "_event.invokeid'/>"
                "<send event='answer' targetexpr='_event.origin'/></transition></state>");
    run.start();
    EXPECT_EQ(run.take_trace(), R"(+a; log from "#_scxml_s1.1i"; log child "#_scxml_s1")");
}

TEST(Invoke, reaches_any_session_of_the_family_by_its_id) {
    Running run(
        "<state id='a'><invoke id='i'>" +
        content("<state id='s'><invoke id='j'>" +
                content("<state id='t'><onentry><send event='up' target='#_scxml_s1'/></onentry>"
                        "<transition event='*'><log label='grandchild' "
                        "expr='_event.name'/></transition></state>") +
                "</invoke></state>") +
        "</invoke><transition event='up'><send event='down' "
        "targetexpr='_event.origin'/></transition></state>");
    run.start();
    EXPECT_EQ(run.take_trace(), R"(+a; log grandchild "down")");
    write_and_read(run);
    EXPECT_EQ(run.session.invocations[0].session.invocations[0].session.session_id, "s1.1.1");
}

TEST(Invoke, delivers_late_events_between_sessions_that_were_written_down_in_between) {
    Running run(
        "<state id='a'><onentry><send event='hello' target='#_i' delay='2s'/></onentry><invoke "
        "id='i'>" +
        content("<state id='s'><onentry><send event='own' delay='1s'/></onentry>"
                "<transition event='*'><log label='child' expr='_event.name'/>"
                "<send event='heard' target='#_parent' delay='10s'/></transition></state>") +
        "</invoke><transition event='heard'><log label='parent' "
        "expr='_event.invokeid'/></transition></state>");
    run.start();
    run.take_trace();
    std::string trace;
    for (int event = 0; event < 4; ++event) {
        write_and_read(run);
        EXPECT_EQ(deliver_next(run), "");
        trace += run.take_trace() + " | ";
    }
    EXPECT_EQ(trace,
              "log child \"own\"; send heard 10000 | log child \"hello\"; send heard 10000 | "
              "log parent \"i\" | log parent \"i\" | ");
}

TEST(Invoke, drops_what_was_sent_late_to_a_session_that_is_over) {
    Running run("<state id='a'><invoke id='i'>" + content("<state id='s'>" + tells + "</state>") +
                "</invoke><transition event='e' target='b'><send event='late' target='#_i' "
                "delay='1s'/></transition>"
                "</state><state id='b'><transition event='error.communication'><log "
                "label='gone'/></transition></state>");
    run.start();
    run.process("e");
    run.take_trace();
    EXPECT_EQ(deliver_next(run), "");
    EXPECT_EQ(run.take_trace(), "log gone null");
}

TEST(Invoke, finalizes_before_transitions_are_chosen) {
    Running run("<datamodel><data id='x' expr='0'/></datamodel><state id='a'><invoke id='i'>" +
                content("<final id='f'><onentry><send event='v' target='#_parent'>"
                        "<param name='n' expr='5'/></send></onentry></final>") +
                "<finalize><assign location='x' expr='x + (_event.data ? _event.data.n : "
                "100)'/></finalize></invoke>"
                "<transition event='v' cond='x == 5'><log label='five'/></transition>"
                "<transition event='done.invoke'><log label='x' expr='x'/></transition></state>");
    run.start();
    EXPECT_EQ(run.take_trace(), "+a; ended s1.1; log five null; log x 105");
}

TEST(Invoke, takes_parameters_back_when_finalize_is_empty) {
    Running run(
        "<datamodel><data id='x' expr='1'/><data id='y' expr='2'/><data id='z' "
        "expr='3'/></datamodel>"
        "<state id='a'><invoke id='i' namelist='x'><param name='p' location='y'/><param name='z' "
        "expr='0'/>" +
        content(
            "<final id='f'><onentry><send event='v' target='#_parent'><param name='x' expr='10'/>"
            "<param name='p' expr='20'/><param name='z' expr='30'/></send></onentry></final>") +
        "<finalize/></invoke></state>");
    run.start();
    EXPECT_EQ(run.data(), R"({"x":10,"y":20,"z":3})");
}

TEST(Invoke, forwards_what_the_parent_gets_from_outside) {
    Running run("<state id='a'><invoke id='i' autoforward='true'>" +
                content("<state id='s'>" + tells + "</state>") +
                "</invoke><onentry><raise event='inside'/></onentry></state>");
    run.start();
    run.process("outside");
    EXPECT_EQ(run.take_trace(), R"(+a; log got "outside")");
}

TEST(Invoke, runs_a_document_that_an_expression_gives_and_keeps_it_with_the_session) {
    Running run(
        "<datamodel><data id='d'><scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' "
        "datamodel='ecmascript'>"
        "<state id='s'>" +
            tells +
            "</state></scxml></data></datamodel>"
            "<state id='a'><invoke id='i'><content expr='d'/></invoke>"
            "<transition event='e'><assign location='d' expr='1'/><send event='x' "
            "target='#_i'/></transition></state>",
        "datamodel='ecmascript'");
    run.start();
    write_and_read(run);
    run.process("e");
    write_and_read(run);
    run.process("e");
    EXPECT_EQ(run.take_trace(), R"(+a; log got "x"; log got "x")");
}

TEST(Invoke, is_an_error_event_when_nothing_can_be_started) {
    static constexpr std::array<std::array<const char*, 3>, 6> faults = {{
        {"<invoke srcexpr=\"'file:none.scxml'\"/>", "error.communication", "file_not_found"},
        {"<invoke><content expr=\"'&lt;scxml'\"/></invoke>", "error.execution", "document_invalid"},
        {"<invoke><content expr='1'/></invoke>", "error.execution", "document_invalid"},
        {"<invoke type='urn:x'><content><scxml version='1.0'><state "
         "id='s'/></scxml></content></invoke>",
         "error.execution",
         "invoke_type_unsupported"},
        {"<invoke><param name='p' expr='nothing.there'/><content><scxml version='1.0'><state "
         "id='s'/></scxml>"
         "</content></invoke>",
         "error.execution",
         ""},
        {"<invoke id='i'><content><scxml version='1.0'><state id='s'/></scxml></content></invoke>"
         "<invoke id='i'><content><scxml version='1.0'><state id='s'/></scxml></content></invoke>",
         "error.execution",
         "invokeid_repeated"},
    }};
    for (const auto& [invoke, name, code] : faults) {
        SCOPED_TRACE(invoke);
        Running run(std::string("<datamodel><data id='e'/></datamodel><state id='a'>") + invoke +
                    "<transition event='error'><assign location='e' expr='[_event.name, "
                    "_event.data.code]'/>"
                    "</transition></state>");
        EXPECT_EQ(run.start(), "");
        const Value* event = run.session.data.find("e");
        ASSERT_TRUE(event != nullptr && event->is_array()) << run.data();
        EXPECT_EQ(event->as_array()[0].as_text(), name);
        if (*code != '\0') {
            EXPECT_EQ(event->as_array()[1].as_text(), code);
        }
    }
}

TEST(Invoke, refuses_sessions_that_invoke_each_other_without_end) {
    const std::string itself =
        "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' "
        "datamodel='ecmascript'><datamodel>"
        "<data id='d'/></datamodel><state id='s'><invoke><param name='d' expr='d'/><content "
        "expr='d'/></invoke>"
        "<transition event='error'><log label='end' "
        "expr='_event.data.code'/></transition></state></scxml>";
    Running run("<datamodel><data id='d'>" + itself +
                "</data></datamodel><state id='a'><invoke>"
                "<param name='d' expr='d'/><content expr='d'/></invoke></state>");
    EXPECT_EQ(run.start(), "");
    EXPECT_EQ(run.take_trace(), R"(+a; log end "invocations_too_deep")");
}

TEST(Invoke, lets_sessions_invoke_each_other_as_deep_as_the_limit_says) {
    // Each document invokes itself again with one less, and the last of them does not.
    const std::string itself =
        "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>"
        "<datamodel><data id='d'/><data id='n'/></datamodel><state id='c'>"
        "<transition cond='n &gt; 0' target='s'/></state><state id='s'><invoke>"
        "<param name='d' expr='d'/><param name='n' expr='n - 1'/><content expr='d'/></invoke>"
        "<transition event='error' target='e'/></state>"
        "<state id='e'><onentry><log label='end' "
        "expr='_event.data.code'/></onentry></state></scxml>";
    const auto trace_of = [&itself](std::size_t depth) {
        Running run("<datamodel><data id='d'>" + itself +
                    "</data></datamodel><state id='a'><invoke><param name='d' expr='d'/>"
                    "<param name='n' expr='" +
                    std::to_string(depth - 1) + "'/><content expr='d'/></invoke></state>");
        EXPECT_EQ(run.start(), "");
        return run.take_trace();
    };
    EXPECT_EQ(trace_of(limits::invocation_depth_max + 1), R"(+a; log end "invocations_too_deep")");
    EXPECT_EQ(trace_of(limits::invocation_depth_max), "+a");
}

TEST(Invoke, refuses_more_sessions_than_a_limit) {
    std::string regions;
    for (std::size_t count = 0; count <= limits::invoked_sessions_max; ++count) {
        regions += "<state><invoke>" + content("<state id='s'/>") + "</invoke></state>";
    }
    Running run("<parallel id='p'>" + regions +
                "<transition event='error'><log label='end' "
                "expr='_event.data.code'/></transition></parallel>");
    EXPECT_EQ(run.start(), "");
    EXPECT_EQ(run.session.invocations.size(), limits::invoked_sessions_max);
    EXPECT_NE(run.take_trace().find(R"(log end "sessions_too_many")"), std::string::npos);
}

TEST(Invoke, stops_sessions_that_answer_each_other_for_ever_and_tells_the_one_that_began) {
    Running run("<datamodel><data id='x' expr='0'/></datamodel><state id='a'><invoke id='i'>" +
                content("<datamodel><data id='y' expr='0'/></datamodel><state id='s'>"
                        "<transition event='ping'><assign location='y' expr='y + 1'/>"
                        "<send event='pong' target='#_parent'/></transition></state>") +
                "</invoke><transition event='pong e'><assign location='x' expr='x + 1'/>"
                "<send event='ping' target='#_i'/></transition></state>");
    run.start();
    run.take_trace();
    EXPECT_EQ(run.process("e"), "");
    EXPECT_EQ(run.take_trace(), "exceeded s1 macrosteps_too_many");
    EXPECT_EQ(run.session.data.number_or("x", 0), limits::macrosteps_per_event_max);
}

TEST(Invoke, tells_the_invoked_session_that_it_never_rests_and_no_other) {
    Running run("<datamodel><data id='x' expr='0'/></datamodel><state id='a'><invoke id='i'>" +
                content("<state id='s'><transition event='go' target='t'/></state>"
                        "<state id='t'><transition target='u'/></state><state id='u'><transition "
                        "target='t'/></state>") +
                "</invoke><transition event='e'><assign location='x' expr='1'/><send event='go' "
                "target='#_i'/>"
                "</transition></state>");
    run.start();
    run.take_trace();
    EXPECT_EQ(run.process("e"), "");
    EXPECT_EQ(run.take_trace(), "exceeded s1.1 microsteps_too_many");
    EXPECT_EQ(run.data(), R"({"x":1})");
}

TEST(Invoke, refuses_a_stored_session_that_the_chart_does_not_fit) {
    Running run("<state id='a'><invoke id='i'>" + content("<state id='s'/>") + "</invoke></state>");
    run.start();
    const std::string stored = to_json(to_value(run.chart, run.session));
    const auto code_with = [&](const std::string& part, const std::string& other) {
        std::string text = stored;
        text.replace(text.find(part), part.size(), other);
        const auto session = session_from_value(run.chart, *parse_json(text));
        return session ? std::string() : session.error().code;
    };
    EXPECT_EQ(code_with(R"("state":"a")", R"("state":"z")"), "session_state_unknown");
    EXPECT_EQ(code_with(R"("invoke":0)", R"("invoke":1)"), "session_state_unknown");
    EXPECT_EQ(code_with(R"("configuration":["s"])", R"("configuration":["t"])"),
              "session_state_unknown");
    EXPECT_EQ(code_with(R"("s1.1")", R"("s1.2")"), "");
}

}  // namespace
}  // namespace guildmark::scxml::test
