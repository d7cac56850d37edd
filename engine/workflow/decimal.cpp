#include "engine/workflow/decimal.h"

#include <algorithm>

namespace guildmark::workflow {
namespace {

constexpr std::size_t whole_digits_max = 15;
constexpr std::size_t fraction_digits_max = 9;
constexpr std::int64_t billionths_of_one = 1'000'000'000;

/// The number that `digits` spell when filled up with zeros on the right to `length`.
std::optional<std::int64_t> read_digits(std::string_view digits, std::size_t length) {
    std::int64_t value = 0;
    if (digits.empty() || digits.size() > length) {
        return std::nullopt;
    }
    for (std::size_t index = 0; index < length; ++index) {
        const char digit = index < digits.size() ? digits[index] : '0';
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        value = value * 10 + (digit - '0');
    }
    return value;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    const auto point = text.find('.');
    const std::string_view before = text.substr(0, point);
    if (before.size() > whole_digits_max) {
        return std::nullopt;
    }
    const auto whole = read_digits(before, before.size());
    const auto parts = point == std::string_view::npos
                           ? std::optional<std::int64_t>(0)
                           : read_digits(text.substr(point + 1), fraction_digits_max);
    if (!whole || !parts) {
        return std::nullopt;
    }
    if (!negative) {
        return Decimal{*whole, *parts};
    }
    return *parts == 0 ? Decimal{-*whole, 0} : Decimal{-*whole - 1, billionths_of_one - *parts};
}

}  // namespace guildmark::workflow
