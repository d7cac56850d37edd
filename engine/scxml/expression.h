#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/value.h"

namespace guildmark::scxml {

/// "No such index" in the compiled tables.
inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// Position of a variable's name in a Symbols table.
using SymbolIndex = std::uint32_t;

/// The names of variables, each once, in the order in which they were first seen.
class Symbols {
public:
    /// The symbol of `name`, added when it is new.
    SymbolIndex intern(std::string_view name);

    [[nodiscard]] const std::string& name(SymbolIndex symbol) const { return names_[symbol]; }

    [[nodiscard]] std::size_t size() const { return names_.size(); }

private:
    std::vector<std::string> names_;
    std::vector<SymbolIndex> sorted_;
};

/// The members of `_event` (SCXML 5.10.1), in the specification's order; raw is of C.2.
enum class EventField : std::uint32_t {
    name,
    type,
    sendid,
    origin,
    origintype,
    invokeid,
    data,
    raw,
};

/// The names of the fields of `_event`, by EventField.
inline constexpr std::array<std::string_view, 8> event_field_names = {
    "name", "type", "sendid", "origin", "origintype", "invokeid", "data", "raw"};

/// What a node of an expression does. Where nothing else is said, first and second are its
/// operands.
enum class NodeKind : std::uint8_t {
    undefined,
    literal,      ///< first: position in literals.
    number,       ///< number.
    variable,     ///< first: symbol.
    event_field,  ///< first: EventField.
    array,        ///< first: position in arguments, second: count; arguments are nodes.
    object,       ///< As array; arguments alternate: literal node of the name, node of the value.
    member,       ///< first: object node, second: node of the name.
    in_state,     ///< first: node of the argument; second: state index when known, else none.
    type_of,
    negation,
    negate,
    plus_sign,
    add,
    subtract,
    multiply,
    divide,
    remainder,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    strict_equal,
    strict_not_equal,
    both,
    either,
    conditional,  ///< first ? second : third.
};

/// One node of an expression.
struct Node {
    NodeKind kind = NodeKind::undefined;
    std::uint32_t first = none;
    std::uint32_t second = none;
    std::uint32_t third = none;
    double number = 0;
};

/// An ECMAScript expression. When it is plain (see parse_expression) it is also a tree of nodes,
/// each after the nodes that it refers to, and needs no script engine.
struct Expression {
    std::string text;
    std::vector<Node> nodes;
    std::vector<std::uint32_t> arguments;
    std::vector<Value> literals;
    /// Of one that is not plain: see find_pure_words.
    std::optional<std::vector<std::string>> pure_words;

    [[nodiscard]] bool is_plain() const { return !nodes.empty(); }

    [[nodiscard]] std::uint32_t root() const {
        return static_cast<std::uint32_t>(nodes.size()) - 1;
    }
};

/// Reads an expression. It is plain when it is made of literals, array and object literals,
/// variable names, member access, In(), typeof, `! + -`, arithmetic, comparison, logic, `?:` and
/// parentheses; anything else, what is not valid included, is kept as text for the script engine. A
/// semicolon at the end is left out.
[[nodiscard]] Expression parse_expression(std::string_view text, Symbols& symbols);

}  // namespace guildmark::scxml
