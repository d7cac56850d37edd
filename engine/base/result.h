#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "engine/base/ensure.h"

namespace guildmark {

/// Whose turn it is when something failed; the HTTP shell maps each kind to one status.
enum class ErrorKind {
    malformed,     ///< The input is not of its form: 400.
    unauthorized,  ///< Nobody is named, or the token is not valid: 401.
    forbidden,     ///< The actor may not do this: 403.
    not_found,     ///< No such thing, or none that the actor may know of: 404.
    conflict,      ///< The state of the case forbids it now: 409.
    too_large,     ///< A limit of limits.h was exceeded: 413.
    refused,       ///< The rules refuse it, whoever asks: 422.
    unavailable,   ///< The world failed; it may be tried again: 503.
    corrupted,     ///< Stored data is not what was written: 500.
    failed,        ///< The world failed for good: 500.
};

/// What a caller may do about a failure of the world.
enum class Retry { never, later, after };

/// Why something could not be done. Returned up to whoever ends the chain, who reports it once.
/// Never holds a secret: `message` and `subject` may reach a log and the client.
struct Error {
    ErrorKind kind = ErrorKind::failed;
    /// Stable, lower_snake_case; docs/errors/<code>.md explains it.
    std::string code;
    /// One sentence: what was wrong, where, and what to do.
    std::string message;
    /// The field, path or id that the message is about; may be empty.
    std::string subject;
    Retry retry = Retry::never;
    /// With Retry::after: how long to wait.
    std::chrono::seconds retry_after{0};

    bool operator==(const Error&) const = default;
};

/// An Error of the kind that the name says; `unavailable` also says Retry::later.
[[nodiscard]] Error malformed(std::string code, std::string message, std::string subject = {});
[[nodiscard]] Error refused(std::string code, std::string message, std::string subject = {});
[[nodiscard]] Error conflict(std::string code, std::string message, std::string subject = {});
[[nodiscard]] Error forbidden(std::string code, std::string message, std::string subject = {});
[[nodiscard]] Error not_found(std::string code, std::string message, std::string subject = {});
[[nodiscard]] Error too_large(std::string code, std::string message, std::string subject = {});
[[nodiscard]] Error unavailable(std::string code, std::string message, std::string subject = {});
[[nodiscard]] Error corrupted(std::string code, std::string message, std::string subject = {});
[[nodiscard]] Error failed(std::string code, std::string message, std::string subject = {});

/// The kind's name, such as "malformed".
[[nodiscard]] const char* to_text(ErrorKind kind);

/// A value or the Error that stands in its place, with the member names of std::expected.
/// Dropping one is a compile error (`[[nodiscard]]`).
template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value)  // NOLINT(google-explicit-constructor): a value is a result
        : state_(std::in_place_index<0>, std::move(value)) {}

    Result(Error error)  // NOLINT(google-explicit-constructor): so is an error
        : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const { return state_.index() == 0; }

    explicit operator bool() const { return has_value(); }

    [[nodiscard]] T& value() & {
        ENSURE(has_value(), "value() of a failed Result");
        return *std::get_if<0>(&state_);
    }

    [[nodiscard]] const T& value() const& {
        ENSURE(has_value(), "value() of a failed Result");
        return *std::get_if<0>(&state_);
    }

    [[nodiscard]] T&& value() && {
        ENSURE(has_value(), "value() of a failed Result");
        return std::move(*std::get_if<0>(&state_));
    }

    [[nodiscard]] T value_or(T other) && {
        return has_value() ? std::move(*std::get_if<0>(&state_)) : std::move(other);
    }

    [[nodiscard]] T& operator*() & { return value(); }

    [[nodiscard]] const T& operator*() const& { return value(); }

    [[nodiscard]] T* operator->() { return &value(); }

    [[nodiscard]] const T* operator->() const { return &value(); }

    [[nodiscard]] Error& error() & {
        ENSURE(!has_value(), "error() of a Result that holds a value");
        return *std::get_if<1>(&state_);
    }

    [[nodiscard]] const Error& error() const& {
        ENSURE(!has_value(), "error() of a Result that holds a value");
        return *std::get_if<1>(&state_);
    }

    [[nodiscard]] Error&& error() && {
        ENSURE(!has_value(), "error() of a Result that holds a value");
        return std::move(*std::get_if<1>(&state_));
    }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;

    Result(Error error)  // NOLINT(google-explicit-constructor): an error is a result
        : error_(std::move(error)) {}

    [[nodiscard]] bool has_value() const { return !error_.has_value(); }

    explicit operator bool() const { return has_value(); }

    void value() const { ENSURE(has_value(), "value() of a failed Result"); }

    [[nodiscard]] Error& error() & {
        ENSURE(!has_value(), "error() of a Result that holds a value");
        return *error_;
    }

    [[nodiscard]] const Error& error() const& {
        ENSURE(!has_value(), "error() of a Result that holds a value");
        return *error_;
    }

    [[nodiscard]] Error&& error() && {
        ENSURE(!has_value(), "error() of a Result that holds a value");
        return *std::move(error_);
    }

private:
    std::optional<Error> error_;
};

namespace detail {

/// For TRY: the value, which may be left unused. REQUIRES: there is one.
template <typename T>
T take(Result<T>&& result) {
    return std::move(result).value();
}

}  // namespace detail
}  // namespace guildmark

/// The value of `expression`, or return its error from this function. The name counts up, so that
/// one TRY may stand inside another's expression.
#define TRY(expression) GUILDMARK_TRY_AS(expression, GUILDMARK_UNIQUE(guildmark_try_, __COUNTER__))

/// As TRY, with `context` and a colon put before the error's message.
#define TRY_CONTEXT(expression, context) \
    GUILDMARK_TRY_CONTEXT_AS(expression, context, GUILDMARK_UNIQUE(guildmark_try_, __COUNTER__))

#define GUILDMARK_UNIQUE(prefix, number) GUILDMARK_UNIQUE_JOINED(prefix, number)
#define GUILDMARK_UNIQUE_JOINED(prefix, number) prefix##number

// NOLINTBEGIN(bugprone-macro-parentheses): `result` is the name of a variable.
#define GUILDMARK_TRY_AS(expression, result)          \
    __extension__({                                   \
        auto result = (expression);                   \
        if (!result) {                                \
            return std::move(result).error();         \
        }                                             \
        ::guildmark::detail::take(std::move(result)); \
    })

#define GUILDMARK_TRY_CONTEXT_AS(expression, context, result)                              \
    __extension__({                                                                        \
        auto result = (expression);                                                        \
        if (!result) {                                                                     \
            result.error().message = std::string(context) + ": " + result.error().message; \
            return std::move(result).error();                                              \
        }                                                                                  \
        ::guildmark::detail::take(std::move(result));                                      \
    })
// NOLINTEND(bugprone-macro-parentheses)
