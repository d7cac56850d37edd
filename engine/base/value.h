#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace guildmark {

/// A value of JSON's data model: null, boolean, number (IEEE 754 double), text (UTF-8), array or
/// object. Members of an object keep the order in which they came, as in ECMAScript, and their
/// names are unique. All data of a case are such values, so that a case can always be written down.
class Value {
public:
    using Array = std::vector<Value>;
    using Member = std::pair<std::string, Value>;
    using Object = std::vector<Member>;

    Value() = default;

    // NOLINTBEGIN(google-explicit-constructor): what JSON knows is a value.
    Value(std::nullptr_t) {}

    Value(bool value) : state_(value) {}

    Value(double value) : state_(value) {}

    Value(int value) : state_(double(value)) {}

    /// Exact up to 2^53; REQUIRES: the count is not larger.
    Value(std::int64_t value);
    Value(std::uint64_t value);

    Value(std::string value) : state_(std::move(value)) {}

    Value(std::string_view value) : state_(std::string(value)) {}

    Value(const char* value) : state_(std::string(value)) {}

    Value(Array value) : state_(std::move(value)) {}

    Value(Object value) : state_(std::move(value)) {}

    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(state_); }

    [[nodiscard]] bool is_bool() const { return std::holds_alternative<bool>(state_); }

    [[nodiscard]] bool is_number() const { return std::holds_alternative<double>(state_); }

    [[nodiscard]] bool is_text() const { return std::holds_alternative<std::string>(state_); }

    [[nodiscard]] bool is_array() const { return std::holds_alternative<Array>(state_); }

    [[nodiscard]] bool is_object() const { return std::holds_alternative<Object>(state_); }

    /// Each REQUIRES: the value is of that kind.
    [[nodiscard]] bool as_bool() const;
    [[nodiscard]] double as_number() const;
    [[nodiscard]] const std::string& as_text() const;
    [[nodiscard]] const Array& as_array() const;
    [[nodiscard]] Array& as_array();
    [[nodiscard]] const Object& as_object() const;
    [[nodiscard]] Object& as_object();

    /// The member of that name; null when there is none or this is no object.
    [[nodiscard]] const Value* find(std::string_view name) const;
    [[nodiscard]] Value* find(std::string_view name);

    /// The member's text, number or truth when it is there and of that kind, else `otherwise`.
    [[nodiscard]] std::string text_or(std::string_view name, std::string_view otherwise) const;
    [[nodiscard]] double number_or(std::string_view name, double otherwise) const;
    [[nodiscard]] bool bool_or(std::string_view name, bool otherwise) const;

    /// Sets a member, in its place when there is one of that name, else at the end. A null value
    /// becomes an object first. REQUIRES: null or an object.
    void set(std::string_view name, Value value);

    /// Equal kind and content; the order of an object's members counts.
    bool operator==(const Value&) const = default;

private:
    std::variant<std::monostate, bool, double, std::string, Array, Object> state_;
};

}  // namespace guildmark
