// Recursion is bounded by the parser's nesting; texts by limits::session_data_bytes_max.
#include "engine/scxml/evaluator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "engine/base/limits.h"
#include "engine/scxml/content_value.h"
#include "engine/scxml/ecmascript.h"

namespace guildmark::scxml {
namespace {

using Kind = Operand::Kind;

/// Sorted. Members that every object has without having them in JSON.
constexpr std::array<std::string_view, 12> inherited = {"__defineGetter__",
                                                        "__defineSetter__",
                                                        "__lookupGetter__",
                                                        "__lookupSetter__",
                                                        "__proto__",
                                                        "constructor",
                                                        "hasOwnProperty",
                                                        "isPrototypeOf",
                                                        "propertyIsEnumerable",
                                                        "toLocaleString",
                                                        "toString",
                                                        "valueOf"};

Operand unsupported() {
    return {Kind::unsupported, 0, {}, nullptr};
}

Operand operand_of_text(std::string_view text) {
    return {Kind::text, 0, text, nullptr};
}

/// ToNumber. REQUIRES: a primitive.
double to_number(const Operand& operand) {
    switch (operand.kind) {
        case Kind::boolean:
        case Kind::number:
            return operand.number;
        case Kind::null:
            return 0;
        case Kind::text:
            return text_to_number(operand.text);
        case Kind::undefined:
        case Kind::object:
        case Kind::failed:
        case Kind::unsupported:
            break;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

bool is_nullish(const Operand& operand) {
    return operand.kind == Kind::undefined || operand.kind == Kind::null;
}

/// Whether ToPrimitive of it may run a method that its own members define.
bool has_own_conversion(const Value& value) {
    if (value.is_object()) {
        return value.find("toString") != nullptr || value.find("valueOf") != nullptr ||
               is_xml(value);
    }
    return value.is_array() && std::ranges::any_of(value.as_array(), has_own_conversion);
}

}  // namespace

Operand Evaluator::evaluate(const Expression& expression, std::uint32_t node) {
    expression_ = &expression;
    if (!texts_.empty()) {
        texts_.clear();
    }
    if (!values_.empty()) {
        values_.clear();
    }
    all_made_bytes_ += std::exchange(made_bytes_, 0);
    return this->node(node);
}

Operand Evaluator::node(std::uint32_t index) {
    const Node& node = expression_->nodes[index];
    switch (node.kind) {
        case NodeKind::undefined:
            return {};
        case NodeKind::literal:
            return operand_of(expression_->literals[node.first]);
        case NodeKind::number:
            return operand_of(node.number);
        case NodeKind::variable:
            return variable(node);
        case NodeKind::event_field:
            return scope_.event_field(static_cast<EventField>(node.first));
        case NodeKind::array:
            return array(node);
        case NodeKind::object:
            return object(node);
        case NodeKind::member:
            return member(node);
        case NodeKind::in_state:
            return in_state(node);
        case NodeKind::type_of:
            return type_of(node);
        case NodeKind::negation: {
            const Operand operand = this->node(node.first);
            return operand.is_value() ? operand_of(!is_truthy(operand)) : operand;
        }
        case NodeKind::negate:
        case NodeKind::plus_sign: {
            const Operand operand = primitive(this->node(node.first));
            const double sign = node.kind == NodeKind::negate ? -1 : 1;
            return operand.is_value() ? operand_of(sign * to_number(operand)) : operand;
        }
        case NodeKind::both:
        case NodeKind::either:
        case NodeKind::conditional:
            return logic(node);
        case NodeKind::add:
        case NodeKind::subtract:
        case NodeKind::multiply:
        case NodeKind::divide:
        case NodeKind::remainder:
        case NodeKind::less:
        case NodeKind::less_equal:
        case NodeKind::greater:
        case NodeKind::greater_equal:
        case NodeKind::equal:
        case NodeKind::not_equal:
        case NodeKind::strict_equal:
        case NodeKind::strict_not_equal:
            return binary(node);
    }
    return unsupported();
}

Operand Evaluator::fail(std::string message) {
    failure_ = std::move(message);
    return {Kind::failed, 0, {}, nullptr};
}

std::size_t Evaluator::take_made_bytes() {
    return std::exchange(all_made_bytes_, 0) + std::exchange(made_bytes_, 0);
}

/// False, and a failure, when an evaluation makes more than a session may keep several times over.
bool Evaluator::make(std::size_t bytes) {
    made_bytes_ += bytes;
    if (bytes <= limits::session_data_bytes_max &&
        made_bytes_ <= 4 * limits::session_data_bytes_max) {
        return true;
    }
    failure_ = fmt::format("a value of {} bytes; at most {} are kept",
                           std::max(bytes, made_bytes_),
                           limits::session_data_bytes_max);
    return false;
}

Operand Evaluator::keep_text(std::string text) {
    if (!make(text.size())) {
        return {Kind::failed, 0, {}, nullptr};
    }
    return operand_of_text(texts_.emplace_back(std::move(text)));
}

Operand Evaluator::keep_value(Value value) {
    return operand_of(values_.emplace_back(std::move(value)));
}

Operand Evaluator::variable(const Node& node) {
    const Operand found = scope_.variable(node.first);
    if (found.kind == Kind::failed) {
        return fail(fmt::format("there is no variable \"{}\"", scope_.symbol_name(node.first)));
    }
    return found;
}

Operand Evaluator::array(const Node& node) {
    Value::Array items;
    for (std::uint32_t item = 0; item < node.second; ++item) {
        const Operand operand = this->node(expression_->arguments[node.first + item]);
        if (!operand.is_value()) {
            return operand;
        }
        // A Value has no undefined; what JSON makes of it, null, is not what ECMAScript sees.
        if (operand.kind == Kind::undefined) {
            return unsupported();
        }
        if (!make(operand_bytes(operand))) {
            return {Kind::failed, 0, {}, nullptr};
        }
        items.push_back(*value_of(operand));
    }
    return keep_value(Value(std::move(items)));
}

Operand Evaluator::object(const Node& node) {
    Value members{Value::Object()};
    for (std::uint32_t part = 0; part < node.second; part += 2) {
        const Operand name = this->node(expression_->arguments[node.first + part]);
        const Operand operand = this->node(expression_->arguments[node.first + part + 1]);
        if (!operand.is_value()) {
            return operand;
        }
        if (operand.kind == Kind::undefined) {
            return unsupported();
        }
        if (!make(operand_bytes(operand))) {
            return {Kind::failed, 0, {}, nullptr};
        }
        members.set(name.text, *value_of(operand));
    }
    return keep_value(std::move(members));
}

Operand Evaluator::member(const Node& node) {
    const Operand object = this->node(node.first);
    if (!object.is_value()) {
        return object;
    }
    const Operand name = this->node(node.second);
    if (!name.is_value()) {
        return name;
    }
    if (is_nullish(object)) {
        return fail(fmt::format("\"{}\" has no member: it is {}",
                                expression_->text,
                                object.kind == Kind::null ? "null" : "undefined"));
    }
    if (name.kind == Kind::object) {
        return unsupported();
    }
    if (object.kind == Kind::text) {
        return member_of_text(object.text, name);
    }
    return object.kind == Kind::object ? member_of_object(*object.object, name) : unsupported();
}

Operand Evaluator::member_of_text(std::string_view text, const Operand& name) {
    const std::string_view key = text_of(name);
    if (key == "length") {
        return operand_of(static_cast<double>(text_length(text)));
    }
    const auto index = text_to_array_index(key);
    if (!index) {
        return unsupported();
    }
    auto unit = text_unit(text, *index);
    return unit ? keep_text(std::move(*unit)) : Operand();
}

Operand Evaluator::member_of_object(const Value& object, const Operand& name) {
    if (object.is_array()) {
        const auto& items = object.as_array();
        const bool is_index = name.kind == Kind::number && name.number >= 0 && name.number < 1e9 &&
                              name.number == std::floor(name.number);
        const auto index = is_index ? std::optional(static_cast<std::uint32_t>(name.number))
                                    : text_to_array_index(text_of(name));
        if (index) {
            return *index < items.size() ? operand_of(items[*index]) : Operand();
        }
        return text_of(name) == "length" ? operand_of(static_cast<double>(items.size()))
                                         : unsupported();
    }
    if (is_xml(object)) {
        return unsupported();
    }
    const std::string_view key = text_of(name);
    if (const Value* found = object.find(key)) {
        return operand_of(*found);
    }
    return std::ranges::binary_search(inherited, key) ? unsupported() : Operand();
}

Operand Evaluator::in_state(const Node& node) {
    if (node.second != none) {
        return operand_of(scope_.is_active(StateIndex{node.second}));
    }
    const Operand argument = this->node(node.first);
    if (!argument.is_value()) {
        return argument;
    }
    return operand_of(argument.kind == Kind::text && scope_.is_active(argument.text));
}

Operand Evaluator::type_of(const Node& node) {
    const Node& operand_node = expression_->nodes[node.first];
    const Operand operand = operand_node.kind == NodeKind::variable
                                ? scope_.variable(operand_node.first)
                                : this->node(node.first);
    switch (operand.kind) {
        case Kind::undefined:
            return operand_of_text("undefined");
        case Kind::null:
        case Kind::object:
            return operand_of_text("object");
        case Kind::boolean:
            return operand_of_text("boolean");
        case Kind::number:
            return operand_of_text("number");
        case Kind::text:
            return operand_of_text("string");
        case Kind::failed:
            // typeof is the one operator that may meet a name that is not there.
            return operand_node.kind == NodeKind::variable ? operand_of_text("undefined") : operand;
        case Kind::unsupported:
            break;
    }
    return operand;
}

Operand Evaluator::logic(const Node& node) {
    const Operand first = this->node(node.first);
    if (!first.is_value()) {
        return first;
    }
    if (node.kind == NodeKind::conditional) {
        return this->node(is_truthy(first) ? node.second : node.third);
    }
    const bool is_decided = is_truthy(first) == (node.kind == NodeKind::either);
    return is_decided ? first : this->node(node.second);
}

/// ToPrimitive of values without methods of their own: arrays and objects become text.
Operand Evaluator::primitive(const Operand& operand) {
    if (operand.kind != Kind::object) {
        return operand;
    }
    return has_own_conversion(*operand.object) ? unsupported()
                                               : keep_text(value_to_text(*operand.object));
}

std::string_view Evaluator::text_of(const Operand& primitive) {
    switch (primitive.kind) {
        case Kind::text:
            return primitive.text;
        case Kind::null:
            return "null";
        case Kind::boolean:
            return primitive.number != 0 ? "true" : "false";
        case Kind::number:
            return texts_.emplace_back(number_to_text(primitive.number));
        case Kind::undefined:
        case Kind::object:
        case Kind::failed:
        case Kind::unsupported:
            break;
    }
    return "undefined";
}

Operand Evaluator::binary(const Node& node) {
    const Operand left = this->node(node.first);
    if (!left.is_value()) {
        return left;
    }
    const Operand right = this->node(node.second);
    if (!right.is_value()) {
        return right;
    }
    const bool is_strict =
        node.kind == NodeKind::strict_equal || node.kind == NodeKind::strict_not_equal;
    const bool is_equality = node.kind == NodeKind::equal || node.kind == NodeKind::not_equal;
    const bool is_expected_equal =
        node.kind == NodeKind::equal || node.kind == NodeKind::strict_equal;
    if ((is_strict || is_equality) && left.kind == Kind::object && right.kind == Kind::object) {
        const bool is_same =
            left.object == right.object || scope_.is_same_object(*left.object, *right.object);
        return operand_of(is_same == is_expected_equal);
    }
    if (is_strict) {
        return operand_of(is_strictly_equal(left, right) == is_expected_equal);
    }
    if (is_equality && (is_nullish(left) || is_nullish(right))) {
        return operand_of((is_nullish(left) && is_nullish(right)) ==
                          (node.kind == NodeKind::equal));
    }
    const Operand first = primitive(left);
    if (!first.is_value()) {
        return first;
    }
    const Operand second = primitive(right);
    if (!second.is_value()) {
        return second;
    }
    if (is_equality) {
        return operand_of(is_equal(first, second) == (node.kind == NodeKind::equal));
    }
    return node.kind == NodeKind::add ? add(first, second) : relation(node.kind, first, second);
}

Operand Evaluator::add(const Operand& left, const Operand& right) {
    if (left.kind != Kind::text && right.kind != Kind::text) {
        return operand_of(to_number(left) + to_number(right));
    }
    std::string text(text_of(left));
    text += text_of(right);
    return keep_text(std::move(text));
}

Operand Evaluator::relation(NodeKind kind, const Operand& left, const Operand& right) {
    const bool is_comparison = kind == NodeKind::less || kind == NodeKind::less_equal ||
                               kind == NodeKind::greater || kind == NodeKind::greater_equal;
    const bool is_text = is_comparison && left.kind == Kind::text && right.kind == Kind::text;
    const double first = is_text ? compare_text(left.text, right.text) : to_number(left);
    const double second = is_text ? 0 : to_number(right);
    if (is_comparison) {
        const bool is_less = kind == NodeKind::less || kind == NodeKind::less_equal;
        const bool or_equal = kind == NodeKind::less_equal || kind == NodeKind::greater_equal;
        return operand_of((is_less ? first < second : first > second) ||
                          (or_equal && first == second));
    }
    if (kind == NodeKind::subtract) {
        return operand_of(first - second);
    }
    if (kind == NodeKind::multiply) {
        return operand_of(first * second);
    }
    return operand_of(kind == NodeKind::divide ? first / second : std::fmod(first, second));
}

bool Evaluator::is_strictly_equal(const Operand& left, const Operand& right) {
    if (left.kind != right.kind) {
        return false;
    }
    switch (left.kind) {
        case Kind::boolean:
        case Kind::number:
            return left.number == right.number;
        case Kind::text:
            return left.text == right.text;
        case Kind::object:
            return left.object == right.object;
        case Kind::undefined:
        case Kind::null:
        case Kind::failed:
        case Kind::unsupported:
            break;
    }
    return true;
}

/// IsLooselyEqual. REQUIRES: primitives that are neither null nor undefined.
bool Evaluator::is_equal(Operand left, Operand right) {
    if (left.kind == right.kind) {
        return is_strictly_equal(left, right);
    }
    return to_number(left) == to_number(right);
}

}  // namespace guildmark::scxml
