#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace guildmark {

/// A currency of ISO 4217: three upper-case letters, and how many decimals its minor unit has.
struct Currency {
    std::string code;
    int decimals = 2;

    bool operator==(const Currency&) const = default;

    /// Errors: currency_unknown (not one of the list in money.cpp, from ISO 4217).
    [[nodiscard]] static Result<Currency> find(std::string_view code);
};

/// An exact amount in minor units (cents for EUR, yen for JPY). No floating point anywhere.
class Money {
public:
    /// REQUIRES: `currency` came from Currency::find.
    Money(std::int64_t minor_units, Currency currency)
        : minor_units_(minor_units), currency_(std::move(currency)) {}

    [[nodiscard]] std::int64_t minor_units() const { return minor_units_; }

    [[nodiscard]] const Currency& currency() const { return currency_; }

    /// "1234.50 EUR": a point, exactly the currency's decimals, no grouping.
    [[nodiscard]] std::string to_text() const;

    /// Reads what to_text writes; fewer decimals are filled with zeros. Errors: money_malformed,
    /// currency_unknown, money_too_precise (more decimals than the currency has), money_overflow.
    [[nodiscard]] static Result<Money> parse(std::string_view text);

    /// Errors of each: currency_mismatch, money_overflow.
    [[nodiscard]] Result<Money> plus(const Money& other) const;
    [[nodiscard]] Result<Money> minus(const Money& other) const;

    /// `count` times the amount. Errors: money_overflow.
    [[nodiscard]] Result<Money> times(std::int64_t count) const;

    bool operator==(const Money&) const = default;

private:
    std::int64_t minor_units_;
    Currency currency_;
};

}  // namespace guildmark
