#include "engine/base/fraction.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "engine/base/text.h"

// Parts are coprime and the denominator is positive. Products of two parts are made in 128 bits, in
// which they fit, and brought to lowest terms before they are told too large.

namespace guildmark {
namespace {

__extension__ using Wide = __int128;

constexpr std::size_t digits_max = 9;
constexpr int decimals_max = 18;

Wide greatest_common_divisor(Wide left, Wide right) {
    while (right != 0) {
        const Wide rest = left % right;
        left = right;
        right = rest;
    }
    return left < 0 ? -left : left;
}

bool fits(Wide number) {
    return number <= std::numeric_limits<std::int64_t>::max() &&
           number >= -std::numeric_limits<std::int64_t>::max();
}

Error fraction_overflow() {
    return malformed("fraction_overflow", "the number is too large to be computed exactly");
}

/// REQUIRES: `denominator` is not 0.
Result<Fraction> reduced(Wide numerator, Wide denominator) {
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    const Wide divisor = greatest_common_divisor(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
    if (!fits(numerator) || !fits(denominator)) {
        return fraction_overflow();
    }
    return Fraction::make(static_cast<std::int64_t>(numerator),
                          static_cast<std::int64_t>(denominator));
}

Error not_a_fraction(std::string_view text) {
    return malformed("fraction_malformed",
                     fmt::format("\"{}\" is not a number such as 4, -12.5 or 2/3, of at most 9 "
                                 "digits on each side",
                                 beginning(text, 40)));
}

/// The digits as a number; -1 when there are none, too many, or others.
std::int64_t number_of(std::string_view digits) {
    if (digits.empty() || digits.size() > digits_max) {
        return -1;
    }
    std::int64_t number = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') {
            return -1;
        }
        number = number * 10 + (digit - '0');
    }
    return number;
}

std::int64_t power_of_ten(std::size_t exponent) {
    std::int64_t power = 1;
    for (; exponent > 0; --exponent) {
        power *= 10;
    }
    return power;
}

/// How many decimals write 1/`denominator` to its end; -1 when none do.
int decimals_of(std::int64_t denominator) {
    int twos = 0;
    int fives = 0;
    for (; denominator % 2 == 0; denominator /= 2) {
        ++twos;
    }
    for (; denominator % 5 == 0; denominator /= 5) {
        ++fives;
    }
    const int decimals = std::max(twos, fives);
    return denominator == 1 && decimals <= decimals_max ? decimals : -1;
}

}  // namespace

Result<Fraction> Fraction::make(std::int64_t numerator, std::int64_t denominator) {
    if (denominator == 0) {
        return malformed("fraction_malformed", "nothing can be divided by 0");
    }
    const Wide divisor = greatest_common_divisor(numerator, denominator);
    const Wide sign = denominator < 0 ? -1 : 1;
    const Wide over = sign * numerator / divisor;
    const Wide under = sign * denominator / divisor;
    if (!fits(over) || !fits(under)) {
        return fraction_overflow();
    }
    Fraction made;
    made.numerator_ = static_cast<std::int64_t>(over);
    made.denominator_ = static_cast<std::int64_t>(under);
    return made;
}

Result<Fraction> Fraction::parse(std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::string_view magnitude = text.substr(negative ? 1 : 0);
    const std::size_t mark = magnitude.find_first_of("./");
    const bool has_second = mark != std::string_view::npos;
    const std::string_view second = has_second ? magnitude.substr(mark + 1) : std::string_view();
    const std::int64_t before = number_of(magnitude.substr(0, mark));
    const std::int64_t behind = has_second ? number_of(second) : 0;
    if (before < 0 || behind < 0) {
        return not_a_fraction(text);
    }
    const std::int64_t sign = negative ? -1 : 1;
    if (has_second && magnitude[mark] == '/') {
        return behind == 0 ? Result<Fraction>(not_a_fraction(text)) : make(sign * before, behind);
    }
    const std::int64_t unit = power_of_ten(second.size());
    return make(sign * (before * unit + behind), unit);
}

Result<Fraction> Fraction::plus(const Fraction& other) const {
    // Two products of 64 bits each: their sum fits in 128 bits, because parts stay below 2^63.
    return reduced(Wide{numerator_} * other.denominator_ + Wide{other.numerator_} * denominator_,
                   Wide{denominator_} * other.denominator_);
}

Result<Fraction> Fraction::times(const Fraction& other) const {
    return reduced(Wide{numerator_} * other.numerator_, Wide{denominator_} * other.denominator_);
}

Result<Fraction> Fraction::divided_by(const Fraction& other) const {
    if (other.numerator_ == 0) {
        return malformed("fraction_malformed", "nothing can be divided by 0");
    }
    return reduced(Wide{numerator_} * other.denominator_, Wide{denominator_} * other.numerator_);
}

std::int64_t Fraction::floor() const {
    const std::int64_t towards_zero = numerator_ / denominator_;
    return numerator_ % denominator_ < 0 ? towards_zero - 1 : towards_zero;
}

std::int64_t Fraction::ceiling() const {
    return denominator_ == 1 ? numerator_ : floor() + 1;
}

Result<Fraction> Fraction::rounded_to(const Fraction& step) const {
    ENSURE(step > Fraction(), "a step of rounding is above 0");
    const Fraction half = TRY(make(1, 2));
    const Fraction steps = TRY(TRY(divided_by(step)).plus(half));
    return Fraction(steps.floor()).times(step);
}

std::string Fraction::to_text() const {
    const int decimals = decimals_of(denominator_);
    if (decimals < 0) {
        return fmt::format("{}/{}", numerator_, denominator_);
    }
    const bool negative = numerator_ < 0;
    const std::int64_t magnitude = negative ? -numerator_ : numerator_;
    std::string text = fmt::format("{}{}", negative ? "-" : "", magnitude / denominator_);
    if (decimals > 0) {
        const Wide unit = power_of_ten(static_cast<std::size_t>(decimals));
        const Wide behind = Wide{magnitude % denominator_} * unit / denominator_;
        text += fmt::format(".{:0{}}", static_cast<std::int64_t>(behind), decimals);
    }
    return text;
}

double Fraction::to_double() const {
    return static_cast<double>(numerator_) / static_cast<double>(denominator_);
}

std::strong_ordering Fraction::operator<=>(const Fraction& other) const {
    return Wide{numerator_} * other.denominator_ <=> Wide{other.numerator_} * denominator_;
}

}  // namespace guildmark
