#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/scxml/expression.h"
#include "engine/scxml/session.h"

namespace guildmark::scxml {

/// What an expression is worth, without a copy of what it points to. An array or object is the same
/// as another only when it is the same Value.
struct Operand {
    enum class Kind : std::uint8_t {
        undefined,
        null,
        boolean,  ///< number is 0 or 1.
        number,
        text,
        object,       ///< An array or object, at `object`.
        failed,       ///< ECMAScript would throw; Evaluator::failure() says why.
        unsupported,  ///< Only the script engine knows.
    };

    Kind kind = Kind::undefined;
    double number = 0;
    std::string_view text;
    const Value* object = nullptr;

    [[nodiscard]] bool is_value() const { return kind < Kind::failed; }
};

/// The operand that is this number.
[[nodiscard]] Operand operand_of(double number);

/// The operand that is this truth value.
[[nodiscard]] Operand operand_of(bool truth);

/// The operand that stands for `value`, which must outlive it.
[[nodiscard]] Operand operand_of(const Value& value);

/// A copy as a value; nothing for undefined. REQUIRES: is_value().
[[nodiscard]] std::optional<Value> value_of(const Operand& operand);

/// About how many bytes a copy takes. REQUIRES: is_value().
[[nodiscard]] std::size_t operand_bytes(const Operand& operand);

/// ToBoolean. REQUIRES: is_value().
[[nodiscard]] bool is_truthy(const Operand& operand);

/// The value of an object or array literal that refers to nothing, such as `{ size: -1 }`; nothing
/// for any other text.
[[nodiscard]] std::optional<Value> evaluate_literal(std::string_view text);

/// The variables that a plain expression sees.
class Scope {
public:
    virtual ~Scope() = default;

    /// The variable's value; `unsupported` when only the script engine can tell.
    virtual Operand variable(SymbolIndex symbol) = 0;
    virtual Operand event_field(EventField field) = 0;
    virtual bool is_active(StateIndex state) = 0;
    virtual bool is_active(std::string_view state_id) = 0;
    virtual const std::string& symbol_name(SymbolIndex symbol) = 0;

    /// Whether two arrays or objects at different places are one to ECMAScript.
    virtual bool is_same_object(const Value& first, const Value& second) {
        static_cast<void>(first);
        static_cast<void>(second);
        return false;
    }
};

/// Evaluates plain expressions with exactly ECMAScript's results. What it cannot do exactly, such
/// as a method of an array, is `unsupported`.
class Evaluator {
public:
    explicit Evaluator(Scope& scope) : scope_(scope) {}

    /// REQUIRES: expression.is_plain(). The operand is good until the next call of this, and while
    /// the variables that it points into stay as they are.
    Operand evaluate(const Expression& expression) {
        return evaluate(expression, expression.root());
    }

    /// As evaluate, of one node of the expression.
    Operand evaluate(const Expression& expression, std::uint32_t node);

    /// The bytes of the texts, arrays and objects that were made since the last call of this.
    [[nodiscard]] std::size_t take_made_bytes();

    /// Why the last evaluation failed.
    [[nodiscard]] const std::string& failure() const { return failure_; }

private:
    Operand node(std::uint32_t index);
    Operand variable(const Node& node);
    Operand array(const Node& node);
    Operand object(const Node& node);
    Operand member(const Node& node);
    Operand member_of_text(std::string_view text, const Operand& name);
    Operand member_of_object(const Value& object, const Operand& name);
    Operand in_state(const Node& node);
    Operand type_of(const Node& node);
    Operand logic(const Node& node);
    Operand binary(const Node& node);
    Operand add(const Operand& left, const Operand& right);
    Operand relation(NodeKind kind, const Operand& left, const Operand& right);
    Operand primitive(const Operand& operand);
    [[nodiscard]] bool is_equal(Operand left, Operand right);
    [[nodiscard]] static bool is_strictly_equal(const Operand& left, const Operand& right);
    std::string_view text_of(const Operand& primitive);
    Operand fail(std::string message);
    Operand keep_text(std::string text);
    Operand keep_value(Value value);
    [[nodiscard]] bool make(std::size_t bytes);

    Scope& scope_;
    const Expression* expression_ = nullptr;
    std::deque<std::string> texts_;
    std::deque<Value> values_;
    std::size_t made_bytes_ = 0;      ///< Of this evaluation.
    std::size_t all_made_bytes_ = 0;  ///< Of earlier ones.
    std::string failure_;
};

}  // namespace guildmark::scxml
