// Random expressions that may be pure come to the same with and without a context.
#include <array>
#include <random>

#include <gtest/gtest.h>

#include "adapters/script/engine.h"
#include "engine/base/json.h"
#include "engine/scxml/pure.h"

namespace guildmark::scxml::test {
namespace {

constexpr const char* variables_of_scripts = R"({
    "a": 1, "b": -2.5, "c": "12 major", "d": "", "e": true, "f": null, "g": [3, "2", [1]],
    "h": {"x": 5, "y": {"z": []}, "open": true}, "i": [{"open": true, "n": 2}, {"open": false, "n": 7}],
    "j": "审核😀z"})";

/// What documents declare; one of them changes a variable.
constexpr std::string_view functions = R"(
function twice(item) { return item * 2; }
function add(first, second) { return first + second + (h?.x ?? 0); }
function sum(list) { let total = 0; for (const item of list) { total = add(total, item); } return total; }
function changed(item) { if (item) { h.x = item; } return h.x; })";

/// A place for another expression is `$`.
constexpr std::array<const char*, 62> forms = {
    "Math.max($, $)",
    "twice($)",
    "add(twice($), $)",
    "[$, $].map(item => add(item, $))",
    "sum([$, $])",
    "changed($)",
    "In($)",
    "(function (item) { return [item, $]; })($)",
    "[...new Set([$, $])]",
    "new Map([[$, $]]).get($)",
    "(class { static made = $; }).made",
    "Math.round($)",
    "Number($)",
    "String($)",
    "parseInt($, 10)",
    "isNaN($)",
    "Array.isArray($)",
    "JSON.stringify($)",
    "Object.keys($ ?? {})",
    "Object.entries($ ?? {}).length",
    "Object.assign({}, $)",
    "Object.assign($, { made: $ })",
    "Object.freeze($)",
    "[$, ...[$]]",
    "[$, $].sort()",
    "[$, $].map(item => [item, $])",
    "[$, $].filter(item => item)",
    "[$, $].includes($)",
    "[$, $].reduce((sum, item) => sum + item, $)",
    "({ ...$, made: $ })",
    "`$ ${$}`",
    "$?.length",
    "$?.x ?? $",
    "$ ** 2",
    "$ instanceof Object",
    "'x' in Object($)",
    "($, $)",
    "(item => item)($)",
    "((first, ...rest) => rest)($, $)",
    "(() => { let sum = 0; for (const item of [$, $]) { sum += +item; } return sum; })()",
    "g.map(String).join($)",
    "g.slice(1).concat($)",
    "g.push($)",
    "g.sort()",
    "g.reverse().length",
    "g.toString()",
    "g.indexOf($)",
    "g.flat()",
    "g[0] = $",
    "h.y.z.push($)",
    "h.x++",
    "delete h.open",
    "h.made = $",
    "h.y.z.length",
    "i.some(item => item.open)",
    "i.find(item => item.n > $)",
    "i.map(({ n, open }) => open ? n : $)",
    "i.every(item => item.open = $)",
    "c.split(' ')",
    "/^\\d+ (\\w+)$/.exec(c)?.[1]",
    "j.length + j.at(-1)",
    "c.replace(/\\d/g, digit => digit * 2)"};

/// Makes expressions of calls, some of which change what they are given.
class CallGenerator {
public:
    explicit CallGenerator(unsigned seed) : random_(seed) {}

    std::string expression(int depth = 0) {
        if (depth > 3 || pick(4) == 0) {
            return leaf();
        }
        std::string out;
        for (const char* at = forms[pick(forms.size())]; *at != '\0'; ++at) {
            const bool is_place = *at == '$' && at[1] != '{' && at[1] != '/';
            out += is_place ? expression(depth + 1) : std::string(1, *at);
        }
        return "(" + out + ")";
    }

private:
    std::size_t pick(std::size_t count) { return random_() % count; }

    std::string leaf() {
        static constexpr std::array<const char*, 18> leaves = {"a",
                                                               "b",
                                                               "c",
                                                               "d",
                                                               "e",
                                                               "f",
                                                               "g",
                                                               "h",
                                                               "i",
                                                               "j",
                                                               "0",
                                                               "1.5",
                                                               "'text'",
                                                               "[]",
                                                               "({})",
                                                               "undefined",
                                                               "unknown",
                                                               "k"};
        return leaves[pick(leaves.size())];
    }

    std::mt19937 random_;
};

std::string shown_or_undefined(const std::optional<Value>& value) {
    return value ? to_json(*value) : "undefined";
}

std::vector<ScriptInput> inputs_of(const Value& variables) {
    static const std::vector<std::string> active = {"text", "1.5"};
    std::vector<ScriptInput> inputs = {{"k", nullptr, {}}, {"In", nullptr, {}, &active}};
    for (const auto& [name, value] : variables.as_object()) {
        inputs.push_back({name, &value, {}});
    }
    return inputs;
}

Result<std::unique_ptr<ScriptContext>> open(ScriptWorkers& workers, const Value& variables) {
    std::unique_ptr<ScriptContext> context = TRY(workers.open());
    TRY(context->define_undefined("k"));
    TRY(context->define_membership("In", std::vector<std::string>{"text", "1.5"}));
    TRY(context->declare(functions));
    for (const auto& [name, value] : variables.as_object()) {
        TRY(context->define(name, value));
    }
    static_cast<void>(context->take_changes());
    return context;
}

/// What an expression came to without a context and in one.
struct BothWays {
    Result<std::optional<Value>> apart;
    Result<std::optional<Value>> value;
    ScriptChanges changes;

    /// A script has so little time that a machine which stands still takes all of it.
    [[nodiscard]] bool is_starved() const {
        return (!apart && apart.error().code == "script_limit") ||
               (!value && value.error().code == "script_limit");
    }
};

BothWays evaluate_both_ways(ScriptWorkers& workers,
                            const std::string& text,
                            const Value& variables) {
    auto apart = workers.evaluate_pure(text, inputs_of(variables), functions);
    auto context = open(workers, variables);
    if (!context) {
        return {std::move(apart), context.error(), {}};
    }
    auto value = (*context)->evaluate(text);
    return {std::move(apart), std::move(value), (*context)->take_changes()};
}

TEST(PureExpression, comes_to_what_a_context_makes_of_it_and_changes_nothing_there) {
    constexpr int expressions = 1'500;
    const Value variables = *parse_json(variables_of_scripts);
    ScriptWorkers workers;
    ASSERT_TRUE(find_script_words(functions));
    CallGenerator generator(20261123);
    int pure = 0;
    int impure = 0;
    for (int round = 0; round < expressions; ++round) {
        const std::string text = generator.expression();
        ASSERT_TRUE(find_pure_words(text)) << text;
        BothWays both = evaluate_both_ways(workers, text, variables);
        for (int attempt = 1; attempt < 3 && both.is_starved(); ++attempt) {
            both = evaluate_both_ways(workers, text, variables);
        }
        const auto& [apart, value, changes] = both;
        if (!apart) {
            ASSERT_EQ(apart.error().code, "script_impure") << text << ": " << apart.error().message;
            ++impure;
            continue;
        }
        ++pure;
        ASSERT_TRUE(value) << text << ": " << value.error().message;
        ASSERT_EQ(shown_or_undefined(*apart), shown_or_undefined(*value)) << text;
        ASSERT_TRUE(changes.values.empty() && changes.undefined.empty()) << text;
    }
    EXPECT_GT(pure, expressions / 3);
    EXPECT_GT(impure, expressions / 10);
}

}  // namespace
}  // namespace guildmark::scxml::test
