#include "engine/base/value.h"

#include "engine/base/ensure.h"

namespace guildmark {
namespace {

constexpr std::int64_t exact_max = std::int64_t{1} << 53;

}  // namespace

Value::Value(std::int64_t value) : state_(static_cast<double>(value)) {
    ENSURE(value <= exact_max && value >= -exact_max, "a whole number that a double cannot hold");
}

Value::Value(std::uint64_t value) : state_(static_cast<double>(value)) {
    ENSURE(value <= static_cast<std::uint64_t>(exact_max),
           "a whole number that a double cannot hold");
}

bool Value::as_bool() const {
    ENSURE(is_bool(), "as_bool() of another kind");
    return std::get<bool>(state_);
}

double Value::as_number() const {
    ENSURE(is_number(), "as_number() of another kind");
    return std::get<double>(state_);
}

const std::string& Value::as_text() const {
    ENSURE(is_text(), "as_text() of another kind");
    return std::get<std::string>(state_);
}

const Value::Array& Value::as_array() const {
    ENSURE(is_array(), "as_array() of another kind");
    return std::get<Array>(state_);
}

Value::Array& Value::as_array() {
    ENSURE(is_array(), "as_array() of another kind");
    return std::get<Array>(state_);
}

const Value::Object& Value::as_object() const {
    ENSURE(is_object(), "as_object() of another kind");
    return std::get<Object>(state_);
}

Value::Object& Value::as_object() {
    ENSURE(is_object(), "as_object() of another kind");
    return std::get<Object>(state_);
}

const Value* Value::find(std::string_view name) const {
    if (!is_object()) {
        return nullptr;
    }
    for (const Member& member : as_object()) {
        if (member.first == name) {
            return &member.second;
        }
    }
    return nullptr;
}

Value* Value::find(std::string_view name) {
    return const_cast<Value*>(std::as_const(*this).find(name));
}

std::string Value::text_or(std::string_view name, std::string_view otherwise) const {
    const Value* member = find(name);
    return member != nullptr && member->is_text() ? member->as_text() : std::string(otherwise);
}

double Value::number_or(std::string_view name, double otherwise) const {
    const Value* member = find(name);
    return member != nullptr && member->is_number() ? member->as_number() : otherwise;
}

bool Value::bool_or(std::string_view name, bool otherwise) const {
    const Value* member = find(name);
    return member != nullptr && member->is_bool() ? member->as_bool() : otherwise;
}

void Value::set(std::string_view name, Value value) {
    if (is_null()) {
        state_ = Object{};
    }
    if (Value* member = find(name)) {
        *member = std::move(value);
        return;
    }
    as_object().emplace_back(std::string(name), std::move(value));
}

}  // namespace guildmark
