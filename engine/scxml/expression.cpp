// A plain expression must mean exactly what ECMAScript means by it. So this parser accepts only
// what it knows; on the least doubt it gives up and the text goes to the script engine.
#include "engine/scxml/expression.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "engine/base/limits.h"
#include "engine/scxml/ecmascript.h"
#include "engine/scxml/pure.h"
#include "engine/scxml/token.h"

namespace guildmark::scxml {
namespace {

constexpr unsigned nesting_max = 64;

/// A chain such as 1+1+1 makes a tree as deep as it is long, and evaluation is recursive.
constexpr std::size_t nodes_max = 1000;

struct BinaryOperator {
    std::string_view text;
    NodeKind kind;
    int precedence;
};

constexpr std::array<BinaryOperator, 15> binary_operators = {{
    {"||", NodeKind::either, 1},
    {"&&", NodeKind::both, 2},
    {"===", NodeKind::strict_equal, 3},
    {"!==", NodeKind::strict_not_equal, 3},
    {"==", NodeKind::equal, 3},
    {"!=", NodeKind::not_equal, 3},
    {"<=", NodeKind::less_equal, 4},
    {">=", NodeKind::greater_equal, 4},
    {"<", NodeKind::less, 4},
    {">", NodeKind::greater, 4},
    {"+", NodeKind::add, 5},
    {"-", NodeKind::subtract, 5},
    {"*", NodeKind::multiply, 6},
    {"/", NodeKind::divide, 6},
    {"%", NodeKind::remainder, 6},
}};

std::optional<EventField> event_field(std::string_view name) {
    const auto* found = std::ranges::find(event_field_names, name);
    if (found == event_field_names.end()) {
        return std::nullopt;
    }
    return static_cast<EventField>(found - event_field_names.begin());
}

/// Recursive descent; every function gives the index of its node, or none when not plain.
class Parser {
public:
    Parser(std::string_view text, Symbols& symbols, Expression& out)
        : tokens_(text), symbols_(symbols), out_(out) {}

    bool run() {
        const std::uint32_t root = conditional();
        return root != none && tokens_.next().kind == TokenKind::end && root == out_.root() &&
               out_.nodes.size() <= nodes_max;
    }

private:
    std::uint32_t add(Node node) {
        out_.nodes.push_back(node);
        return out_.root();
    }

    std::uint32_t add(NodeKind kind, std::uint32_t first, std::uint32_t second = none) {
        return add(Node{kind, first, second, none, 0});
    }

    std::uint32_t add_literal(Value value) {
        out_.literals.push_back(std::move(value));
        return add(NodeKind::literal, static_cast<std::uint32_t>(out_.literals.size()) - 1);
    }

    std::uint32_t conditional() {
        if (++nesting_ > nesting_max) {
            return none;
        }
        const std::uint32_t condition = binary(1);
        std::uint32_t result = condition;
        if (condition != none && tokens_.take("?")) {
            const std::uint32_t then = conditional();
            const bool has_colon = then != none && tokens_.take(":");
            const std::uint32_t otherwise = has_colon ? conditional() : none;
            result = otherwise == none
                         ? none
                         : add(Node{NodeKind::conditional, condition, then, otherwise, 0});
        }
        --nesting_;
        return result;
    }

    std::uint32_t binary(int precedence_min) {
        std::uint32_t left = unary();
        while (left != none) {
            const BinaryOperator* found = find_operator(precedence_min);
            if (found == nullptr) {
                return left;
            }
            tokens_.skip();
            const std::uint32_t right = binary(found->precedence + 1);
            if (right == none) {
                return none;
            }
            left = add(found->kind, left, right);
        }
        return none;
    }

    const BinaryOperator* find_operator(int precedence_min) {
        const Token& token = tokens_.peek();
        if (token.kind != TokenKind::punctuator) {
            return nullptr;
        }
        const auto* found = std::ranges::find(binary_operators, token.text, &BinaryOperator::text);
        return found != binary_operators.end() && found->precedence >= precedence_min ? found
                                                                                      : nullptr;
    }

    std::uint32_t unary() {
        if (++nesting_ > nesting_max) {
            return none;
        }
        const std::uint32_t result = unary_inside();
        --nesting_;
        return result;
    }

    std::uint32_t unary_inside() {
        static constexpr std::array<std::pair<std::string_view, NodeKind>, 4> operators = {{
            {"!", NodeKind::negation},
            {"-", NodeKind::negate},
            {"+", NodeKind::plus_sign},
            {"typeof", NodeKind::type_of},
        }};
        for (const auto& [text, kind] : operators) {
            if (tokens_.take(text)) {
                const std::uint32_t operand = unary();
                return operand == none ? none : add(kind, operand);
            }
        }
        return postfix();
    }

    std::uint32_t postfix() {
        std::uint32_t object = primary();
        while (object != none) {
            if (tokens_.take(".")) {
                const Token name = tokens_.next();
                if (name.kind != TokenKind::name && name.kind != TokenKind::keyword) {
                    return none;
                }
                object = dot_member(object, name.text);
            } else if (tokens_.take("[")) {
                const std::uint32_t name = conditional();
                object = name != none && tokens_.take("]") ? bracket_member(object, name) : none;
            } else {
                return object;
            }
        }
        return none;
    }

    /// Of `_event` only the fields are known here: a Value cannot hold those that are undefined.
    [[nodiscard]] bool is_whole_event(std::uint32_t node) const {
        return out_.nodes[node].kind == NodeKind::variable &&
               symbols_.name(out_.nodes[node].first) == "_event";
    }

    std::uint32_t dot_member(std::uint32_t object, std::string_view name) {
        if (is_whole_event(object)) {
            const auto field = event_field(name);
            return field ? add(NodeKind::event_field, static_cast<std::uint32_t>(*field)) : none;
        }
        return add(NodeKind::member, object, add_literal(Value(name)));
    }

    std::uint32_t bracket_member(std::uint32_t object, std::uint32_t name) {
        return is_whole_event(object) ? none : add(NodeKind::member, object, name);
    }

    std::uint32_t primary() {
        if (tokens_.take("(")) {
            const std::uint32_t inside = conditional();
            return inside != none && tokens_.take(")") ? inside : none;
        }
        if (tokens_.take("[")) {
            return array();
        }
        if (tokens_.take("{")) {
            return object();
        }
        const Token token = tokens_.next();
        switch (token.kind) {
            case TokenKind::number:
                return add(Node{NodeKind::number, none, none, none, token.number});
            case TokenKind::text:
                return add_literal(Value(token.text));
            case TokenKind::name:
                return name(token.text);
            case TokenKind::keyword:
                return constant(token.text);
            case TokenKind::punctuator:
            case TokenKind::end:
            case TokenKind::unknown:
                return none;
        }
        return none;
    }

    std::uint32_t constant(std::string_view word) {
        if (word == "true" || word == "false") {
            return add_literal(Value(word == "true"));
        }
        return word == "null" ? add_literal(Value()) : none;
    }

    std::uint32_t name(const std::string& word) {
        if (word == "undefined") {
            return add(NodeKind::undefined, none);
        }
        if (word == "NaN" || word == "Infinity") {
            const double number = word == "NaN" ? std::numeric_limits<double>::quiet_NaN()
                                                : std::numeric_limits<double>::infinity();
            return add(Node{NodeKind::number, none, none, none, number});
        }
        if (word == "In") {
            const std::uint32_t argument = tokens_.take("(") ? conditional() : none;
            return argument != none && tokens_.take(")") ? add(NodeKind::in_state, argument) : none;
        }
        return is_script_global(word) ? none : add(NodeKind::variable, symbols_.intern(word));
    }

    std::uint32_t array() {
        std::vector<std::uint32_t> items;
        while (!tokens_.take("]")) {
            const std::uint32_t item = conditional();
            if (item == none) {
                return none;
            }
            items.push_back(item);
            if (!tokens_.take(",") && !tokens_.is("]")) {
                return none;
            }
        }
        return add_list(NodeKind::array, items);
    }

    std::uint32_t object() {
        std::vector<std::uint32_t> parts;
        while (!tokens_.take("}")) {
            const Token key = tokens_.next();
            const bool is_name = key.kind == TokenKind::name || key.kind == TokenKind::keyword ||
                                 key.kind == TokenKind::text;
            // A member whose name is a number moves to the front, and __proto__ is none.
            if (!is_name || key.text == "__proto__" || text_to_array_index(key.text) ||
                !tokens_.take(":")) {
                return none;
            }
            parts.push_back(add_literal(Value(key.text)));
            parts.push_back(conditional());
            if (parts.back() == none || (!tokens_.take(",") && !tokens_.is("}"))) {
                return none;
            }
        }
        return add_list(NodeKind::object, parts);
    }

    std::uint32_t add_list(NodeKind kind, const std::vector<std::uint32_t>& parts) {
        const auto first = static_cast<std::uint32_t>(out_.arguments.size());
        out_.arguments.insert(out_.arguments.end(), parts.begin(), parts.end());
        return add(kind, first, static_cast<std::uint32_t>(parts.size()));
    }

    Tokens tokens_;
    Symbols& symbols_;
    Expression& out_;
    unsigned nesting_ = 0;
};

}  // namespace

SymbolIndex Symbols::intern(std::string_view name) {
    const auto place = std::ranges::lower_bound(
        sorted_, name, {}, [this](SymbolIndex symbol) { return std::string_view(names_[symbol]); });
    if (place != sorted_.end() && names_[*place] == name) {
        return *place;
    }
    const auto symbol = static_cast<SymbolIndex>(names_.size());
    sorted_.insert(place, symbol);
    names_.emplace_back(name);
    return symbol;
}

Expression parse_expression(std::string_view text, Symbols& symbols) {
    if (const std::string_view trimmed = trim_space(text);
        trimmed.ends_with(';') && trimmed.size() > 1) {
        text = trimmed.substr(0, trimmed.size() - 1);
    }
    Expression expression;
    if (text.size() <= limits::text_field_bytes_max && !Parser(text, symbols, expression).run()) {
        expression.nodes.clear();
        expression.arguments.clear();
        expression.literals.clear();
    }
    expression.text = text;
    if (!expression.is_plain()) {
        expression.pure_words = find_pure_words(text);
    }
    return expression;
}

}  // namespace guildmark::scxml
