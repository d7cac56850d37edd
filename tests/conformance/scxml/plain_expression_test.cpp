// Random plain expressions mean the same here and in the script engine.
#include <array>
#include <cmath>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "adapters/script/engine.h"
#include "engine/base/json.h"
#include "engine/scxml/compiled.h"
#include "engine/scxml/evaluator.h"
#include "tests/conformance/scxml/virtual_host.h"

namespace guildmark::scxml::test {
namespace {

constexpr const char* variables_json = R"({
    "a": 1, "b": -2.5, "c": "12", "d": "", "e": true, "f": null, "g": [1, "2", [3]], "h": {"x": 5, "y": {"z": []}},
    "i": "abc", "j": "审核😀z", "k": 1e21, "l": 1e-7, "m": "0x1F", "n": " 7 ", "o": "Infinity", "p": [], "q": [null],
    "r": "1e400", "s": false, "t": {}, "u": "\uFFFD", "v": 123456789012345680000, "w": 0.1, "x1": "-0", "y1": "\u00A05",
    "z1": {"length": 3, "toString": 1}})";

/// Gives the evaluator the variables, and nothing else.
class ValueScope final : public Scope {
public:
    explicit ValueScope(const Value& variables) : variables_(variables) {}

    Operand variable(SymbolIndex symbol) override {
        const Value* found = variables_.find(symbols.name(symbol));
        return found == nullptr ? Operand{Operand::Kind::failed, 0, {}, nullptr}
                                : operand_of(*found);
    }

    Operand event_field(EventField) override { return {}; }

    bool is_active(StateIndex) override { return false; }

    bool is_active(std::string_view state_id) override { return state_id == "active"; }

    const std::string& symbol_name(SymbolIndex symbol) override { return symbols.name(symbol); }

    Symbols symbols;

private:
    const Value& variables_;
};

/// Makes expressions, deeper ones more rarely.
class Generator {
public:
    explicit Generator(unsigned seed) : random_(seed) {}

    std::string expression(int depth = 0) {
        static constexpr std::array<const char*, 13> operators = {
            "+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "===", "!=="};
        switch (pick(depth > 4 ? 3 : 12)) {
            case 0:
                return literal();
            case 1:
            case 2:
                return variable();
            case 3:
            case 4:
            case 5:
                return "(" + expression(depth + 1) + " " + operators[pick(operators.size())] + " " +
                       expression(depth + 1) + ")";
            case 6:
                return unary(depth);
            case 7:
                return expression(depth + 1) + (pick(2) == 0 ? " && " : " || ") +
                       expression(depth + 1);
            case 8:
                return "(" + expression(depth + 1) + " ? " + expression(depth + 1) + " : " +
                       expression(depth + 1) + ")";
            case 9:
                return variable() + member(depth);
            case 10:
                return "[" + expression(depth + 1) + ", " + expression(depth + 1) + "]";
            default:
                return "({ k: " + expression(depth + 1) + ", 'l m': " + expression(depth + 1) +
                       " })";
        }
    }

private:
    std::size_t pick(std::size_t count) { return random_() % count; }

    std::string literal() {
        static constexpr std::array<const char*, 26> literals = {"0",
                                                                 "1",
                                                                 "2.5",
                                                                 "1e3",
                                                                 "0x10",
                                                                 ".5",
                                                                 "1e400",
                                                                 "'1'",
                                                                 "'abc'",
                                                                 "\"\"",
                                                                 "true",
                                                                 "false",
                                                                 "null",
                                                                 "undefined",
                                                                 "NaN",
                                                                 "Infinity",
                                                                 "'\\u00e9'",
                                                                 "'\\x41\\n'",
                                                                 "[]",
                                                                 "({})",
                                                                 "5e-324",
                                                                 "1.7976931348623157e308",
                                                                 "'10'",
                                                                 "' 2 '",
                                                                 "0.30000000000000004",
                                                                 "9007199254740993"};
        return literals[pick(literals.size())];
    }

    std::string variable() {
        static constexpr std::array<const char*, 27> names = {
            "a", "b", "c", "d", "e", "f", "g", "h", "i", "j",  "k",  "l",  "m",      "n",
            "o", "p", "q", "r", "s", "t", "u", "v", "w", "x1", "y1", "z1", "missing"};
        return names[pick(names.size())];
    }

    std::string unary(int depth) {
        static constexpr std::array<const char*, 4> operators = {"!", "-", "+", "typeof "};
        // A space, because two minus signs are another operator.
        return std::string(" ") + operators[pick(operators.size())] + "(" + expression(depth + 1) +
               ")";
    }

    std::string member(int depth) {
        static constexpr std::array<const char*, 10> members = {
            ".x", ".y.z", ".length", "[0]", "['1']", "[2][0]", ".y", ".none", ".z", "[1.5]"};
        return pick(4) == 0 ? "[" + expression(depth + 2) + "]" : members[pick(members.size())];
    }

    std::mt19937 random_;
};

std::string shown(const std::optional<Value>& value) {
    if (!value) {
        return "undefined";
    }
    if (value->is_number()) {
        const double number = value->as_number();
        const bool is_minus_zero = number == 0 && std::signbit(number);
        return std::isnan(number) ? "NaN"
               : is_minus_zero    ? "-0"
                                  : fmt::format("number {:.17g}", number);
    }
    return to_json(*value);
}

/// NaN inside an array is null in JSON on both sides.
std::string native(const Expression& expression, ValueScope& scope, bool& is_unsupported) {
    Evaluator evaluator(scope);
    const Operand operand = evaluator.evaluate(expression);
    is_unsupported = operand.kind == Operand::Kind::unsupported;
    return operand.is_value() ? shown(value_of(operand)) : "failed";
}

std::string by_script(ScriptContext& context, const std::string& text) {
    const auto value = context.evaluate(text);
    if (!value) {
        return value.error().code == "script_failed" ? "failed" : value.error().message;
    }
    return shown(*value);
}

TEST(PlainExpression, means_what_the_script_engine_means) {
    constexpr int expressions = 20'000;
    const Value variables = *parse_json(variables_json);
    ScriptWorkers workers;
    std::unique_ptr<ScriptContext> context;
    ValueScope scope(variables);
    Generator generator(20261122);
    int compared = 0;
    for (int round = 0; round < expressions; ++round) {
        // A context's time is bounded; a fresh one now and then has all of it.
        if (round % 500 == 0) {
            context.reset();
            context = std::move(workers.open()).value();
            for (const auto& [name, value] : variables.as_object()) {
                ASSERT_TRUE(context->define(name, value));
            }
        }
        const std::string text = generator.expression();
        const Expression expression = parse_expression(text, scope.symbols);
        ASSERT_TRUE(expression.is_plain()) << text;
        bool is_unsupported = false;
        const std::string by_us = native(expression, scope, is_unsupported);
        if (!is_unsupported) {
            ++compared;
            ASSERT_EQ(by_us, by_script(*context, text)) << text;
        }
    }
    EXPECT_GT(compared, expressions / 2);
}

class NotPlain : public testing::TestWithParam<const char*> {};

TEST_P(NotPlain, goes_to_the_script_engine) {
    Symbols symbols;
    EXPECT_FALSE(parse_expression(GetParam(), symbols).is_plain()) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(All,
                         NotPlain,
                         testing::Values("",
                                         "return",
                                         "a = 1",
                                         "a++",
                                         "a--b",
                                         "a - --b",
                                         "a <!-- b",
                                         "a ?? b",
                                         "a?.b",
                                         "a ** b",
                                         "a & b",
                                         "f()",
                                         "new X",
                                         "a, b",
                                         "a in b",
                                         "/x/",
                                         "`x`",
                                         "010",
                                         "1_000",
                                         "10n",
                                         "1.5.2",
                                         "0x",
                                         "1e",
                                         "3a",
                                         "'\\ud800'",
                                         "'a\nb'",
                                         "'\\1'",
                                         "'open",
                                         "Math.PI",
                                         "_event.other",
                                         "_event.toString",
                                         "_event['name']",
                                         "_event.constructor.name",
                                         "In",
                                         "In()",
                                         "({ a })",
                                         "({ 1: 2 })",
                                         "({ __proto__: a })",
                                         "[1,,2]",
                                         "[...a]",
                                         "äpfel",
                                         "a\\u0062",
                                         "a // b",
                                         "a /* b */",
                                         "x => x",
                                         "this",
                                         "arguments",
                                         "a ? b",
                                         "(a",
                                         "a)",
                                         "a b",
                                         "a.",
                                         "a.'b'"));

TEST(PlainExpression, gives_up_on_deep_nesting) {
    Symbols symbols;
    EXPECT_TRUE(
        parse_expression(std::string(20, '(') + "1" + std::string(20, ')'), symbols).is_plain());
    EXPECT_FALSE(parse_expression(std::string(1000, '(') + "1" + std::string(1000, ')'), symbols)
                     .is_plain());
    EXPECT_FALSE(parse_expression(std::string(100'000, '!') + "1", symbols).is_plain());
    std::string sum = "1";
    for (int term = 0; term < 20'000; ++term) {
        sum += "+1";
    }
    EXPECT_TRUE(parse_expression("1+1+1+1+1+1+1+1", symbols).is_plain());
    EXPECT_FALSE(parse_expression(sum, symbols).is_plain());
}

}  // namespace
}  // namespace guildmark::scxml::test
