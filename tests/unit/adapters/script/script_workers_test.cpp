#include <chrono>
#include <cmath>

#include <gtest/gtest.h>

#include "adapters/script/engine.h"
#include "adapters/script/message.h"
#include "engine/base/json.h"
#include "engine/base/limits.h"

namespace guildmark {
namespace {

std::unique_ptr<ScriptContext> open(ScriptWorkers& workers) {
    auto context = workers.open();
    EXPECT_TRUE(context) << context.error().message;
    return std::move(context).value();
}

/// The value as JSON, "undefined", or the error's code.
std::string shown_of(const Result<std::optional<Value>>& result) {
    if (!result) {
        return result.error().code;
    }
    return *result ? to_json(**result) : "undefined";
}

class ScriptWorkersTest : public testing::Test {
protected:
    std::string evaluate(std::string_view expression) {
        return shown_of(open(workers)->evaluate(expression));
    }

    ScriptWorkers workers;
};

TEST_F(ScriptWorkersTest, tell_when_there_is_no_worker) {
    ScriptWorkers broken(ScriptWorkersOptions{"/nowhere/worker", 4});
    EXPECT_EQ(broken.open().error().code, "script_unavailable");
    ScriptWorkers silent(ScriptWorkersOptions{"/bin/true", 4});
    EXPECT_EQ(silent.open().error().code, "script_unavailable");
    ScriptWorkers single(ScriptWorkersOptions{"", 1});
    const auto first = open(single);
    const auto second = single.open();
    EXPECT_EQ(second.error().code, "script_unavailable");
    EXPECT_EQ(second.error().retry, Retry::later);
}

TEST_F(ScriptWorkersTest, refuse_what_does_not_parse_or_throws) {
    EXPECT_EQ(evaluate("return"), "script_failed");
    EXPECT_EQ(evaluate("1 +"), "script_failed");
    EXPECT_EQ(evaluate("missing"), "script_failed");
    EXPECT_EQ(evaluate("(() => { throw null; })()"), "script_failed");
    EXPECT_EQ(evaluate("() => 1"), "script_function");
    EXPECT_EQ(evaluate("Symbol.iterator"), "script_failed");
    EXPECT_EQ(evaluate("10n"), "script_failed");
    EXPECT_EQ(evaluate(std::string_view("1\0", 2)), "script_failed");
    EXPECT_EQ(evaluate("(() => { const a = []; a[0] = a; return a; })()"), "script_failed");
}

TEST_F(ScriptWorkersTest, charge_no_script_for_what_earlier_contexts_left_behind) {
    constexpr int past_the_first_collections = 400;
    for (int count = 0; count < past_the_first_collections; ++count) {
        const auto context = open(workers);
        ASSERT_TRUE(context->declare("function twice(number) { return 2 * number; }"));
        ASSERT_EQ(shown_of(context->evaluate("[1, 2].map(twice)")), "[2,4]") << "context " << count;
    }
}

TEST_F(ScriptWorkersTest, give_values_as_json_keeps_them) {
    EXPECT_EQ(evaluate("({ a: [1, 'x', null, undefined], b: () => 1, c: { d: true } })"),
              R"({"a":[1,"x",null,null],"c":{"d":true}})");
    EXPECT_EQ(evaluate("undefined"), "undefined");
    EXPECT_EQ(evaluate("'审核 \\u{1F600} \\n'"), "\"审核 😀 \\n\"");
    EXPECT_EQ(evaluate("'a\\ud800b'"),
              "\"a\xEF\xBF\xBD"
              "b\"");
    EXPECT_EQ(evaluate("[1, 2].map(x => x * 2) // comment"), "[2,4]");
    const auto context = open(workers);
    EXPECT_TRUE(std::isnan((*context->evaluate("0 / 0"))->as_number()));
    EXPECT_TRUE(std::isinf((*context->evaluate("-1 / 0"))->as_number()));
    EXPECT_TRUE(std::signbit((*context->evaluate("-0"))->as_number()));
}

TEST_F(ScriptWorkersTest, see_variables_and_tell_what_changed) {
    const auto context = open(workers);
    ASSERT_TRUE(context->define("x", *parse_json(R"({"a": [1]})")));
    ASSERT_TRUE(context->define("y", Value(1e21)));
    ASSERT_TRUE(context->define_undefined("z"));
    EXPECT_EQ(shown_of(context->evaluate("[x.a[0], y, typeof z, 'z' in globalThis]")),
              R"([1,1e+21,"undefined",true])");
    EXPECT_TRUE(context->take_changes().values.empty());
    ASSERT_TRUE(
        context->execute("x.a.push(2); var made = 'new'; function f() { return made; } z = 0/0;"
                         "let local = 1;"));
    const ScriptChanges changes = context->take_changes();
    ASSERT_EQ(changes.values.size(), 3U);
    EXPECT_EQ(to_json(Value(changes.values)), R"({"made":"new","x":{"a":[1,2]},"z":null})");
    EXPECT_EQ(shown_of(context->evaluate("f() + typeof local")), "\"newundefined\"");
    ASSERT_TRUE(context->declare("const kept = 1; let also = 2; class Some {}"));
    EXPECT_EQ(shown_of(context->evaluate("kept + also + typeof Some")), "\"3function\"");
    EXPECT_EQ(context->take_changes().values.size(), 0U);
    ASSERT_TRUE(context->execute("x = undefined; delete globalThis.y"));
    EXPECT_EQ(context->take_changes().undefined, (std::vector<std::string>{"x", "y"}));
    EXPECT_TRUE(context->take_changes().undefined.empty());
}

TEST_F(ScriptWorkersTest, keep_what_changed_before_a_script_failed) {
    const auto context = open(workers);
    ASSERT_TRUE(context->define("x", Value(1)));
    EXPECT_EQ(context->execute("x = 2; throw new Error('no')").error().code, "script_failed");
    EXPECT_EQ(to_json(Value(context->take_changes().values)), R"({"x":2})");
}

TEST_F(ScriptWorkersTest, keep_read_only_values_as_they_are) {
    const auto context = open(workers);
    const std::array<std::string_view, 1> undefined = {"sendid"};
    ASSERT_TRUE(
        context->define_read_only("_event", *parse_json(R"({"data": {"n": 1}})"), undefined));
    EXPECT_EQ(shown_of(context->evaluate("'sendid' in _event && _event.sendid === undefined")),
              "true");
    ASSERT_TRUE(context->execute("_event = 5; _event.data.n = 2; _event.data.m = 3"));
    EXPECT_EQ(shown_of(context->evaluate("_event")), R"({"data":{"n":1}})");
    EXPECT_TRUE(context->take_changes().values.empty());
}

TEST_F(ScriptWorkersTest, answer_membership) {
    const auto context = open(workers);
    const std::vector<std::string> members = {"a", "b"};
    ASSERT_TRUE(context->define_membership("In", members));
    EXPECT_EQ(shown_of(context->evaluate("[In('a'), In('c'), In(['a']), In('toString')]")),
              "[true,false,false,false]");
    ASSERT_TRUE(context->define_membership("In", std::span<const std::string>()));
    EXPECT_EQ(shown_of(context->evaluate("In('a')")), "false");
}

TEST_F(ScriptWorkersTest, show_scripts_nothing_that_differs_from_run_to_run) {
    EXPECT_EQ(
        evaluate("['Date', 'Temporal', 'Intl', 'WeakRef', 'FinalizationRegistry', 'Atomics',"
                 " 'SharedArrayBuffer', 'WebAssembly', 'ShadowRealm', 'console', '$vm', 'print',"
                 " 'require', 'process', 'performance', 'setTimeout']"
                 ".filter(name => name in globalThis)"),
        "[]");
    EXPECT_EQ(evaluate("typeof Math.random"), "\"undefined\"");
    EXPECT_EQ(evaluate("typeof (1.5).toLocaleString"), "\"undefined\"");
}

class Leaving : public ScriptWorkersTest, public testing::WithParamInterface<const char*> {};

TEST_P(Leaving, does_not_reach_the_next_context) {
    const char* probe =
        "[Reflect.ownKeys(globalThis).map(String).sort().join(), typeof left, typeof parseInt, "
        "typeof Map,"
        " parseInt('7'), 'evil' in {}, 'evil' in [], 'evil' in [].values(), 'evil' in (function* "
        "() {}),"
        " 'evil' in globalThis, RegExp.$1, [2].map(x => x + 1), JSON.stringify({}), isNaN('x'),"
        " 'evil' in [].values().map(x => x), 'evil' in (async function () "
        "{})().constructor.prototype]";
    const std::string before = evaluate(probe);
    {
        const auto context = open(workers);
        EXPECT_TRUE(context->define("left", Value(1)));
        static_cast<void>(context->execute(GetParam()));
    }
    EXPECT_EQ(evaluate(probe), before);
    {
        const auto context = open(workers);
        static_cast<void>(context->declare(GetParam()));
    }
    EXPECT_EQ(evaluate(probe), before);
}

INSTANTIATE_TEST_SUITE_P(
    All,
    Leaving,
    testing::Values(
        "var left = 1; function right() {}",
        "left = 2; globalThis.evil = 3; globalThis[Symbol('s')] = 4",
        "let left2 = 1; const evil = 5;",
        "Array.prototype.map = 5; Object.prototype.evil = 1; JSON.stringify = () => 'x'",
        "globalThis.parseInt = 3; isNaN = () => 1; delete globalThis.Map;",
        "Object.defineProperty(globalThis, 'parseInt', { get() { return 1; } })",
        "Object.defineProperty(globalThis, 'evil', { value: 1, configurable: false })",
        "Object.defineProperty(globalThis, 'isNaN', { value: 1, configurable: false })",
        "Object.setPrototypeOf(globalThis, { evil: 1 })",
        "Object.preventExtensions(globalThis)",
        "Object.getPrototypeOf([].values()).evil = 1",
        "Object.getPrototypeOf([].values().map(x => x)).evil = 1",
        "Object.getPrototypeOf(function* () {}).evil = 1",
        "Object.getPrototypeOf(async function () {}).evil = 1",
        "/(s..ret)/.test('secret')",
        "Function.prototype.call = 1; eval('var evil = 1')",
        "globalThis.eval = 1; undefined = 2; NaN = 3;"));

// A hostile script costs its own context and no other.

struct Hostile {
    const char* name;
    const char* statements;
};

class HostileScript : public testing::TestWithParam<Hostile> {};

TEST_P(HostileScript, is_ended_in_time_and_the_next_context_works) {
    ScriptWorkers workers;
    ASSERT_TRUE(open(workers)->evaluate("1"));
    const auto start = std::chrono::steady_clock::now();
    {
        const auto context = open(workers);
        const auto ended = context->execute(GetParam().statements);
        ASSERT_FALSE(ended);
        EXPECT_EQ(ended.error().code, "script_limit") << ended.error().message;
        EXPECT_EQ(context->execute("1").error().code, "script_limit");
        EXPECT_TRUE(context->take_changes().values.empty());
    }
    EXPECT_EQ(shown_of(open(workers)->evaluate("6 * 7")), "42");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

INSTANTIATE_TEST_SUITE_P(
    All,
    HostileScript,
    testing::Values(
        Hostile{"loop", "while (true) {}"},
        Hostile{"allocation", "const a = []; while (true) { a.push(new Array(1000).fill(1.5)); }"},
        Hostile{"text", "let s = 'x'; while (true) { s += s; if (s.length > 1e9) { s.at(5); } }"},
        Hostile{"repeat", "var s = 'x'.repeat(2e9)"},
        Hostile{"buffer", "var b = new Uint8Array(3e9).fill(1)"},
        Hostile{"recursion", "function f() { return f() + 1; } f()"},
        Hostile{"pattern", "/^(a+)+$/.test('a'.repeat(40) + 'b')"},
        Hostile{"getter", "var x = { get y() { while (true) {} } }"},
        Hostile{"json", "var x = { toJSON() { while (true) {} } }"},
        Hostile{"promise", "const f = () => Promise.resolve().then(f); f()"},
        Hostile{"result", "var x = 'x'.repeat(2e7)"}),
    [](const auto& parameter) { return std::string(parameter.param.name); });

TEST_F(ScriptWorkersTest, give_a_script_all_of_its_time_and_no_more) {
    using std::chrono::milliseconds;
    constexpr milliseconds most(limits::script_time_ms_max * script::sanitizer_factor);
    const auto start = std::chrono::steady_clock::now();
    const auto ended = open(workers)->execute("while (true) {}");
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, "script_limit");
    EXPECT_GE(std::chrono::steady_clock::now() - start, most);
}

TEST_F(ScriptWorkersTest, give_a_script_all_of_its_memory_and_no_more) {
    // A text that fits takes longer to fill than a script has time; one that does not fit is never
    // begun. What the script engine takes itself is why the limit cannot be met to the byte.
    constexpr std::size_t most = limits::script_memory_bytes_max * script::sanitizer_factor;
    const auto take = [this](std::size_t bytes) {
        const auto taken =
            open(workers)->evaluate("'x'.repeat(" + std::to_string(bytes) + ").length");
        return taken ? std::string() : taken.error().message;
    };
    const std::string refusal = take(most);
    // The allocator of a sanitizer ends the worker where another one tells the script.
    const bool is_ended =
        script::sanitizer_factor > 1 && refusal.starts_with("the script worker ended");
    EXPECT_TRUE(is_ended || refusal == "RangeError: Out of memory") << refusal;
    EXPECT_NE(take(most - most / 16), "RangeError: Out of memory");
}

TEST_F(ScriptWorkersTest, add_up_the_time_of_a_context) {
    const auto context = open(workers);
    std::string code;
    for (int round = 0; round < 1000 && code.empty(); ++round) {
        const auto ran = context->execute("for (let i = 0; i < 3e5; i++) { Math.sin(i); }");
        code = ran ? "" : ran.error().code;
    }
    EXPECT_EQ(code, "script_limit");
}

TEST_F(ScriptWorkersTest, replace_a_worker_that_died_while_it_waited) {
    ASSERT_TRUE(open(workers)->evaluate("1"));
    {
        // Too much for one context: its worker is not given back.
        const auto context = open(workers);
        ASSERT_FALSE(context->execute("while (true) {}"));
    }
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(evaluate("1 + 1"), "2");
    }
}

}  // namespace
}  // namespace guildmark
