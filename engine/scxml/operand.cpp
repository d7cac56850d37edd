// Operands from values and back.
#include <cmath>

#include "engine/scxml/ecmascript.h"
#include "engine/scxml/evaluator.h"

namespace guildmark::scxml {

using Kind = Operand::Kind;

Operand operand_of(double number) {
    return {Kind::number, number, {}, nullptr};
}

Operand operand_of(bool truth) {
    return {Kind::boolean, truth ? 1.0 : 0.0, {}, nullptr};
}

Operand operand_of(const Value& value) {
    if (value.is_number()) {
        return operand_of(value.as_number());
    }
    if (value.is_text()) {
        return Operand{Kind::text, 0, value.as_text(), nullptr};
    }
    if (value.is_bool()) {
        return operand_of(value.as_bool());
    }
    return value.is_null() ? Operand{Kind::null, 0, {}, nullptr}
                           : Operand{Kind::object, 0, {}, &value};
}

std::optional<Value> value_of(const Operand& operand) {
    switch (operand.kind) {
        case Kind::null:
            return Value();
        case Kind::boolean:
            return Value(operand.number != 0);
        case Kind::number:
            return Value(operand.number);
        case Kind::text:
            return Value(operand.text);
        case Kind::object:
            return *operand.object;
        case Kind::undefined:
        case Kind::failed:
        case Kind::unsupported:
            break;
    }
    return std::nullopt;
}

std::size_t operand_bytes(const Operand& operand) {
    return operand.kind == Kind::object ? value_bytes(*operand.object) : operand.text.size() + 8;
}

bool is_truthy(const Operand& operand) {
    switch (operand.kind) {
        case Kind::boolean:
        case Kind::number:
            return operand.number != 0 && !std::isnan(operand.number);
        case Kind::text:
            return !operand.text.empty();
        case Kind::object:
            return true;
        case Kind::undefined:
        case Kind::null:
        case Kind::failed:
        case Kind::unsupported:
            break;
    }
    return false;
}

}  // namespace guildmark::scxml
