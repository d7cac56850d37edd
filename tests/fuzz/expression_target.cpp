// Whatever the text is, an expression is evaluated, fails, or is left to the script engine, within
// bounds; the same again gives the same.
#include <bit>

#include "engine/base/ensure.h"
#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/scxml/ecmascript.h"
#include "engine/scxml/evaluator.h"
#include "engine/xml/encoding.h"
#include "tests/fuzz/project_files.h"
#include "tests/fuzz/target.h"

namespace guildmark::fuzz {
namespace {

using scxml::Evaluator;
using scxml::Expression;
using scxml::Operand;

/// What an expression may make in all before it is refused, about.
constexpr std::size_t made_bytes_max = 8 * limits::session_data_bytes_max;

Value make_variables() {
    Value variables = *parse_json(
        R"({"a":1,"b":null,"c":-0.5,"yes":true,"list":[1,[2],"3"],"object":{"k":{"k":1},"0":2},)"
        R"("xml":{"#xml":["a",{"k":"1"}]},"event":{"name":"e","data":{"k":[1]}}})");
    variables.set("text", std::string(limits::session_data_bytes_max / 4, 'x'));
    variables.set("words", "\xc3\xa4\xf0\x9f\x90\x9d 12");
    return variables;
}

const Value& variables() {
    static const Value made = make_variables();
    return made;
}

class FuzzScope final : public scxml::Scope {
public:
    Operand variable(scxml::SymbolIndex symbol) override {
        const Value* found = variables().find(symbols.name(symbol));
        return found == nullptr ? Operand{Operand::Kind::failed, 0, {}, nullptr}
                                : scxml::operand_of(*found);
    }

    Operand event_field(scxml::EventField field) override {
        const std::string_view name = scxml::event_field_names[static_cast<std::size_t>(field)];
        const Value* found = variables().find("event")->find(name);
        return found == nullptr ? Operand{} : scxml::operand_of(*found);
    }

    bool is_active(scxml::StateIndex) override { return true; }

    bool is_active(std::string_view state_id) override { return state_id == "s"; }

    const std::string& symbol_name(scxml::SymbolIndex symbol) override {
        return symbols.name(symbol);
    }

    scxml::Symbols symbols;
};

void check_nodes(const Expression& expression) {
    for (std::size_t at = 0; at < expression.nodes.size(); ++at) {
        const scxml::Node& node = expression.nodes[at];
        if (node.kind == scxml::NodeKind::literal) {
            ENSURE(node.first < expression.literals.size(), "a literal is there");
        }
        if (node.kind == scxml::NodeKind::array || node.kind == scxml::NodeKind::object) {
            ENSURE(std::size_t{node.first} + node.second <= expression.arguments.size(),
                   "arguments are there");
        }
        if (node.kind >= scxml::NodeKind::add) {
            ENSURE(node.first < at && node.second < at, "a node comes after its operands");
        }
    }
}

/// What the expression is worth, as text; numbers bit by bit.
std::string outcome(const Operand& operand) {
    std::string text = std::to_string(static_cast<int>(operand.kind));
    if (operand.is_value()) {
        const auto value = scxml::value_of(operand);
        text += " " + std::to_string(std::bit_cast<std::uint64_t>(operand.number));
        text += value ? " " + to_json(*value) : "";
        ENSURE(text.size() <= made_bytes_max, "what is made is bounded");
        ENSURE(scxml::operand_bytes(operand) <= made_bytes_max, "and known to be");
        static_cast<void>(scxml::is_truthy(operand));
    }
    return text;
}

void evaluate(std::string_view text) {
    FuzzScope scope;
    const Expression expression = scxml::parse_expression(text, scope.symbols);
    if (!expression.is_plain()) {
        return;
    }
    reached("plain expressions");
    check_nodes(expression);
    Evaluator evaluator(scope);
    const Operand first = evaluator.evaluate(expression);
    const std::string once = outcome(first);
    reached(first.is_value() ? "with a value" : "without one");
    ENSURE(first.kind != Operand::Kind::failed || !evaluator.failure().empty(),
           "a failure has a reason");
    ENSURE(outcome(evaluator.evaluate(expression)) == once, "the same again gives the same");
    static_cast<void>(evaluator.take_made_bytes());
    FuzzScope other;
    const Expression again = scxml::parse_expression(text, other.symbols);
    ENSURE(outcome(Evaluator(other).evaluate(again)) == once, "and so does the text read again");
}

void convert(std::string_view text) {
    if (find_invalid_utf8(text) != std::string::npos) {
        return;
    }
    const double number = scxml::text_to_number(text);
    const std::string written = scxml::number_to_text(number);
    ENSURE(number != number || scxml::text_to_number(written) == number,
           "a number is read as it was written");
    const std::size_t units = scxml::text_length(text);
    ENSURE(!scxml::text_unit(text, units), "no unit stands behind the end");
    ENSURE(units == 0 || scxml::text_unit(text, units - 1), "one stands before it");
    ENSURE(scxml::compare_text(text, text) == 0, "a text is as itself");
    ENSURE(scxml::trim_space(scxml::trim_space(text)) == scxml::trim_space(text),
           "white space is gone at once");
}

}  // namespace

std::vector<std::string> seeds() {
    std::vector<std::string> all = {"a + 1",
                                    "list[0] == 1 && object.k.k !== '1'",
                                    "(a ? text : words) + 'x'",
                                    "[1, 'x', {k: [], 'l': null}]",
                                    "typeof nobody === 'undefined' || !yes",
                                    "-c % 3 / 0 - 1e3",
                                    "In('s') && _event.data.k[0] >= .5;",
                                    "words.length * 0x1F",
                                    "list + object < '\\u00e4\\n'",
                                    "{k: 1, k: 2}",
                                    "((((((((((a))))))))))",
                                    "a\n/* b */ + // c\n1",
                                    "0.1 + 0.2",
                                    "1e999",
                                    "text + text + text + text + text + text",
                                    "[text, [text, [text, [text, text]]]]"};
    for (const std::string& text : chart_texts()) {
        for (std::size_t at = text.find("=\""); at != std::string::npos;
             at = text.find("=\"", at + 1)) {
            const std::string value = text.substr(at + 2, text.find('"', at + 2) - at - 2);
            if (!value.empty()) {
                all.push_back(value);
            }
        }
    }
    return all;
}

std::vector<std::string> words() {
    return {"a",        "b",           "c",       "yes",     "list",     "object",
            "xml",      "text",        "words",   "_event",  ".data",    ".length",
            "[0]",      "['k']",       ".k",      "(",       ")",        "[",
            "]",        "{",           "}",       "k:",      ",",        ":",
            "?",        "+",           "-",       "*",       "/",        "%",
            "==",       "===",         "!=",      "!==",     "<",        ">=",
            "&&",       "||",          "!",       "1",       "'x'",      "null",
            "true",     "undefined",   "In('s')", "typeof ", ";",        "1e999",
            "0x",       "\\u{10FFFF}", "\\ud83d", "NaN",     "Infinity", "\xe2\x80\xa8",
            "\xc3\xa4", "++",          "=>"};
}

std::vector<Goal> goals() {
    return {{"plain expressions", 100}, {"with a value", 25}, {"without one", 10}};
}

}  // namespace guildmark::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    guildmark::fuzz::evaluate(input);
    guildmark::fuzz::convert(input);
    return 0;
}
