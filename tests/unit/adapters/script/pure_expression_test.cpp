// Expressions that change nothing, evaluated without a context.
#include <chrono>
#include <cmath>

#include <gtest/gtest.h>

#include "adapters/script/engine.h"
#include "engine/base/json.h"

namespace guildmark {
namespace {

/// The value as JSON, "undefined", or the error's code.
std::string shown(const Result<std::optional<Value>>& result) {
    if (!result) {
        return result.error().code;
    }
    return *result ? to_json(**result) : "undefined";
}

class PureExpressionTest : public testing::Test {
protected:
    /// On x, a number; data, an object; items, an array; missing, which is undefined; and In.
    std::string evaluate(std::string_view expression, std::string_view functions = {}) {
        const std::array<ScriptInput, 5> inputs = {{{"x", &number, {}},
                                                    {"data", &data, {}},
                                                    {"items", &items, {}},
                                                    {"missing", nullptr, {}},
                                                    {"In", nullptr, {}, &active}}};
        return shown(workers.evaluate_pure(expression, inputs, functions));
    }

    ScriptWorkers workers;
    Value number{3};
    Value data = *parse_json(R"({"name": "Ölmühle", "sizes": [1, 2], "deep": {"a": true}})");
    std::vector<std::string> active = {"open"};
    Value items = *parse_json("[3, 1, 2]");
};

TEST_F(PureExpressionTest, tell_when_there_is_no_worker) {
    ScriptWorkers broken(ScriptWorkersOptions{"/nowhere/worker", 4});
    EXPECT_EQ(shown(broken.evaluate_pure("1", {}, {})), "script_unavailable");
    ScriptWorkers single(ScriptWorkersOptions{"", 1});
    const auto context = single.open();
    EXPECT_EQ(shown(single.evaluate_pure("1", {}, {})), "script_unavailable");
}

class Impure : public PureExpressionTest, public testing::WithParamInterface<const char*> {};

TEST_P(Impure, is_told_and_changes_nothing) {
    const std::string probe =
        "[x, data, items, typeof made, typeof left, 'made' in {}, [2].map(y => y + 1), "
        "parseInt('7'), Math.max(1, 2)]";
    const std::string before = evaluate(probe);
    EXPECT_EQ(evaluate(GetParam()), "script_impure");
    EXPECT_EQ(evaluate(probe), before);
}

INSTANTIATE_TEST_SUITE_P(All,
                         Impure,
                         testing::Values("x = 4",
                                         "x++",
                                         "made = 1",
                                         "missing = 1",
                                         "delete data.name",
                                         "data.name = 'other'",
                                         "data.deep.a = false",
                                         "data.made = 1",
                                         "items.push(4)",
                                         "items.sort()",
                                         "items.length = 0",
                                         "Object.assign(data, { made: 1 })",
                                         "Object.defineProperty(data, 'made', { value: 1 })",
                                         "Object.prototype.made = 1",
                                         "Array.prototype.map = 5",
                                         "Math.max = () => 0",
                                         "parseInt = 5",
                                         "globalThis.made = 1",
                                         "this.made = 1",
                                         "In.made = 1",
                                         "In = 1",
                                         "[].concat.call(undefined)",
                                         "(function () { made = 1; })()",
                                         "Object.isFrozen(data)",
                                         "Object['isFro' + 'zen'](data)",
                                         "[]['con' + 'structor']",
                                         "(() => 1)['con' + 'structor']('made = 1')()",
                                         "(() => { made = 1; })()",
                                         "nowhere",
                                         "x.y.z",
                                         "(() => { throw null; })()",
                                         "() => 1",
                                         "Symbol.iterator",
                                         "10n",
                                         "1 +",
                                         "",
                                         "return 1",
                                         "1; let left = 1",
                                         "1); let left = 1; (2",
                                         "1)); let left = 1; ((2",
                                         "1)]; let left = 1; [(2",
                                         "1\n);}); let left = 1; (() => { (2",
                                         "1 } let left = 1; {",
                                         "010"));

TEST_F(PureExpressionTest, has_the_value_that_a_context_gives_it) {
    EXPECT_EQ(evaluate("Math.min(x, 9) < 3"), "false");
    EXPECT_EQ(evaluate("Math.min(x, 9) + 1 // comment"), "4");
    EXPECT_EQ(evaluate("items.filter(item => item > 1).length === 2"), "true");
    EXPECT_EQ(evaluate("[...items].sort()"), "[1,2,3]");
    EXPECT_EQ(evaluate("({ ...data, deep: missing })"), R"({"name":"Ölmühle","sizes":[1,2]})");
    EXPECT_EQ(evaluate("`${data.name} ${x}`"), "\"Ölmühle 3\"");
    EXPECT_EQ(evaluate("/^Öl/.test(data.name)"), "true");
    EXPECT_EQ(evaluate("data?.none?.more ?? 'nothing'"), "\"nothing\"");
    EXPECT_EQ(evaluate("items.some(function (item) { return item > 2; })"), "true");
    EXPECT_EQ(evaluate("[...new Set([x, x])].length"), "1");
    EXPECT_EQ(evaluate("[In('open'), In('closed'), In(['open']), In('toString')]"),
              "[true,false,false,false]");
    EXPECT_EQ(evaluate("missing"), "undefined");
    EXPECT_EQ(evaluate("null"), "null");
    EXPECT_EQ(evaluate("1e21 + 0.5"), "1e+21");
    EXPECT_EQ(evaluate("9007199254740993 * 1"), "9007199254740992");
    EXPECT_TRUE(std::isnan((*workers.evaluate_pure("Math.sqrt(-1)", {}, {}))->as_number()));
    EXPECT_TRUE(std::signbit((*workers.evaluate_pure("Math.round(-0.1)", {}, {}))->as_number()));
}

TEST_F(PureExpressionTest, sees_the_undefined_members_of_its_inputs) {
    const Value event = *parse_json(R"({"name": "tick"})");
    const std::array<std::string_view, 1> undefined = {"sendid"};
    const std::array<ScriptInput, 1> inputs = {{{"_event", &event, undefined}}};
    EXPECT_EQ(shown(workers.evaluate_pure(
                  "['sendid' in _event, _event.sendid === undefined]", inputs, {})),
              "[true,true]");
}

TEST_F(PureExpressionTest, leaves_documents_of_xml_to_a_context) {
    const Value document = *parse_json(R"({"#xml": ["a", "b"]})");
    const std::array<ScriptInput, 1> inputs = {{{"document", &document, {}}}};
    EXPECT_EQ(shown(workers.evaluate_pure("document.firstChild", inputs, {})), "script_impure");
    EXPECT_EQ(shown(workers.evaluate_pure("1 + 1", {}, {})), "2");
}

class OtherThanFunctions : public PureExpressionTest,
                           public testing::WithParamInterface<const char*> {};

TEST_P(OtherThanFunctions, is_left_to_a_context) {
    EXPECT_EQ(evaluate("low(x)", GetParam()), "script_impure");
    EXPECT_EQ(evaluate("low(x)", "function low(number) { return number < 4; }"), "true");
}

INSTANTIATE_TEST_SUITE_P(
    All,
    OtherThanFunctions,
    testing::Values(
        "var limit = 4; function low(number) { return number < limit; }",
        "let count = 0; function low(number) { count += 1; return count > 1; }",
        "const state = { count: 0 }; function low(number) { return state.count++ > 0; }",
        "class Low {} function low(number) { return true; }",
        "function low(number) { low.count = (low.count ?? 0) + 1; return low.count > 1; }",
        "function low(number) { low = () => false; return true; }",
        "function other() { return low; } function low(number) { return other() === low; }",
        "function low(number) { made = 1; return true; }",
        "function low(number) { data.name = 'other'; return true; }",
        "function x() {} function low(number) { return true; }",
        "Math.low = 1; function low(number) { return true; }",
        "function low(number) { return true; } nowhere();",
        "function low(number) { return true; } }); let left = 1; (() => {",
        "function low(number) { return 010; }",
        "function low(number) {"));

TEST_F(PureExpressionTest, calls_the_functions_that_a_document_declares) {
    constexpr std::string_view functions =
        "function low(number) { return number < limit(); } // comment\n"
        "function limit() { let most = 0; for (const size of data.sizes) { most += size; } "
        "return most + 1; }";
    EXPECT_EQ(evaluate("low(x)", functions), "true");
    EXPECT_EQ(evaluate("items.filter(item => low(item + 1)).length", functions), "2");
    EXPECT_EQ(evaluate("items.filter(low).length", functions), "script_impure");
    EXPECT_EQ(evaluate("low(x)"), "script_impure");
}

class HostileExpression : public PureExpressionTest,
                          public testing::WithParamInterface<const char*> {};

TEST_P(HostileExpression, is_ended_in_time_and_the_next_is_evaluated) {
    EXPECT_EQ(evaluate("x"), "3");
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(evaluate(GetParam()), "script_limit");
    EXPECT_EQ(evaluate("x"), "3");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

INSTANTIATE_TEST_SUITE_P(
    All,
    HostileExpression,
    testing::Values("(() => { while (true) {} })()",
                    "(f => f(f))(f => f(f) + 1)",
                    "'x'.repeat(2e9).at(5)",
                    "(() => { const a = []; for (;;) { a.push(Array(1000).fill(1.5)); } })()",
                    "/^(a+)+$/.test('a'.repeat(40) + 'b')",
                    "({ toJSON() { for (;;) {} } })"));

TEST_F(PureExpressionTest, shares_a_worker_with_contexts) {
    ScriptWorkers single(ScriptWorkersOptions{"", 1});
    for (int round = 0; round < 3; ++round) {
        {
            const auto context = std::move(single.open()).value();
            ASSERT_TRUE(context->define("made", Value(1)));
            EXPECT_EQ(shown(context->evaluate("made + 1")), "2");
        }
        EXPECT_EQ(shown(single.evaluate_pure("typeof made", {}, {})), "\"undefined\"");
    }
}

}  // namespace
}  // namespace guildmark
