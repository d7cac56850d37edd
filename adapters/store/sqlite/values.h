#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "adapters/store/sqlite/row_check.h"
#include "adapters/store/sqlite/statement.h"
#include "engine/base/date.h"
#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/base/instant.h"
#include "engine/ports/read_model.h"

/// How the engine's values are columns. An id, a count and an instant (milliseconds) are whole
/// numbers, a date is days since 1970-01-01, an enumeration is its number (appended to, never
/// reordered), a digest is 32 bytes, none is NULL.
namespace guildmark::sqlite {

/// The parties of a case as one column: "6:client4711;" for each, the name's length in bytes before
/// it.
[[nodiscard]] std::string parties_to_text(const std::vector<rows::Party>& parties);
[[nodiscard]] std::optional<std::vector<rows::Party>> parties_from_text(std::string_view text);

/// Texts as one column: "6:paused" for each, its length in bytes before it.
[[nodiscard]] std::string texts_to_text(const std::vector<std::string>& texts);
[[nodiscard]] std::optional<std::vector<std::string>> texts_from_text(std::string_view text);

template <typename Type>
inline constexpr bool is_id = false;
template <typename Tag>
inline constexpr bool is_id<Id<Tag>> = true;

/// Binds values to a statement's parameters, one after another. The values must live until the
/// statement has run.
class Binder {
public:
    explicit Binder(Statement& statement) : statement_(statement) {}

    template <typename... Values>
    void operator()(const Values&... values) {
        (bind(values), ...);
    }

    /// Binds the check over everything before.
    void bind_check() { statement_.bind_number(next_++, check_.folded()); }

private:
    template <typename Number>
    requires std::integral<Number> || std::is_enum_v<Number>

    void bind(Number value) {
        const auto number = static_cast<std::int64_t>(value);
        check_.add(static_cast<std::uint64_t>(number));
        statement_.bind_number(next_++, number);
    }

    template <typename Tag>
    void bind(Id<Tag> id) {
        bind(id.value());
    }

    template <typename Value>
    void bind(const std::optional<Value>& value) {
        check_.add(value ? 1u : 0u);
        if (value) {
            bind(*value);
        } else {
            statement_.bind_null(next_++);
        }
    }

    void bind(Instant instant) { bind(instant.milliseconds); }

    void bind(const Date& date) { bind(date.days_since(Date())); }

    void bind(std::string_view text) {
        check_.add(text);
        statement_.bind_text(next_++, text);
    }

    void bind(const std::string& text) { bind(std::string_view(text)); }

    void bind(const Digest& digest) {
        const std::string_view bytes(reinterpret_cast<const char*>(digest.bytes.data()),
                                     digest.bytes.size());
        check_.add(bytes);
        statement_.bind_bytes(next_++, bytes);
    }

    void bind(const std::vector<rows::Party>& parties) {
        const std::string text = parties_to_text(parties);
        check_.add(std::string_view(text));
        statement_.bind_text_copied(next_++, text);
    }

    void bind(const std::vector<std::string>& texts) {
        const std::string text = texts_to_text(texts);
        check_.add(std::string_view(text));
        statement_.bind_text_copied(next_++, text);
    }

    Statement& statement_;
    int next_ = 0;
    RowCheck check_;
};

/// Reads the columns of a row, one after another, into values. A column that does not hold such a
/// value makes the row unsound; the value is then left as it was.
class Columns {
public:
    explicit Columns(const Statement& statement) : statement_(statement) {}

    template <typename... Values>
    void operator()(Values&... values) {
        (read(values), ...);
    }

    /// Reads the check; false when it or a column before is not what was written.
    [[nodiscard]] bool is_sound() {
        const std::int64_t expected = check_.folded();
        return sound_ && statement_.is_number(next_) && statement_.number(next_) == expected;
    }

private:
    std::int64_t number() {
        sound_ = sound_ && statement_.is_number(next_);
        const std::int64_t number = statement_.number(next_++);
        check_.add(static_cast<std::uint64_t>(number));
        return number;
    }

    template <typename Number>
    requires std::integral<Number> || std::is_enum_v<Number>

    void read(Number& value) {
        const std::int64_t number = this->number();
        value = static_cast<Number>(number);
        sound_ = sound_ && static_cast<std::int64_t>(value) == number;
    }

    template <typename Tag>
    void read(Id<Tag>& id) {
        const std::int64_t value = number();
        sound_ = sound_ && value >= 0;
        id = Id<Tag>(static_cast<std::uint64_t>(value));
    }

    template <typename Value>
    void read(std::optional<Value>& value) {
        const bool has_value = !statement_.is_null(next_);
        check_.add(has_value ? 1u : 0u);
        if (has_value) {
            read(value.emplace());
        } else {
            value.reset();
            ++next_;
        }
    }

    void read(Instant& instant) { instant.milliseconds = number(); }

    void read(Date& date);

    std::string_view text() {
        sound_ = sound_ && statement_.is_text(next_);
        const std::string_view text = statement_.text(next_++);
        check_.add(text);
        return text;
    }

    void read(std::string& value) { value = text(); }

    void read(Digest& digest);

    void read(std::vector<rows::Party>& parties);

    void read(std::vector<std::string>& texts);

    const Statement& statement_;
    int next_ = 0;
    RowCheck check_;
    bool sound_ = true;
};

}  // namespace guildmark::sqlite
