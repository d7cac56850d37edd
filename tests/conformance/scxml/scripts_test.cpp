// Charts with scripts: the datamodel of the session and that of the script engine stay one.
#include <gtest/gtest.h>

#include "adapters/script/engine.h"
#include "engine/scxml/session_codec.h"
#include "tests/conformance/scxml/running.h"

namespace guildmark::scxml::test {
namespace {

class Scripts : public testing::Test {
protected:
    ScriptWorkers workers;
};

TEST_F(Scripts, keep_functions_of_the_document_and_values_of_the_session) {
    Running run(
        workers,
        "<datamodel><data id='x' expr='1'/></datamodel>"
        "<script>var made = 10; const rate = 3; function twice(n) { return n * 2; }</script>"
        "<state id='a'><transition event='e'><assign location='x' expr='twice(x) + rate'/>"
        "<script>let step = 1; made += step;</script></transition></state>");
    run.start();
    EXPECT_EQ(run.data(), "{\"x\":1,\"made\":10}");
    run.process("e");
    EXPECT_EQ(run.data(), "{\"x\":5,\"made\":11}");
    run.session = *session_from_value(run.chart, to_value(run.chart, run.session));
    run.process("e");
    EXPECT_EQ(run.data(), "{\"x\":13,\"made\":12}");
}

TEST_F(Scripts, see_what_was_assigned_natively_and_the_other_way_round) {
    Running run(workers,
                "<datamodel><data id='x' expr='1'/><data id='list' expr='[]'/></datamodel>"
                "<state id='a'><transition event='e'>"
                "<script>x = 5; list.push({ n: x });</script>"
                "<assign location='x' expr='x + 1'/>"
                "<script>list.push({ n: x }); x = undefined;</script>"
                "<if cond=\"typeof x == 'undefined'\"><log label='gone'/></if>"
                "<assign location='list.at(-1).n' expr='7'/>"
                "<assign location='x' expr='list.map(item => item.n)'/></transition></state>");
    run.start();
    run.take_trace();
    run.process("e");
    EXPECT_EQ(run.take_trace(), "log gone null");
    EXPECT_EQ(run.data(), R"({"list":[{"n":5},{"n":7}],"x":[5,7]})");
}

TEST_F(Scripts, see_the_event_the_states_and_the_facts) {
    Running run(
        workers,
        "<state id='a'><transition event='e' cond=\"[In('a'), In('b')].join() == 'true,false'\" "
        "target='b'/></state>"
        "<state id='b'><onentry><log label='' expr=\"[In('a'), In('b'), _event.name, "
        "Object.keys(_event).length, _name, _sessionid, _ioprocessors.scxml.location, "
        "people.join('+')].join()\"/></onentry></state>");
    run.host.facts_to_set().set("people", *parse_json(R"(["ann", "bob"])"));
    run.start();
    run.take_trace();
    run.process("e", Value(1));
    EXPECT_EQ(run.take_trace(), "-a; +b; log  \"false,true,e,7,n,s1,#_scxml_s1,ann+bob\"");
}

TEST_F(Scripts, see_the_same_without_a_context) {
    Running run(workers,
                "<datamodel><data id='x' expr='2'/><data id='none'/></datamodel>"
                "<state id='a'><transition event='e'><log label='' "
                "expr=\"[x ** 2, typeof none, 'sendid' in _event, _event.data.map(n => n + x), "
                "_name, _sessionid, people.join('+'), _x.people.length, In('a')].join()\"/>"
                "</transition></state>");
    run.host.facts_to_set().set("people", *parse_json(R"(["ann", "bob"])"));
    run.start();
    run.take_trace();
    run.process("e", *parse_json("[1, 2]"));
    EXPECT_EQ(run.take_trace(), "log  \"4,undefined,true,3,4,n,s1,ann+bob,2,true\"");
}

TEST_F(Scripts, call_functions_of_the_document_on_what_the_session_holds_now) {
    Running run(workers,
                "<datamodel><data id='x' expr='1'/><data id='limit' expr='3'/></datamodel>"
                "<script>function low(number) { return number &lt; limit; }</script>"
                "<state id='a'><transition event='e' cond='low(x)'>"
                "<assign location='x' expr='x + 1'/></transition>"
                "<transition event='e'><assign location='limit' expr='10'/></transition></state>");
    run.start();
    for (int count = 0; count < 4; ++count) {
        run.process("e");
    }
    EXPECT_EQ(run.data(), "{\"x\":4,\"limit\":10}");
}

TEST_F(Scripts, keep_what_an_expression_changes) {
    Running run(workers,
                "<datamodel><data id='list' expr='[2, 1]'/><data id='same'/>"
                "<data id='twice' expr='n => n * 2'/></datamodel>"
                "<state id='a'><transition event='push' cond='list.push(3) > 2'/>"
                "<transition event='sort'><assign location='same' expr='list.sort().at(0)'/>"
                "</transition><transition event='call'>"
                "<assign location='same' expr='[twice(list.length)].at(0)'/></transition></state>");
    run.start();
    run.process("push");
    EXPECT_EQ(run.session.data.find("list")->as_array().size(), 3U);
    run.process("sort");
    EXPECT_EQ(to_json(*run.session.data.find("list")), "[1,2,3]");
    EXPECT_EQ(to_json(*run.session.data.find("same")), "1");
    run.process("call");
    EXPECT_EQ(to_json(*run.session.data.find("same")), "6");
}

TEST_F(Scripts, change_neither_system_variables_nor_facts) {
    Running run(
        workers,
        "<state id='a'><onentry><script>_name = 'other'; role = 'boss'; _sessionid = 1;"
        "</script></onentry>"
        "<transition event='e'><log label='' expr='[_name, role].join()'/></transition></state>");
    run.host.facts_to_set().set("role", Value("auditor"));
    run.start();
    EXPECT_EQ(run.data(), "{}");
    run.take_trace();
    run.process("e");
    EXPECT_EQ(run.take_trace(), "log  \"n,auditor\"");
}

TEST_F(Scripts, become_error_events_when_they_fail) {
    Running run(
        workers,
        "<datamodel><data id='x' expr='1'/></datamodel><state id='a'>"
        "<transition event='parse'><script>1 +</script><log label='skipped'/></transition>"
        "<transition event='throw'><script>x = 2; throw new Error('no');</script></transition>"
        "<transition event='nan'><script>x = 0 / 0;</script></transition>"
        "<transition event='after'><log label='' expr='[x].join()'/></transition>"
        "<transition event='error.execution'><log label='' expr='_event.data.code'/></transition>"
        "</state>");
    run.start();
    run.take_trace();
    run.process("parse");
    EXPECT_EQ(run.take_trace(), "log  \"script_failed\"");
    run.process("throw");
    EXPECT_EQ(run.take_trace(), "log  \"script_failed\"");
    EXPECT_EQ(run.data(), "{\"x\":2}");
    run.process("nan");
    EXPECT_EQ(run.take_trace(), "log  \"value_not_storable\"");
    EXPECT_EQ(run.data(), "{\"x\":2}");
    run.process("after");
    EXPECT_EQ(run.take_trace(), "log  \"2\"");
}

TEST_F(Scripts, cost_only_their_own_case_when_they_do_not_end) {
    Running hostile(workers,
                    "<datamodel><data id='x' expr='1'/></datamodel><state id='a'>"
                    "<transition event='e'><assign location='x' expr='2'/>"
                    "<script>while (true) {}</script></transition>"
                    "<transition event='error.execution'><log label='' expr='_event.data.code'/>"
                    "<log label='' expr='[x].join()'/></transition></state>");
    Running other(workers,
                  "<state id='a'><onentry><log label='' expr='[1, 2].join()'/></onentry></state>");
    hostile.start();
    hostile.take_trace();
    hostile.process("e");
    EXPECT_EQ(hostile.take_trace(), "log  \"script_limit\"; log  \"2\"");
    other.start();
    EXPECT_EQ(other.take_trace(), "+a; log  \"1,2\"");
}

TEST_F(Scripts, get_no_more_contexts_after_three_that_were_ended) {
    Running run(workers,
                "<state id='a'><transition event='error.execution'><log label='again'/>"
                "<script>while (true) {}</script></transition>"
                "<transition event='e'><script>while (true) {}</script></transition></state>");
    run.start();
    run.take_trace();
    EXPECT_EQ(run.process("e"), "microsteps_too_many");
    EXPECT_EQ(run.process("harmless"), "");
}

TEST_F(Scripts, are_undone_with_the_rest_of_a_run) {
    Running run(
        workers,
        "<datamodel><data id='x' expr='[1]'/></datamodel>"
        "<state id='a'><transition event='e' target='b'><script>x.push(2); var y = 1;</script>"
        "</transition></state><state id='b'><transition target='b'/>"
        "<transition event='error'><raise event='error'/></transition></state>");
    run.start();
    const Value before = to_value(run.chart, run.session);
    EXPECT_EQ(run.process("e"), "microsteps_too_many");
    EXPECT_EQ(to_value(run.chart, run.session), before);
}

TEST_F(Scripts, run_in_a_document_whose_own_script_throws) {
    Running run(workers,
                "<script>function f() { return 1; } throw 'x';</script>"
                "<state id='a'><transition event='error'><log label='error'/></transition>"
                "<transition event='e'><log label='' expr='f()'/></transition></state>");
    run.start();
    EXPECT_EQ(run.take_trace(), "+a; log error null");
    run.process("e");
    EXPECT_EQ(run.take_trace(), "log  1");
}

}  // namespace
}  // namespace guildmark::scxml::test
