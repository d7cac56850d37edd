#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

/// Writing structures down as Values and reading them back. A structure says once what its fields
/// are called, in an overload found by its namespace:
///
///     template <typename Visitor>
///     void describe(Visitor& visit, Match<Visitor, Period>& period) {
///         visit("from", period.from);
///         visit("until", period.until);
///     }
///
/// An enumeration says how its values are called: `constexpr auto names_of(Grade)` gives an array
/// of texts in the order of its values. Fields that are absent when read keep what they hold, so a
/// field that was added later has its default in records from before.
namespace guildmark {

namespace detail {

template <typename T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) {
    names_of(value).size();
};

}  // namespace detail

/// `const T` for the visitor that writes, `T` for the one that reads.
template <typename Visitor, typename T>
using Match = std::conditional_t<Visitor::writes, const T, T>;

/// The value that stands for `thing` in JSON.
template <typename T>
[[nodiscard]] Value to_value(const T& thing);

/// What to_value wrote. Errors: value_shape, and those of the parts; the subject is the path to it.
template <typename T>
[[nodiscard]] Result<T> from_value(const Value& value);

/// The name of an enumeration's value.
template <detail::NamedEnum T>
[[nodiscard]] constexpr std::string_view to_name(T value) {
    return names_of(value)[static_cast<std::size_t>(value)];
}

/// The enumeration's value of that name.
template <detail::NamedEnum T>
[[nodiscard]] constexpr std::optional<T> from_name(std::string_view name) {
    constexpr auto names = names_of(T{});
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (names[index] == name) {
            return static_cast<T>(index);
        }
    }
    return std::nullopt;
}

namespace detail {

[[nodiscard]] inline Error wrong_shape(const std::string& expected) {
    return malformed("value_shape", "expected " + expected);
}

class Writer {
public:
    static constexpr bool writes = true;

    template <typename T>
    void operator()(std::string_view name, const T& field) {
        object_.set(name, to_value(field));
    }

    /// An absent field is not written at all.
    template <typename T>
    void operator()(std::string_view name, const std::optional<T>& field) {
        if (field) {
            object_.set(name, to_value(*field));
        }
    }

    [[nodiscard]] Value take() { return std::move(object_); }

private:
    Value object_{Value::Object()};
};

class Reader {
public:
    static constexpr bool writes = false;

    explicit Reader(const Value& object) : object_(object) {}

    template <typename T>
    void operator()(std::string_view name, T& field) {
        read<T>(name, [&field](T value) { field = std::move(value); });
    }

    template <typename T>
    void operator()(std::string_view name, std::optional<T>& field) {
        read<T>(name, [&field](T value) { field = std::move(value); });
    }

    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    template <typename T, typename Take>
    void read(std::string_view name, const Take& take) {
        const Value* member = object_.find(name);
        if (member == nullptr || error_) {
            return;
        }
        auto value = from_value<T>(*member);
        if (!value) {
            error_ = std::move(value).error();
            const std::string inner = error_->subject.empty() ? "" : "." + error_->subject;
            error_->subject = std::string(name) + inner;
            return;
        }
        take(std::move(value).value());
    }

    const Value& object_;
    std::optional<Error> error_;
};

/// How one type is written and read; structures with describe() are the general case.
template <typename T>
struct Codec {
    static Value write(const T& thing) {
        Writer writer;
        describe(writer, thing);
        return writer.take();
    }

    static Result<T> read(const Value& value) {
        if (!value.is_object()) {
            return wrong_shape("an object");
        }
        T thing{};
        Reader reader(value);
        describe(reader, thing);
        if (reader.error()) {
            return *reader.error();
        }
        return thing;
    }
};

template <>
struct Codec<Value> {
    static Value write(const Value& value) { return value; }

    static Result<Value> read(const Value& value) { return value; }
};

template <>
struct Codec<std::string> {
    static Value write(const std::string& text) { return text; }

    static Result<std::string> read(const Value& value) {
        if (!value.is_text()) {
            return wrong_shape("a text");
        }
        return value.as_text();
    }
};

template <>
struct Codec<bool> {
    static Value write(bool truth) { return truth; }

    static Result<bool> read(const Value& value) {
        if (!value.is_bool()) {
            return wrong_shape("true or false");
        }
        return value.as_bool();
    }
};

template <std::integral T>
struct Codec<T> {
    static Value write(T number) {
        if constexpr (std::is_signed_v<T>) {
            return Value(static_cast<std::int64_t>(number));
        } else {
            return Value(static_cast<std::uint64_t>(number));
        }
    }

    static Result<T> read(const Value& value) {
        constexpr double exact_max = 9'007'199'254'740'992.0;
        if (!value.is_number() || value.as_number() != std::floor(value.as_number()) ||
            std::fabs(value.as_number()) > exact_max ||
            !std::in_range<T>(static_cast<std::int64_t>(value.as_number()))) {
            return wrong_shape("a whole number in range");
        }
        return static_cast<T>(value.as_number());
    }
};

template <NamedEnum T>
struct Codec<T> {
    static Value write(T value) { return to_name(value); }

    static Result<T> read(const Value& value) {
        const auto known = value.is_text() ? from_name<T>(value.as_text()) : std::nullopt;
        if (known) {
            return *known;
        }
        std::string expected = "one of";
        for (const std::string_view name : names_of(T{})) {
            expected += " " + std::string(name);
        }
        return wrong_shape(expected);
    }
};

template <typename Tag>
struct Codec<Id<Tag>> {
    static Value write(Id<Tag> id) { return id.to_text(); }

    static Result<Id<Tag>> read(const Value& value) {
        if (!value.is_text()) {
            return wrong_shape("an id");
        }
        if (value.as_text().empty()) {
            return Id<Tag>();
        }
        const auto id = Id<Tag>::parse(value.as_text());
        return id ? Result<Id<Tag>>(*id) : Result<Id<Tag>>(wrong_shape("an id of 13 characters"));
    }
};

/// Types that write themselves with to_text() and read with a static parse().
template <typename T>
concept Texted = requires(const T& thing) {
    { thing.to_text() } -> std::same_as<std::string>;
    { T::parse(std::string_view()) } -> std::same_as<Result<T>>;
};

template <Texted T>
struct Codec<T> {
    static Value write(const T& thing) { return thing.to_text(); }

    static Result<T> read(const Value& value) {
        if (!value.is_text()) {
            return wrong_shape("a text");
        }
        return T::parse(value.as_text());
    }
};

template <typename T>
struct Codec<std::vector<T>> {
    static Value write(const std::vector<T>& items) {
        Value::Array array;
        array.reserve(items.size());
        for (const T& item : items) {
            array.push_back(to_value(item));
        }
        return array;
    }

    static Result<std::vector<T>> read(const Value& value) {
        if (!value.is_array()) {
            return wrong_shape("an array");
        }
        std::vector<T> items;
        items.reserve(value.as_array().size());
        for (const Value& item : value.as_array()) {
            items.push_back(TRY(from_value<T>(item)));
        }
        return items;
    }
};

/// Maps with text keys are objects; other maps are arrays of [key, value].
template <typename K, typename T>
struct Codec<std::map<K, T>> {
    static Value write(const std::map<K, T>& items) {
        Value::Array array;
        array.reserve(items.size());
        for (const auto& [key, item] : items) {
            array.push_back(Value(Value::Array{to_value(key), to_value(item)}));
        }
        return array;
    }

    static Result<std::map<K, T>> read(const Value& value) {
        if (!value.is_array()) {
            return wrong_shape("an array of pairs");
        }
        std::map<K, T> items;
        for (const Value& pair : value.as_array()) {
            if (!pair.is_array() || pair.as_array().size() != 2) {
                return wrong_shape("an array of pairs");
            }
            items.emplace(TRY(from_value<K>(pair.as_array()[0])),
                          TRY(from_value<T>(pair.as_array()[1])));
        }
        return items;
    }
};

template <typename T>
struct Codec<std::set<T>> {
    static Value write(const std::set<T>& items) {
        return to_value(std::vector<T>(items.begin(), items.end()));
    }

    static Result<std::set<T>> read(const Value& value) {
        const std::vector<T> items = TRY(from_value<std::vector<T>>(value));
        return std::set<T>(items.begin(), items.end());
    }
};

template <typename T>
struct Codec<std::map<std::string, T>> {
    static Value write(const std::map<std::string, T>& items) {
        Value object{Value::Object()};
        for (const auto& [key, item] : items) {
            object.set(key, to_value(item));
        }
        return object;
    }

    static Result<std::map<std::string, T>> read(const Value& value) {
        if (!value.is_object()) {
            return wrong_shape("an object");
        }
        std::map<std::string, T> items;
        for (const auto& [key, item] : value.as_object()) {
            items.emplace(key, TRY(from_value<T>(item)));
        }
        return items;
    }
};

}  // namespace detail

template <typename T>
Value to_value(const T& thing) {
    return detail::Codec<T>::write(thing);
}

template <typename T>
Result<T> from_value(const Value& value) {
    return detail::Codec<T>::read(value);
}

}  // namespace guildmark
