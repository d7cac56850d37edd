#include "engine/base/money.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/base/text.h"

namespace guildmark {
namespace {

struct CurrencyRow {
    std::string_view code;
    int decimals;
};

/// ISO 4217, list one: code and decimals of the minor unit. Currencies with two decimals that are
/// not named here are refused rather than guessed.
constexpr std::array<CurrencyRow, 61> currencies{{
    {"AED", 2}, {"ARS", 2}, {"AUD", 2}, {"BDT", 2}, {"BGN", 2}, {"BHD", 3}, {"BRL", 2}, {"CAD", 2},
    {"CHF", 2}, {"CLP", 0}, {"CNY", 2}, {"COP", 2}, {"CRC", 2}, {"CZK", 2}, {"DKK", 2}, {"DZD", 2},
    {"EGP", 2}, {"ETB", 2}, {"EUR", 2}, {"GBP", 2}, {"GHS", 2}, {"GTQ", 2}, {"HKD", 2}, {"HNL", 2},
    {"HUF", 2}, {"IDR", 2}, {"ILS", 2}, {"INR", 2}, {"ISK", 0}, {"JOD", 3}, {"JPY", 0}, {"KES", 2},
    {"KRW", 0}, {"KWD", 3}, {"LKR", 2}, {"MAD", 2}, {"MXN", 2}, {"MYR", 2}, {"NGN", 2}, {"NOK", 2},
    {"NZD", 2}, {"OMR", 3}, {"PEN", 2}, {"PHP", 2}, {"PKR", 2}, {"PLN", 2}, {"QAR", 2}, {"RON", 2},
    {"RSD", 2}, {"SAR", 2}, {"SEK", 2}, {"SGD", 2}, {"THB", 2}, {"TND", 3}, {"TRY", 2}, {"TWD", 2},
    {"UAH", 2}, {"UGX", 0}, {"USD", 2}, {"VND", 0}, {"ZAR", 2},
}};

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (; exponent > 0; --exponent) {
        power *= 10;
    }
    return power;
}

Error money_overflow() {
    return malformed("money_overflow", "the amount is too large; at most 2^63 - 1 minor units");
}

Error money_form(std::string_view text) {
    return malformed(
        "money_malformed",
        fmt::format("\"{}\" is not an amount; write it as 1234.50 EUR", beginning(text, 40)));
}

bool is_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

/// Reads digits as minor units, `decimals` of them after the point. REQUIRES: only digits.
Result<std::int64_t> to_minor_units(std::string_view whole,
                                    std::string_view fraction,
                                    int decimals) {
    std::string digits(whole);
    digits += fraction;
    digits.append(static_cast<std::size_t>(decimals) - fraction.size(), '0');
    std::int64_t units = 0;
    for (const char letter : digits) {
        if (__builtin_mul_overflow(units, 10, &units) ||
            __builtin_add_overflow(units, letter - '0', &units)) {
            return money_overflow();
        }
    }
    return units;
}

}  // namespace

Result<Currency> Currency::find(std::string_view code) {
    const auto row = std::ranges::lower_bound(currencies, code, {}, &CurrencyRow::code);
    if (row == currencies.end() || row->code != code) {
        return malformed("currency_unknown",
                         fmt::format("\"{}\" is not a currency of ISO 4217 that is known here; "
                                     "write three capital letters, such as EUR",
                                     beginning(code, 10)));
    }
    return Currency{std::string(row->code), row->decimals};
}

std::string Money::to_text() const {
    const bool negative = minor_units_ < 0;
    const auto magnitude = negative ? 0 - static_cast<std::uint64_t>(minor_units_)
                                    : static_cast<std::uint64_t>(minor_units_);
    const auto unit = static_cast<std::uint64_t>(power_of_ten(currency_.decimals));
    std::string text = fmt::format("{}{}", negative ? "-" : "", magnitude / unit);
    if (currency_.decimals > 0) {
        text += fmt::format(".{:0{}}", magnitude % unit, currency_.decimals);
    }
    return text + " " + currency_.code;
}

Result<Money> Money::parse(std::string_view text) {
    const auto space = text.find(' ');
    if (space == std::string_view::npos) {
        return money_form(text);
    }
    std::string_view amount = text.substr(0, space);
    const bool negative = amount.starts_with('-');
    amount.remove_prefix(negative ? 1 : 0);
    const auto point = amount.find('.');
    const std::string_view whole = amount.substr(0, point);
    const std::string_view fraction =
        point == std::string_view::npos ? std::string_view() : amount.substr(point + 1);
    if (whole.empty() || !is_digits(whole) || !is_digits(fraction) ||
        (point != std::string_view::npos && fraction.empty())) {
        return money_form(text);
    }
    Currency currency = TRY(Currency::find(text.substr(space + 1)));
    if (fraction.size() > static_cast<std::size_t>(currency.decimals)) {
        return malformed(
            "money_too_precise",
            fmt::format(
                "{} has {} decimals; \"{}\" has more", currency.code, currency.decimals, amount));
    }
    const std::int64_t units = TRY(to_minor_units(whole, fraction, currency.decimals));
    return Money(negative ? -units : units, std::move(currency));
}

Result<Money> Money::plus(const Money& other) const {
    if (currency_ != other.currency_) {
        return malformed(
            "currency_mismatch",
            fmt::format("{} and {} cannot be added", currency_.code, other.currency_.code));
    }
    std::int64_t sum = 0;
    if (__builtin_add_overflow(minor_units_, other.minor_units_, &sum)) {
        return money_overflow();
    }
    return Money(sum, currency_);
}

Result<Money> Money::minus(const Money& other) const {
    std::int64_t negated = 0;
    if (__builtin_sub_overflow(std::int64_t{0}, other.minor_units_, &negated)) {
        return money_overflow();
    }
    return plus(Money(negated, other.currency_));
}

Result<Money> Money::times(std::int64_t count) const {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(minor_units_, count, &product)) {
        return money_overflow();
    }
    return Money(product, currency_);
}

}  // namespace guildmark
