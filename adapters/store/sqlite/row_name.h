#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include "adapters/store/sqlite/tables.h"

/// How a row is named to people who look for it.
namespace guildmark::sqlite {

/// Whether a rebuild writes the table anew from the journal.
template <typename Row>
inline constexpr bool is_derived =
    !std::same_as<Row, Record> && !std::same_as<Row, Snapshot> && !std::same_as<Row, KeyedAnswer> &&
    !std::same_as<Row, Definition>;

/// Writes the first columns of a row as text, with slashes between.
class KeyText {
public:
    explicit KeyText(std::size_t columns) : left_(columns) {}

    template <typename... Values>
    void operator()(const Values&... values) {
        (add(values), ...);
    }

    [[nodiscard]] const std::string& text() const { return text_; }

private:
    template <typename Value>
    void add(const Value& value) {
        if (left_ == 0) {
            return;
        }
        --left_;
        text_ += text_.empty() ? "" : "/";
        if constexpr (requires { value.to_text(); }) {
            text_ += value.to_text();
        } else if constexpr (std::integral<Value>) {
            text_ += std::to_string(value);
        } else if constexpr (std::convertible_to<Value, std::string>) {
            text_ += value;
        }
    }

    std::size_t left_;
    std::string text_;
};

/// "0123456789abc/7" for a record, "task 0123456789abc/0123456789abd" for a row of another table.
template <typename Row>
[[nodiscard]] std::string row_name(const Row& row) {
    KeyText key(Table<Row>::key_columns);
    Table<Row>::fields(key, row);
    return std::same_as<Row, Record> ? key.text()
                                     : std::string(Table<Row>::name) + " " + key.text();
}

}  // namespace guildmark::sqlite
