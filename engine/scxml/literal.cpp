#include <algorithm>
#include <array>
#include <string>

#include "engine/scxml/evaluator.h"

namespace guildmark::scxml {
namespace {

/// The scope of a literal, in which there is nothing.
class EmptyScope final : public Scope {
public:
    Operand variable(SymbolIndex) override { return {Operand::Kind::unsupported, 0, {}, nullptr}; }

    Operand event_field(EventField) override {
        return {Operand::Kind::unsupported, 0, {}, nullptr};
    }

    bool is_active(StateIndex) override { return false; }

    bool is_active(std::string_view) override { return false; }

    const std::string& symbol_name(SymbolIndex) override { return name_; }

private:
    std::string name_;
};

bool is_literal(NodeKind kind) {
    static constexpr std::array<NodeKind, 6> kinds = {NodeKind::literal,
                                                      NodeKind::number,
                                                      NodeKind::array,
                                                      NodeKind::object,
                                                      NodeKind::negate,
                                                      NodeKind::plus_sign};
    return std::ranges::find(kinds, kind) != kinds.end();
}

}  // namespace

std::optional<Value> evaluate_literal(std::string_view text) {
    if (!text.starts_with('{') && !text.starts_with('[')) {
        return std::nullopt;
    }
    Symbols symbols;
    const Expression expression = parse_expression(text, symbols);
    const bool is_whole =
        expression.is_plain() && std::ranges::all_of(expression.nodes, is_literal, &Node::kind);
    EmptyScope scope;
    Evaluator evaluator(scope);
    const Operand operand = is_whole ? evaluator.evaluate(expression) : Operand();
    return operand.is_value() ? value_of(operand) : std::nullopt;
}

}  // namespace guildmark::scxml
